"""A Python whose NumPy counts in 32 bits, as in a browser: Debian's for i386, in a folder.

Nothing is installed: the packages are fetched by apt with a configuration of its own, unpacked, and
run by their own loader.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

_KEYS = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
_SOURCE = f"deb [arch=i386 signed-by={_KEYS}] http://deb.debian.org/debian trixie main\n"
_LIBRARIES = ("", "/blas", "/lapack")


class CannotBeHadError(Exception):
    """This machine cannot fetch or run it; the message says what is missing."""


def python32(folder: Path, wheels: Path) -> Path:
    """Make a Python of 32 bits with NumPy and pandas.

    Args:
        folder: an empty one.
        wheels: pure wheels that it shall have besides.

    Returns:
        A program that runs it.

    Raises:
        CannotBeHadError: apt, Debian's keys, its servers or 32-bit programs are not there.
    """
    if shutil.which("apt-get") is None or not _KEYS.is_file():
        raise CannotBeHadError("apt-get with Debian's keys")
    root = folder / "root"
    for each in _fetched(folder):
        _run("dpkg-deb", "-x", str(each), str(root))
    pure = folder / "pure"
    for wheel in sorted(wheels.glob("*.whl")):
        shutil.unpack_archive(wheel, pure, "zip")
    libraries = ":".join(f"{root}/usr/lib/i386-linux-gnu{each}" for each in _LIBRARIES)
    python = folder / "python32"
    python.write_text(
        "#!/bin/sh\n"
        f'export PYTHONHOME="{root}/usr" LD_LIBRARY_PATH="{libraries}" PYTHONDONTWRITEBYTECODE=1\n'
        f'export PYTHONPATH="$PWD:{pure}"\n'
        f'exec "{root}/usr/lib/ld-linux.so.2" "{root}/usr/bin/python3.13" "$@"\n',
        encoding="utf-8",
    )
    python.chmod(0o755)
    return python


def _fetched(folder: Path) -> list[Path]:
    apt = folder / "apt"
    for each in ("state/lists/partial", "cache/archives/partial"):
        (apt / each).mkdir(parents=True)
    (apt / "status").touch()
    (apt / "sources.list").write_text(_SOURCE, encoding="utf-8")
    (apt / "apt.conf").write_text(
        f'Dir::State "{apt}/state"; Dir::State::status "{apt}/status"; Dir::Cache "{apt}/cache";\n'
        f'Dir::Etc::SourceList "{apt}/sources.list"; Dir::Etc::SourceParts "/dev/null";\n'
        'APT::Architecture "i386"; APT::Architectures {"i386";}; APT::Install-Recommends "0";\n'
        'APT::Sandbox::User ""; Acquire::Languages "none";\n',
        encoding="utf-8",
    )
    config = {"APT_CONFIG": str(apt / "apt.conf")}
    _run("apt-get", "-qq", "update", **config)
    _run("apt-get", "-qq", "-y", "install", "--download-only", "python3-numpy", "python3-pandas",
         **config)  # fmt: skip
    found = sorted((apt / "cache" / "archives").glob("*.deb"))
    if not found:
        raise CannotBeHadError("Debian's packages for i386")
    return found


def _run(*words: str, **more: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, env=os.environ | more, check=False)
    if done.returncode:
        raise CannotBeHadError(f"{words[0]}: {done.stderr.strip()[-200:]}")
