"""The Excel add-in: what is in it comes from the registries, and is put together here."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import ar_xl
from ar_xl.addin import build, identity, lint, ribbonxml, stubs
from ar_xl.addin.problem import CannotBuild, Deviation
from ar_xl.app import life
from ar_xl.app.answer import Answer
from ar_xl.app.buttons import TAB, TAB_KEYTIP, buttons
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.functions.catalogue import FUNCTIONS

ADDIN_SUFFIX = code(
    "not_an_addin_name",
    Severity.ERROR,
    "a file name that ends in .xlam",
    "Add .xlam to the name; Excel takes no other for an add-in.",
    Exit.WRONG_CALL,
)
ADDIN_NOT_OURS = code(
    "addin_file_not_ours",
    Severity.ERROR,
    "a name that is not taken yet, or an add-in that ar-xl made",
    "Choose another name, or move the file away first; nothing of yours is overwritten.",
    Exit.WRONG_CALL,
)
ADDIN_NOT_WRITTEN = code(
    "addin_not_written",
    Severity.ERROR,
    "a folder that is there and can be written to",
    "Close Excel where it has that file open, or choose another place with --out.",
    Exit.BUSY,
)
ADDIN_NOT_BUILT = code(
    "addin_not_built",
    Severity.ERROR,
    "texts that can be stored in an add-in",
    "Install ar-xl again; where that does not help, report what is said here.",
    Exit.OUR_BUG,
)

Say = Callable[[str], None]


def macros() -> tuple[str, ...]:
    """The texts of all modules, as VBA exports them: those written by hand, then those made.

    Raises:
        CannotBuild: they are missing, or the registry has what VBA does not take.
    """
    xlwings = metadata.version("xlwings")
    by_hand = (stubs.stamped(text, xlwings) for text in build.hand_written())
    return (*by_hand, stubs.stubs(FUNCTIONS), stubs.help_texts(FUNCTIONS))


def ribbon() -> str:
    """The text of the tab, from the buttons of the registry."""
    return ribbonxml.render(TAB, TAB_KEYTIP, buttons())


def content(settings: Mapping[str, str] | None = None) -> bytes:
    """The add-in's bytes; the same settings give the same bytes.

    Args:
        settings: values of `identity.SETTING_KEYS` for one computer, such as its interpreter;
            what is left out is as in every plain build.

    Raises:
        CannotBuild: its texts are missing, would not compile or cannot be stored.
    """
    plain = {
        "python": "",
        "ar_xl": ar_xl.__version__,
        "xlwings": metadata.version("xlwings"),
        "agent": identity.AGENT_CLSID,
    }
    rows = {key: (settings or {}).get(key, plain[key]) for key in identity.SETTING_KEYS}
    texts, tab = macros(), ribbon()
    lint.insist(texts, tab)
    return build.build(texts, tab, rows)


def build_command(options: life.Options, given: Mapping[str, Any], _: Say, __: Say) -> Answer:
    """Make the add-in, and say its fingerprint: the same everywhere for one version."""
    path = Path(given["out"] or identity.FILE_NAME)
    try:
        _insist_on_place(path)
        made = content()
        _put(path, made)
    except (CannotBuild, Deviation) as problem:
        return life.refused("addin build", None, Refusal(ADDIN_NOT_BUILT, str(problem)))
    except Refusal as refusal:
        return life.refused("addin build", None, refusal)
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        unwritten = Refusal(ADDIN_NOT_WRITTEN, f"{path} could not be written ({reason}).")
        return life.refused("addin build", None, unwritten)
    digest = build.fingerprint(made)
    said = (
        f"Made {path}, {len(made):,} bytes.",
        f"SHA-256 {digest}",
        "`ar-xl addin install` puts one with this computer's settings where Excel finds it.",
    )
    more = {"file": str(path), "bytes": len(made), "sha256": digest}
    return Answer("addin build", said=said, more=more)


def _insist_on_place(path: Path) -> None:
    """Only what we made before may be replaced."""
    if path.suffix.lower() != ".xlam":
        raise Refusal(ADDIN_SUFFIX, f"{path.name or 'An empty name'} does not end in .xlam.")
    if not path.parent.is_dir():
        raise Refusal(
            ADDIN_NOT_WRITTEN,
            f"There is no folder {path.parent}.",
            fix="Make it first, or choose another place with --out.",
        )
    if path.is_dir() or (path.exists() and not build.is_ours(path.read_bytes())):
        raise Refusal(ADDIN_NOT_OURS, f"{path} is there already, and ar-xl did not make it.")


def _put(path: Path, made: bytes) -> None:
    """Write beside and put in place in one step, so that no half of a file is ever there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(made)
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
