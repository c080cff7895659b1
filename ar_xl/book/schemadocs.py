"""docs/SCHEMA.md, generated from the declaration of the tables; a test compares the two."""

from __future__ import annotations

from ar_xl.core.schema import Column, Filler, Role, Table
from ar_xl.core.settinglist import SETTINGS
from ar_xl.core.tables import TABLES

_INTRODUCTION = """\
# The workbook's tables

Generated from `ar_xl/core/tables.py`; do not edit. One sheet per table, one Excel table of the
same name per sheet, headings in row 1 exactly as below. Columns may be reordered, and columns of
your own may stand to the right; sheets of your own may stand anywhere.

* A column marked **ar_xl** is filled in by the product; the rest is yours.
* A row whose `Batch` is empty is a **draft**: it counts nowhere until a command posts it. Posted
  rows are never edited or deleted; a correction is a contra row.
* **required** means that a draft without it is refused. **derived** columns are kept up to date
  after posting and stand outside the seal and the hash.
* Amounts are numbers with no more decimals than the currency has. They are in the row's currency,
  else its customer's, else the base currency of Settings; rows that belong to a document take the
  document's. Dates are whole days. Percents are plain numbers: 2 means 2 %.
"""


def render() -> str:
    """The text of docs/SCHEMA.md."""
    parts = [_INTRODUCTION]
    for role in Role:
        parts.append(f"## {role.value[0].upper()}{role.value[1:]}\n")
        parts += [_table(table) for table in TABLES if table.role is role]
    parts.append(_settings())
    return "\n".join(parts)


def _table(table: Table) -> str:
    where = f" (sheet `{table.sheet}`)" if table.sheet != table.name else ""
    lines = [
        f"### {table.name}{where}",
        "",
        table.purpose,
        "",
        "| column | holds | filled in by | what it means |",
        "|---|---|---|---|",
        *(_column(column) for column in table.columns),
        "",
    ]
    return "\n".join(lines)


def _column(column: Column) -> str:
    marks = [
        mark
        for mark, is_so in (("required", column.required), ("derived", column.derived))
        if is_so
    ]
    who = "**ar_xl**" if column.filler is Filler.PRODUCT else "you"
    means = column.note
    if column.choices:
        means += " One of: " + ", ".join(f"`{choice}`" for choice in column.choices) + "."
    if column.list_from:
        means += f" From `{column.list_from}`."
    holds = ", ".join([column.kind.value, *(f"**{mark}**" for mark in marks)])
    return f"| {column.heading} | {holds} | {who} | {_cell(means)} |"


def _settings() -> str:
    lines = [
        "## The lines of Settings",
        "",
        "| setting | in a new workbook | what it means |",
        "|---|---|---|",
    ]
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else ""
        lines.append(f"| {setting.name} | {default} | {_cell(setting.note)} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").strip()
