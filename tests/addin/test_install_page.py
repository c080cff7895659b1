"""docs/INSTALL.md says what the commands say."""

from __future__ import annotations

import re
from pathlib import Path

from ar_xl.addin.doctor import examine
from ar_xl.addin.identity import AGENT_CLSID
from tests.addin.pretend import Pretend, build

_DOCS = Path(__file__).resolve().parents[2] / "docs"
_PAGE = (_DOCS / "INSTALL.md").read_text(encoding="utf-8")


def test_every_line_of_doctor_is_explained(tmp_path: Path) -> None:
    rows = re.findall(r"^\| ([^|]+) \|", _PAGE, flags=re.MULTILINE)
    assert [line.name for line in examine(Pretend(tmp_path), build)] == rows[1:]


def test_its_pictures_and_pages_are_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", _PAGE):
        assert (_DOCS / target).is_file(), target


def test_the_agents_class_id_is_ours() -> None:
    assert re.findall(r"\{[0-9A-F-]{36}\}", _PAGE) == [AGENT_CLSID]


def test_the_first_run_has_ten_points() -> None:
    part = _PAGE.partition("## First run")[2].partition("## Not yet")[0]
    assert re.findall(r"^(\d+)\. \*\*", part, flags=re.MULTILINE) == [str(n) for n in range(1, 11)]
