"""Random sheets, randomly changed, against a plain dictionary of cells."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from ar_xl.xlfile.addresses import column_letters
from ar_xl.xlfile.alikerows import AlikeRows
from tests.xlfile.edits import Editing

COLUMNS, ROWS = 6, 30
Model = dict[str, object]


def random_sheet(dice: random.Random) -> tuple[str, Model]:
    """Rows of a sheet as Excel may write them, and what its cells hold."""
    model: Model = {}
    rows = []
    for row in range(1, ROWS):
        if dice.random() < 0.2:
            continue
        cells = []
        for column in range(1, COLUMNS + 1):
            address = f"{column_letters(column)}{row}"
            style = dice.choice(["", ' s="1"', ' s="2"'])
            kind = dice.random()
            if kind < 0.4:
                model[address] = float(dice.randrange(100))
                cells.append(f'<c r="{address}"{style}><v>{model[address]}</v></c>')
            elif kind < 0.5:
                model[address] = "a&b"
                cells.append(f'<c r="{address}"{style} t="inlineStr"><is><t>a&amp;b</t></is></c>')
            elif kind < 0.6 and style:
                cells.append(f'<c r="{address}"{style}/>')
        spans = dice.choice(["", ' spans="1:6"', ' spans="2:3" ht="15"'])
        rows.append(f'<row r="{row}"{spans}>{"".join(cells)}</row>')
    return "".join(rows), model


def change(dice: random.Random, book: Editing, model: Model) -> None:
    """Make one random change to the edit and to the model."""
    row, column = dice.randrange(1, ROWS + 8), dice.randrange(1, COLUMNS + 3)
    count, width = dice.choice([1, 2, 7, 30]), dice.choice([1, 2, 3])
    kind = dice.random()
    if kind < 0.2:
        book.edit.set_style("Data", row, column, count, width, 3)
        return
    numbers = [float(dice.randrange(100)) if dice.random() < 0.8 else None for _ in range(count)]
    values: list[object] = list(numbers)
    rows = list(range(row, row + count))
    if kind < 0.5:
        rows = sorted(dice.sample(range(1, ROWS + 10), count))
        column_values = np.array(numbers, dtype=float)
        book.edit.set_scattered("Data", np.array(rows), column, [column_values] * width)
    else:
        texts = [f"<{value}" if value is not None else "" for value in values]
        book.edit.set_block("Data", row, column, [texts] * width)
        values = [text or None for text in texts]
    for place, value in zip(rows, values, strict=True):
        for number in range(column, column + width):
            model.pop(f"{column_letters(number)}{place}", None)
            if value is not None:
                model[f"{column_letters(number)}{place}"] = value


@pytest.mark.parametrize("seed", range(40))
def test_any_changes_give_the_cells_that_a_dictionary_would(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    rows, model = random_sheet(dice)
    book = Editing(tmp_path, rows)
    for _ in range(dice.randrange(1, 6)):
        change(dice, book, model)

    assert book.cells() == model


@pytest.mark.parametrize("seed", range(20))
def test_the_quick_way_and_the_careful_way_write_the_same_bytes(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(seed)
    rows, model = random_sheet(dice)
    book = Editing(tmp_path, rows)
    for _ in range(3):
        change(dice, book, model)
    quick = book.sheet()
    monkeypatch.setattr(AlikeRows, "merged", lambda *_: {})

    assert book.sheet() == quick
