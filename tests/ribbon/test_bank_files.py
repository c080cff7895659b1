"""A bank statement through the button Import."""

from __future__ import annotations

from pathlib import Path

from tests.ribbon.clerk import NO, YES, Clerk

MT940 = """:20:1
:25:DE1
:28C:1
:60F:C261001EUR100,00
:61:2610021002C60,00NTRFNONREF//7
:86:Miller invoice 4711
:62F:C261002EUR160,00
-
"""


def test_a_statement_is_shown_with_its_proof_and_then_added(clerk: Clerk, tmp_path: Path) -> None:
    file = tmp_path / "october.sta"
    file.write_text(MT940)
    clerk.press("arImport", str(file), YES)
    shown = "\n".join(box.text for box in clerk.boxes)
    assert "opening 100.00 + lines 60.00 = 160.00, the closing balance. Proved." in shown
    assert "Added, not posted yet: 1 bank line, 1 bank statement." in shown
    clerk.press("arImport", str(file))
    assert clerk.last().startswith("Nothing new is in this file.")


def test_a_statement_that_does_not_prove_is_asked_about(clerk: Clerk, tmp_path: Path) -> None:
    file = tmp_path / "october.sta"
    file.write_text(MT940.replace("EUR160", "EUR161"))
    clerk.press("arImport", str(file), NO)
    assert "a difference of 1.00" in clerk.boxes[1].text
    assert clerk.boxes[1].text.endswith("Take the statement all the same, and keep the difference?")
    assert not clerk.workbook.changed
    clerk.press("arImport", str(file), YES, YES)
    assert clerk.workbook.changed
