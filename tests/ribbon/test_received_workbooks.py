"""A workbook that somebody sent chooses no interpreter, path or code, and reaches no shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ar_xl import ribbon
from ar_xl.app import crash
from ar_xl.app.buttons import all_ids
from ar_xl.app.flows.replies import MOST_CHARACTERS, MOST_IN_TEXT_BOX, Reply, shown
from tests.ribbon.clerk import YES, Answers, Clerk
from tests.ribbon.received import MARK, forge, prepare, watched

AGREED: dict[str, tuple[Answers, ...]] = {
    "arPostPayments": ("2026-10-31", YES),
    "arLateFees": ("2026-10-31", YES),
}
ODD = ("", "ar", "arPostInvoices ", "arpostinvoices", "__import__", "os.system", f"');{MARK}#",
       "\x00", "arPostInvoices\n", "x" * 100_000)  # fmt: skip


def _written_paper(event: str, given: str) -> bool:
    """A statement or letter is written under the customer's own number and name, whatever it is."""
    return event == "open" and ".ar-xl-papers/" in given and "'w'" in given


@pytest.fixture(scope="module")
def trapped_path(drafted_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("received") / "'); import os# & calc.xlsx"
    shutil.copy(drafted_path, path)
    prepare(path)
    return path


@pytest.mark.heavy
def test_no_button_runs_reads_or_loads_what_a_workbook_names(trapped_path: Path) -> None:
    clerk = Clerk.at(trapped_path)
    pressed = [button for button in all_ids() if button != "arUseThisWorkbook"]
    for button in (*pressed, "arUseThisWorkbook"):  # which closes it and opens its file again
        with watched() as seen:
            clerk.press(button, *AGREED.get(button, ()), cell="A2")
        # Check Installation starts this very Python, which the workbook has nothing to do with.
        aside = {"subprocess.Popen", "os.posix_spawn"} if button == "arCheckInstallation" else set()
        found = [each for each in seen if MARK in each[1] or each[0] not in aside]
        assert [each for each in found if not _written_paper(*each)] == [], button
        assert [box.text for box in clerk.boxes if "inside ar_xl" in box.text] == [], button
    made = [sheet for sheet in clerk.workbook.all_sheets if sheet.Name.endswith("2026-10-31")]
    assert len(made) >= 5
    formulas = [text for sheet in made for text in sheet.grid.formulas.values()]
    assert [text for text in formulas if not text.startswith("=SUBTOTAL(109,")] == []


def test_forged_batches_are_said_and_no_mistake_of_ours(trapped_path: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(trapped_path, tmp_path / "forged.xlsx"))
    forge(path)
    clerk = Clerk.at(path)
    for button in ("arUndo", "arPostPayments"):
        clerk.press(button, cell="A2")
        assert "inside ar_xl" not in clerk.last(), button
        assert max(len(box.text) for box in clerk.boxes) <= MOST_CHARACTERS, button


@pytest.mark.parametrize("button", ODD)
def test_a_button_that_is_not_there_is_one_box(button: str) -> None:
    kind, _, text, _ = ribbon.press(button, None)
    assert kind == "error"
    assert "has no button" in text
    assert len(text) < 300
    assert ribbon.answer("yes", cancelled=False)[0] == "end"


def test_an_answer_that_nobody_asked_for_does_nothing() -> None:
    assert ribbon.answer("yes", cancelled=False)[0] == "end"


@pytest.mark.parametrize(
    "given", ["\x00", "\x1b[2J", "2026-10-31\x00", "‮13-01-2026", "x" * 1_000_000, "=1+1", "\n"]
)
def test_whatever_is_typed_into_a_box_is_a_date_or_asked_again(given: str, clerk: Clerk) -> None:
    clerk.press("arAging", given, None)
    assert [box.kind for box in clerk.boxes] == ["text", "text"]
    assert clerk.last() == shown(clerk.last(), MOST_IN_TEXT_BOX)
    assert clerk.last().endswith("Show what was open as of:")
    assert len(clerk.boxes[-1].detail) <= MOST_IN_TEXT_BOX


def test_a_box_shows_letters_and_keeps_its_question() -> None:
    text = f"Name \x00\x1b\u202e{MARK} " * 200 + "\n\nNothing is written yet. Post it?"
    *_, seen, _ = Reply("ask", "Post", text).as_tuple()
    assert not {"\x00", "\x1b", "\u202e"} & set(seen)
    assert seen.endswith("Nothing is written yet. Post it?")
    assert len(seen) <= MOST_CHARACTERS


def test_the_log_of_mistakes_has_none_of_the_data(
    trapped_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError(f"Alder & Finch {MARK} 1,250.00")

    monkeypatch.setattr("ar_xl.app.life.read_ledger", broken)
    Clerk.at(trapped_path).press("arAging")
    log = (folder / crash.LOG_NAME).read_text(encoding="utf-8")
    assert "ValueError" in log
    assert not {MARK, "Alder", "1,250", str(trapped_path)} & {*log.split(), *log.split("`")}
    assert MARK not in log


def test_hidden_sheets_are_said_instead_of_gone_to(drafted_path: Path) -> None:
    clerk = Clerk.at(drafted_path)
    for name in ("Settings", "Invoices", "Receipts"):
        clerk.workbook.Worksheets.Item(name).visible = 2
    clerk.press("arSettings")
    assert "is hidden in this workbook" in clerk.last()
    clerk.press("arUndo", "B-000001", YES, "typed twice", YES)
    assert "error" not in {box.kind for box in clerk.boxes}


def test_nothing_beside_the_workbook_or_in_the_surroundings_is_run(tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    code = f"open({str(trap)!r}, 'w').close()\n"
    for name in ("ar_xl", "xlwings", "numpy", "pandas", "sitecustomize", "usercustomize", "re"):
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
    (tmp_path / ".xlwings").mkdir()
    (tmp_path / ".xlwings" / "xlwings.conf").write_text(f'"PYTHONPATH","{tmp_path}"\n')
    around = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONSTARTUP": str(tmp_path / "re.py"),
              "HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}  # fmt: skip
    words = [sys.executable, "-I", "-B", "-m", "ar_xl.server", "{nobody}"]
    ended = subprocess.run(words, cwd=tmp_path, env=around, capture_output=True, text=True)
    assert "Excel starts this itself" in ended.stderr
    assert not trap.exists()


def test_the_watch_sees_what_it_is_there_for(tmp_path: Path) -> None:
    with watched() as seen:
        compile(f"{MARK} = 1", "x", "exec")
        subprocess.run([sys.executable, "-c", ""], check=True)
        (tmp_path / MARK).write_text("")
    assert {"compile", "subprocess.Popen", "open"} <= {event for event, _ in seen}
