"""How columns are declared: `heading*` is filled in by ar_xl, `heading (d)` is derived."""

from __future__ import annotations

from ar_xl.core.schema import Column, Filler, Kind, Role, Table


def text(heading: str, note: str = "", **more: object) -> Column:
    """A column of text."""
    return _column(heading, Kind.TEXT, note, **more)


def money(heading: str, note: str = "", **more: object) -> Column:
    """A column of money."""
    return _column(heading, Kind.MONEY, note, **more)


def date(heading: str, note: str = "", **more: object) -> Column:
    """A column of dates."""
    return _column(heading, Kind.DATE, note, **more)


def whole(heading: str, note: str = "", **more: object) -> Column:
    """A column of whole numbers."""
    return _column(heading, Kind.INT, note, **more)


def number(heading: str, note: str = "", **more: object) -> Column:
    """A column of numbers: percents and days of policies."""
    return _column(heading, Kind.NUMBER, note, **more)


def rate(heading: str, note: str = "", **more: object) -> Column:
    """A column of exchange rates."""
    return _column(heading, Kind.RATE, note, **more)


def _column(heading: str, kind: Kind, note: str, **more: object) -> Column:
    starred, derived = heading.endswith("*"), heading.endswith(" (d)")
    plain = heading.removesuffix("*").removesuffix(" (d)")
    key = plain.lower().replace("%", "percent").replace("(utc)", "utc").replace("(days)", "days")
    for mark in "/-. ":
        key = key.replace(mark, "_")
    filler = Filler.PRODUCT if starred or derived else Filler.USER
    key = "from_date" if key == "from" else "to_date" if key == "to" else key
    return Column(key, plain, kind, note, filler, derived, **more)  # type: ignore[arg-type]  # keyword options are passed on as they are


POSTED_COLUMNS = (
    date("Posting Date*", "The date in the books: the row's own date, or the first open day."),
    text("Reverses*", "The batch that this row undoes."),
    whole("Seal*", "A check number over the row: a posted row that was edited shows."),
    text("Batch*", "The posting this row belongs to. Empty: a draft, which counts nowhere yet."),
)


def posted(name: str, role: Role, purpose: str, *columns: Column, sheet: str = "") -> Table:
    """A table of rows that are posted and never edited."""
    return Table(name, sheet or name, role, purpose, columns + POSTED_COLUMNS, True)


def kept(name: str, role: Role, purpose: str, *columns: Column, sheet: str = "") -> Table:
    """A table that is not posted."""
    return Table(name, sheet or name, role, purpose, columns, False)
