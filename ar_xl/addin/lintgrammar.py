"""Whether each statement of a procedure is one: read from its first word to its last.

Only the statements that our macros use; another one is a problem until it is added here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ar_xl.addin.vbascope import Project, Scope
from ar_xl.addin.vbatext import STRING, Module, statements, tokens
from ar_xl.addin.vbawords import ARGUMENTS, KEYWORDS, KNOWN, VALUES

Problem = tuple[int, str]

_SIGNS = frozenset({"+", "-", "*", "/", "&", "=", "<>", "<", ">", "<=", ">="})
_OPERATORS = _SIGNS | {"and", "or", "xor", "mod", "is", "like"}
_BEFORE = frozenset({"not", "-"})
_LEAVES = frozenset({"sub", "function", "for", "do"})
_ENDS = frozenset({"if", "select"})


class _Wrong(Exception):  # noqa: N818  # the words of the message
    """The statement cannot be read."""


def grammar(module: Module, project: Project) -> Iterator[Problem]:
    """Every statement can be read, and calls and assigns what can be called and assigned."""
    for procedure in module.procedures:
        scope = Scope(module, procedure, project)
        for line in procedure.body or []:
            if line.code.startswith(("#", "Attribute ", "Dim ", "Static ", "Const ")):
                continue
            for part in statements(line.code)[1]:
                try:
                    _Statement(tokens(part), scope).read()
                except _Wrong as wrong:
                    yield line.number, f"{wrong}: `{part[:60]}`"


class _Statement:
    """One statement, and how far it was read."""

    def __init__(self, words: list[str], scope: Scope) -> None:
        self._words = words
        self._scope = scope
        self._at = 0

    def read(self) -> None:
        """Read it to its end."""
        self._statement()
        if self._next:
            raise _Wrong(f"`{self._next}` is one word too many")

    @property
    def _next(self) -> str:
        """The word that comes, in small letters; "" at the end."""
        return self._words[self._at].lower() if self._at < len(self._words) else ""

    def _take(self, *wanted: str) -> str:
        """The next word, which has to be one of these where some are named."""
        word = self._next
        if not word or (wanted and word not in wanted):
            expected = " or ".join(wanted) or "something"
            raise _Wrong(f"{expected} is missing")
        self._at += 1
        return word

    def _may(self, *wanted: str) -> bool:
        if self._next and self._next in wanted:
            self._at += 1
            return True
        return False

    def _name(self) -> str:
        word = self._take()
        if not word[0].isalpha() or word in KEYWORDS:
            raise _Wrong(f"a name is missing before `{word}`")
        return word

    def _statement(self) -> None:
        known: dict[str, Callable[[], None]] = {
            "if": self._if, "elseif": self._if, "for": self._for, "select": self._select,
            "case": self._case, "on": self._on_error, "set": self._set,
            "do": self._while, "loop": self._while,
        }  # fmt: skip
        word = self._next
        if word in known:
            self._at += 1
            known[word]()
        elif self._may("exit"):
            self._take(*_LEAVES)
        elif self._may("end"):
            self._take(*_ENDS)
        elif self._may("next"):
            if self._next:
                self._name()
        elif not self._may("else"):
            self._call_or_assignment()

    def _if(self) -> None:
        self._expression()
        self._take("then")
        if self._next:
            self._statement()
            if self._may("else"):
                self._statement()

    def _for(self) -> None:
        if self._may("each"):
            self._name()
            self._take("in")
            self._expression()
            return
        self._name()
        self._take("=")
        self._expression()
        self._take("to")
        self._expression()

    def _while(self) -> None:
        if self._may("while", "until"):
            self._expression()

    def _select(self) -> None:
        self._take("case")
        self._expression()

    def _case(self) -> None:
        if not self._may("else"):
            self._expression()
            while self._may(","):
                self._expression()

    def _on_error(self) -> None:
        self._take("error")
        if self._take("goto", "resume") == "resume":
            self._take("next")
        elif not self._may("0"):
            self._name()

    def _set(self) -> None:
        name = self._name()
        self._insist_on_variable(name, is_object=True)
        self._take("=")
        self._expression()

    def _call_or_assignment(self) -> None:
        start = self._at
        first = self._name()
        self._at = start
        self._value(called=True)
        has_member = "." in self._words[start : self._at]
        if self._may("="):
            if not has_member:
                self._insist_on_variable(first, is_object=False)
            self._expression()
            return
        if not has_member and not self._scope.procedure(first):
            raise _Wrong(f"`{first}` cannot be called")
        if self._next and self._next != "else":
            self._arguments(ends=("", "else"))

    def _insist_on_variable(self, name: str, is_object: bool) -> None:
        own = self._scope.own
        kind = own.kind if name == own.name.lower() else self._scope.kind_of(name)
        if not kind:
            if name in KNOWN or self._scope.procedure(name):
                raise _Wrong(f"`{name}` takes no value")
            return  # nobody declared it, which is another rule
        if kind != "variant" and (kind in VALUES) == is_object:
            raise _Wrong(f"an object is given with Set, a value without; `{name}` is {kind}")

    def _expression(self) -> None:
        self._operand()
        while self._may(*_OPERATORS):
            self._operand()

    def _operand(self) -> None:
        while self._may(*_BEFORE):
            pass
        if self._may("new"):
            self._name()
            return
        self._value()

    def _value(self, called: bool = False) -> None:
        """A text, a number, brackets, or a name with members and arguments behind it."""
        if self._may("("):
            self._expression()
            self._take(")")
            return
        if self._next == STRING or self._next[:1].isdigit() or self._next.startswith("&h"):
            self._at += 1
            return
        name = self._name().removesuffix("$")
        given = self._brackets()
        least, most = ARGUMENTS.get(name, (0, 99))
        if not called and not self._scope.kind_of(name) and not least <= given <= most:
            raise _Wrong(f"`{name}` takes {least} to {most} arguments, and gets {given}")
        while self._may("."):
            if not self._take()[0].isalpha():
                raise _Wrong("a name is missing after a full stop")
            self._brackets()

    def _brackets(self) -> int:
        """Arguments in brackets, or none; how many."""
        given = 0
        while self._may("("):
            given = 0 if self._next == ")" else self._arguments(ends=(")",))
            self._take(")")
        return given

    def _arguments(self, ends: tuple[str, ...]) -> int:
        """Arguments with commas between them; one may be left out, but not the last."""
        count = 1
        while True:
            if self._next != ",":
                if self._words[self._at + 1 : self._at + 2] == [":="]:
                    self._at += 2
                self._expression()
            if not self._may(","):
                break
            count += 1
        if self._next not in ends:
            raise _Wrong(f"`{self._next}` cannot stand there")
        return count
