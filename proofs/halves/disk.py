"""A disk between the program and the real one: every call about one folder is counted.

One of the calls can fail with an error of choice, or be the last thing that the process does.
Calls about anything else, such as those of Python itself, go through uncounted.
"""

from __future__ import annotations

import builtins
import io
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_BY_PATH = (
    "open", "replace", "rename", "link", "unlink", "remove", "mkdir", "rmdir", "chmod", "chown",
    "utime", "stat", "lstat", "listdir", "scandir", "listxattr", "getxattr", "setxattr",
)  # fmt: skip
_BY_NUMBER = ("fsync", "fstat", "ftruncate", "fchmod", "sendfile", "close")
_CHANGES = frozenset([
    "open to write", "replace", "rename", "link", "unlink", "remove", "mkdir", "rmdir", "chmod",
    "chown", "utime", "setxattr", "fsync", "ftruncate", "fchmod", "sendfile", "write", "flush",
    "truncate", "close what was written", "flock",
])  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Disk:
    """Counts calls about a folder, and lets one of them go wrong.

    Args:
        folder: whose calls count.
        number: the call that goes wrong, from 1; 0 for none.
        error: of `errno`; the process is killed where 0.
        changes_only: calls that only read do not count.
    """

    def __init__(
        self, folder: Path, number: int = 0, error: int = 0, changes_only: bool = False
    ) -> None:
        self.count = 0
        self.names: Counter[str] = Counter()
        self.failed = ""
        self._folder = str(folder.resolve())
        self._number, self._error, self._changes_only = number, error, changes_only
        self._numbers: dict[int, bool] = {}

    def call(self, name: str) -> None:
        """Count a call; the chosen one raises, or ends the process."""
        if self._changes_only and name not in _CHANGES:
            return
        self.count += 1
        self.names[name] += 1
        if self.count == self._number:
            self.failed = name
            if not self._error:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(self._error, os.strerror(self._error))

    def is_ours(self, place: Any) -> bool:
        """Whether a path or the number of an open file belongs to the folder."""
        if isinstance(place, int):
            return place in self._numbers
        try:
            text = os.path.abspath(os.fsdecode(place))
        except TypeError:
            return False
        return text == self._folder or text.startswith(self._folder + os.sep)

    @contextmanager
    def between(self) -> Iterator[Disk]:
        """Stand between the program and the disk for a while."""
        with ExitStack() as stack:
            for name in (*_BY_PATH, *_BY_NUMBER):
                if hasattr(os, name):
                    self._put(stack, os, name)
            if fcntl is not None:
                self._put(stack, fcntl, "flock")
            opened = self._opened(io.open)
            stack.enter_context(patch.object(io, "open", opened))
            stack.enter_context(patch.object(builtins, "open", opened))
            yield self

    def _put(self, stack: ExitStack, module: ModuleType, name: str) -> None:
        real: Callable[..., Any] = getattr(module, name)

        def counted(*given: Any, **named: Any) -> Any:
            if not (given and self.is_ours(given[0])):
                return real(*given, **named)
            if name == "open":
                writes = bool(given[1] & _WRITING)
                self.call("open to write" if writes else name)
                number = real(*given, **named)
                self._numbers[number] = writes
                return number
            if name == "close":
                written = self._numbers.pop(given[0])
                real(*given, **named)
                self.call("close what was written" if written else name)
                return None
            self.call(name)
            return real(*given, **named)

        stack.enter_context(patch.object(module, name, counted))

    def _opened(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opened(file: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
            if not self.is_ours(file):
                return real(file, mode, *given, **named)
            writes = bool(set(mode) & set("wxa+"))
            if not isinstance(file, int):
                self.call("open to write" if writes else "open")
            made = real(file, mode, *given, **named)
            self._numbers[made.fileno()] = writes
            return _File(made, self, writes)

        return opened

    def forget(self, number: int) -> None:
        """An open file is closed."""
        self._numbers.pop(number, None)


class _File:
    """An open file of the folder."""

    def __init__(self, file: Any, disk: Disk, writes: bool) -> None:
        self._file, self._disk, self._writes = file, disk, writes

    def read(self, *given: Any) -> Any:
        self._disk.call("read")
        return self._file.read(*given)

    def write(self, content: Any) -> Any:
        self._disk.call("write")
        return self._file.write(content)

    def flush(self) -> None:
        self._disk.call("flush")
        self._file.flush()

    def truncate(self, *given: Any) -> Any:
        self._disk.call("truncate")
        return self._file.truncate(*given)

    def close(self) -> None:
        if self._file.closed:
            return
        self._disk.forget(self._file.fileno())
        self._file.close()
        self._disk.call("close what was written" if self._writes else "close")

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
