"""The workbook around the macros: settings of any script, the same bytes everywhere."""

from __future__ import annotations

import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ar_xl.addin import archive, build, strict
from ar_xl.addin.ovba import compress
from ar_xl.addin.package import Make
from ar_xl.addin.problem import CannotBuild, Deviation
from tests.addin.making import MACROS, RIBBON, SETTINGS, addin, macro

MADE = addin()
# Of that file. It changes with the texts in `making` and with the format, and with nothing else:
# neither the Python version nor the computer.
FINGERPRINT = "11819a7782586ee71559f2909da9f2b1d9d05e760988e03cea99818ca447bbc4"


def test_the_same_texts_give_the_same_bytes_on_every_computer() -> None:
    assert build.fingerprint(MADE) == FINGERPRINT


@pytest.mark.parametrize("seed", ["0", "1"])
def test_another_process_with_another_order_of_sets_gives_the_same_bytes(seed: str) -> None:
    asked = (
        "from tests.addin.making import addin; from ar_xl.addin.build import fingerprint;"
        "print(fingerprint(addin()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True, text=True, check=True,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
    )  # fmt: skip
    assert done.stdout.strip() == FINGERPRINT


def test_no_part_is_compressed_and_no_part_has_a_date() -> None:
    with ZipFile(BytesIO(MADE)) as archive:
        assert archive.testzip() is None
        assert {each.compress_type for each in archive.infolist()} == {ZIP_STORED}
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_twin_differs_in_what_it_is_and_nothing_else() -> None:
    twin = addin(make=Make.WORKBOOK)
    ours, theirs = strict.read(MADE), strict.read(twin)
    assert (ours.is_addin, theirs.is_addin) == (True, False)
    assert (ours.settings, ours.project) == (theirs.settings, theirs.project)


CELL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=50
) | st.sampled_from(["", "=1+1", " x ", "_x0041_", "a\nb", "a\r\nb", "\t", "<&>\"'", "]]>", "日本"])


@settings(max_examples=30)
@given(CELL)
def test_any_text_stands_in_the_settings_as_it_was_given(value: str) -> None:
    made = addin(settings={"python": value}, make=Make.WORKBOOK)
    assert strict.read(made).settings == (("python", value),)


@pytest.mark.parametrize("value", [r"C:\Users\José\python.exe", r"D:\用户\py.exe", "=1+1"])
def test_openpyxl_reads_the_same_settings(value: str) -> None:
    book = load_workbook(BytesIO(addin(settings={"python": value}, make=Make.WORKBOOK)))
    assert [each.title for each in book] == ["ar_xl.conf"]
    assert [[each.value for each in row] for row in book["ar_xl.conf"].rows] == [["python", value]]


@pytest.mark.parametrize("value", ["\x07", "\ud800", "\uffff", "x" * 32_768])
def test_what_no_cell_can_hold_is_refused(value: str) -> None:
    with pytest.raises(CannotBuild, match="The setting"):
        addin(settings={"python": value})


def test_a_ribbon_that_is_not_xml_or_of_another_year_is_refused() -> None:
    for ribbon in ("<customUI", RIBBON.replace("2009/07", "2006/01"), "<!DOCTYPE a []>" + RIBBON):
        with pytest.raises(Deviation):
            addin(ribbon=ribbon)


CHANGES = [
    (b'codeName="ThisWorkbook"', b'codeName="ThisWorkbooc"'),
    (b'codeName="ArConf"', b'codeName="ArConx"'),
    (b'Target="vbaProject.bin"', b'Target="vbaProject.bim"'),
    (b"office/2007/relationships/ui/ext", b"office/2006/relationships/ui/ext"),
    (b"application/vnd.ms-office.vbaProject", b"application/vnd.ms-office.vbaprojecx"),
    (b"addin.macroEnabled", b"addin.macroenabled"),
    (b'name="ar_xl.conf"', b'name="ar_xl.con_"'),
    (b't="inlineStr"', b't="inlineStx"'),
]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_a_changed_part_is_told_from_ours(old: bytes, new: bytes) -> None:
    with ZipFile(BytesIO(MADE)) as members:
        parts = {name: members.read(name) for name in members.namelist()}
    assert any(old in part for part in parts.values())
    changed = archive.write({name: part.replace(old, new) for name, part in parts.items()})
    with pytest.raises(Deviation):
        strict.insist_on(changed, strict.read(MADE))


def test_the_build_fails_where_what_was_written_does_not_read_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "ar_xl.addin.project.compress", lambda plain: compress(plain.replace(b"a\xf1o", b"ano"))
    )
    with pytest.raises(Deviation, match="ArCalls does not read back"):
        addin()


def test_every_byte_matters_to_the_strict_reader() -> None:
    """A change of any one byte is a deviation from what was to be written."""
    wanted = strict.read(MADE)
    chance = random.Random(4)
    for at in chance.sample(range(len(MADE)), 300):
        damaged = bytearray(MADE)
        damaged[at] ^= 1 << chance.randrange(8)
        with pytest.raises(Deviation):
            strict.insist_on(bytes(damaged), wanted)


def test_the_hand_written_macros_are_found_in_a_clone() -> None:
    assert any('Attribute VB_Name = "ArRibbon"' in text for text in build.hand_written())


def test_macros_that_are_missing_are_said_to_be_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(build, "_PLACES", (tmp_path,))
    with pytest.raises(CannotBuild, match="missing"):
        build.hand_written()


def test_many_modules_stand_beside_each_other() -> None:
    made = addin(macros=[*MACROS, *(macro(f"Extra{number}") for number in range(200))])
    assert len(strict.read(made).project.modules) == 205
    assert SETTINGS.items() == set(strict.read(made).settings)
