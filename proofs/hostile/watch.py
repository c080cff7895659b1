"""What a process opens, writes, connects to and starts, by Python's own audit events."""

from __future__ import annotations

import os
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REACHES = (
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile", "os.fork",
    "urllib.Request", "ftplib.connect", "webbrowser.open",
)  # fmt: skip
_CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink",
            "os.truncate", "shutil.move", "shutil.rmtree")  # fmt: skip
_TIME_ZONES = "/usr/share/zoneinfo"  # the system's, which Python reads to tell the time
_REPOSITORY = Path(__file__).resolve().parents[2]


class Watch:
    """Notes what happens while it is armed, and lets nothing reach the network or start a program.

    Once installed it cannot be taken away.

    Args:
        folder: the only place whose files may be opened, besides Python's own and ours.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder.resolve())
        self.armed = False
        self.outside: list[str] = []
        self.written: list[str] = []
        places = {
            _TIME_ZONES,
            sys.prefix,
            sys.base_prefix,
            str(_REPOSITORY),
            *sysconfig.get_paths().values(),
        }
        self._ours = tuple(str(Path(place).resolve()) for place in places)

    def install(self) -> None:
        """Begin to listen."""
        sys.addaudithook(self._heard)

    def clear(self) -> None:
        """Forget what was noted."""
        self.outside, self.written = [], []

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.armed:
            return
        if event == "open":
            self._opened(*arguments)
        elif event in _REACHES:
            self.outside.append(f"{event} {arguments[:1]!r}")
            raise PermissionError(f"{event} is not allowed here")
        elif event in _CHANGES:
            self.written.append(f"{event} {arguments[0]!r}")

    def _opened(self, path: Any, mode: Any, flags: Any) -> None:
        if not isinstance(path, str | bytes | os.PathLike):
            return  # a number of a file that is open already
        name = os.path.realpath(os.fsdecode(path))
        writes = bool(flags & _WRITES) if isinstance(flags, int) else "r" not in str(mode)
        if writes:
            self.written.append(name)
        if not name.startswith((self.folder, *self._ours)):
            self.outside.append(f"open {name}")


def peak_bytes() -> int:
    """The most memory this process ever had in use, without what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def restart_peak() -> None:
    """Begin to count the most memory anew, where the system lets us."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
