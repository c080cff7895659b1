"""COM as pywin32 shows it: every call of an object in memory passes one wire, which counts it.

A call is a property read or set, a method called, an item taken or a step of an enumeration.
Name look-ups come on top in reality and are not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from types import MethodType, SimpleNamespace
from typing import Any

REJECTED = -2147418111  # RPC_E_CALL_REJECTED: Excel shows a dialog
EXCEPTION = -2147352567  # DISP_E_EXCEPTION: details in the excepinfo
EDITING = -2146777998  # VBA_E_IGNORE: a cell is being edited
UNKNOWN_NAME = -2147352570  # DISP_E_UNKNOWNNAME
GENERAL = -2146827284  # 1004, "application-defined or object-defined error"

MOVES_DATA = frozenset({"Value", "Value2", "Formula", "Formula2"})


class ComError(Exception):
    """What pywin32 raises as `pywintypes.com_error`."""

    def __init__(
        self, hresult: int, strerror: str, excepinfo: Any = None, argerror: Any = None
    ) -> None:
        super().__init__(hresult, strerror, excepinfo, argerror)
        self.hresult, self.strerror = hresult, strerror
        self.excepinfo, self.argerror = excepinfo, argerror


def rejected() -> ComError:
    """Excel shows a dialog."""
    return ComError(REJECTED, "Call was rejected by callee.")


def editing() -> ComError:
    """The user is typing in a cell."""
    return ComError(EXCEPTION, "Exception occurred.", (0, None, None, None, 0, EDITING))


def refused(text: str) -> ComError:
    """Excel says no, as it does with error 1004."""
    return ComError(EXCEPTION, "Exception occurred.", (0, "Microsoft Excel", text, "", 0, GENERAL))


class Thing:
    """An object of Excel; its public properties and methods can be called over the wire."""

    wire: Wire

    def Item(self, *_: Any) -> Any:  # noqa: N802
        """What calling the object itself means."""
        raise refused(f"{type(self).__name__} has no items")


class Nothing(Thing):
    """A collection of what sheets here never have."""

    @property
    def Count(self) -> int:  # noqa: N802
        return 0


class Wire:
    """Counts the calls, and lets a test look at each before and after it is done.

    Args:
        before: called with the number and the name of each call; what it raises is what the
            caller gets, and nothing was done.
        after: the same once it was done.
        deaf: name look-ups fail, as pywin32 sees them while Excel rejects calls.
    """

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.before: Callable[[int, str], None] | None = None
        self.after: Callable[[int, str], None] | None = None
        self.deaf: Callable[[], bool] | None = None

    def invoke(self, name: str, act: Callable[[], Any]) -> Any:
        """Do one call."""
        self.calls.append(name)
        number = len(self.calls)
        if self.before is not None:
            self.before(number, name)
        result = act()
        if self.after is not None:
            self.after(number, name)
        return self.shown(result)

    def shown(self, value: Any) -> Any:
        """A value as the caller gets it."""
        return CDispatch(value, self) if isinstance(value, Thing) else value

    def counted(self) -> Counter[str]:
        """Calls by name."""
        return Counter(self.calls)

    def moving_data(self) -> int:
        """How many calls moved values of cells between Excel and Python."""
        return sum(name.rstrip("=").partition(".")[2] in MOVES_DATA for name in self.calls)


def bare(value: Any) -> Any:
    """The object behind what xlwings passes as an argument."""
    while "_inner" in getattr(value, "__dict__", {}):
        value = value._inner
    return value._thing if isinstance(value, CDispatch) else value


RANGE = "{00020846-0000-0000-C000-000000000046}"  # Excel's own id of the interface


class _Names:
    """The part of `_oleobj_` that xlwings asks: for a name that seems unknown, and for a type."""

    def __init__(self, thing: Thing) -> None:
        self._thing = thing

    def GetIDsOfNames(self, _: int, name: str) -> int:  # noqa: N802
        if self._thing.wire.deaf is not None and self._thing.wire.deaf():
            raise rejected()
        if not hasattr(type(self._thing), name):
            raise ComError(UNKNOWN_NAME, "Unknown name.")
        return 1

    def GetTypeInfo(self) -> Any:  # noqa: N802
        kind = RANGE if type(self._thing).__name__ == "Range" else ""
        return SimpleNamespace(GetTypeAttr=lambda: SimpleNamespace(iid=kind))


class CDispatch:
    """A dispatch object of pywin32."""

    def __init__(self, thing: Thing, wire: Wire) -> None:
        thing.wire = wire
        self.__dict__["_thing"], self.__dict__["_wire"] = thing, wire

    def _member(self, name: str) -> tuple[str, Any]:
        if self._wire.deaf is not None and self._wire.deaf():
            raise AttributeError(name)
        member = getattr(type(self._thing), name, None)
        if member is None or name.startswith("_") or name[0].islower():
            raise AttributeError(name)
        return f"{type(self._thing).__name__}.{name}", member

    def __getattr__(self, name: str) -> Any:
        if name == "_oleobj_":
            return _Names(self._thing)
        if name.startswith("_"):
            raise AttributeError(name)
        label, member = self._member(name)
        if isinstance(member, property):
            return self._wire.invoke(label, lambda: getattr(self._thing, name))

        def called(_: CDispatch, *args: Any, **named: Any) -> Any:
            given = [bare(each) for each in args]
            words = {key: bare(value) for key, value in named.items()}
            return self._wire.invoke(label, lambda: member(self._thing, *given, **words))

        return MethodType(called, self)

    def __setattr__(self, name: str, value: Any) -> None:
        label, member = self._member(name)
        if not isinstance(member, property) or member.fset is None:
            raise AttributeError(name)
        self._wire.invoke(label + "=", lambda: setattr(self._thing, name, bare(value)))

    def __call__(self, *args: Any) -> Any:
        given = [bare(each) for each in args]
        label = f"{type(self._thing).__name__}.Item"
        return self._wire.invoke(label, lambda: self._thing.Item(*given))

    def __iter__(self) -> Iterator[Any]:
        label = type(self._thing).__name__
        each = self._wire.invoke(f"{label}._NewEnum", lambda: iter(self._thing))
        end = object()
        while (item := self._wire.invoke(f"{label}.Next", lambda: next(each, end))) is not end:
            yield item
