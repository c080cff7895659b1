"""A Logo is a small file of the workbook's own folder; nothing else is opened for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ar_xl.app.pictures import MOST_BYTES, picture_beside


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workbook's folder with a logo, and a stranger's file beside that folder."""
    (tmp_path / "secret.png").write_bytes(b"secret")
    (tmp_path / "books" / "art").mkdir(parents=True)
    (tmp_path / "books" / "art" / "logo.png").write_bytes(b"logo")
    return tmp_path / "books"


def test_a_picture_in_the_workbooks_folder_is_read(folder: Path) -> None:
    (folder / "link.png").symlink_to(folder / "art" / "logo.png")
    for name in ("art/logo.png", "art/../art/logo.png", str(folder / "art/logo.png"), "link.png"):
        assert picture_beside(folder, name) == b"logo", name


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "/dev/zero", "/dev/stdin", "//server/share/logo.png", "link.png", "pipe.png",
     "loop.png", "zero.png", "art", "", "gone.png", "a\x00b", "huge.png", "~/secret.png"],
)  # fmt: skip
def test_nothing_else_is_read(folder: Path, name: str) -> None:
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "loop.png").symlink_to(folder / "loop.png")
    (folder / "zero.png").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.png")
    with (folder / "huge.png").open("wb") as file:
        file.truncate(MOST_BYTES + 1)

    assert picture_beside(folder, name) is None


def test_a_name_that_leads_elsewhere_is_not_even_looked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(path: Path, *_: object, **__: object) -> Path:
        raise AssertionError(f"{path} was looked for")

    monkeypatch.setattr(Path, "resolve", asked)
    assert picture_beside(folder, "//server/share/logo.png") is None
