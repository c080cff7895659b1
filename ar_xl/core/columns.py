"""Columns of a frame that are made when they are first asked for.

Most decisions look at a few of a table's twenty columns. Rows picked from a table, or put below
others, cost nothing in the columns that nobody looks at.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence

from ar_xl.core.arrays import AnyArray, IntArray
from ar_xl.core.numbered import as_part, picked, stacked

Columns = Mapping[str, AnyArray]


class LaterColumns(Columns):
    """Columns by key, each made once, when it is first asked for.

    Args:
        like: what has the same keys.
    """

    def __init__(self, like: Columns) -> None:
        self._keys = like if isinstance(like, dict) else like.keys()
        self._made: dict[str, AnyArray] = {}

    def __getitem__(self, key: str) -> AnyArray:
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def pieces(self, key: str) -> Sequence[AnyArray]:
        """The column in pieces that follow one another, without making it."""
        return [self[key]]

    def hold(self, key: str, column: AnyArray) -> None:
        """Keep a column that is the same as its own."""
        self._made[key] = column

    @abstractmethod
    def _make(self, key: str) -> AnyArray:
        """Make a column."""


class PickedColumns(LaterColumns):
    """Some rows of other columns.

    Args:
        source: the columns.
        chosen: places of the rows, in their new order.
    """

    def __init__(self, source: Columns, chosen: IntArray) -> None:
        super().__init__(source)
        self._source, self._chosen = source, chosen

    def _make(self, key: str) -> AnyArray:
        column = self._source[key]
        return picked(column, self._chosen) if column.dtype == object else column[self._chosen]


class JoinedColumns(LaterColumns):
    """Columns below one another; see `joined`.

    Args:
        sources: from the top, all with the same keys.
    """

    def __init__(self, sources: Sequence[Columns]) -> None:
        super().__init__(sources[0])
        self.sources = sources

    def pieces(self, key: str) -> Sequence[AnyArray]:
        """The column in pieces: those of the columns that were put together."""
        return [self._made[key]] if key in self._made else [each[key] for each in self.sources]

    def _make(self, key: str) -> AnyArray:
        pieces = [each[key] for each in self.sources]
        made = stacked(pieces)
        start = 0
        for source, piece in zip(self.sources, pieces, strict=True):
            # Of a long column only one copy is held; a short part must not hold on to a long one.
            if 2 * len(piece) > len(made):
                _share(source, key, as_part(piece, made, start))
            start += len(piece)
        return made


class ReplacedColumns(LaterColumns):
    """Columns some of which are others.

    Args:
        source: the columns.
        new: those that stand in their place.
    """

    def __init__(self, source: Columns, new: Columns) -> None:
        super().__init__(source)
        self.source, self.new = source, new

    def __getitem__(self, key: str) -> AnyArray:
        return self.new[key] if key in self.new else self.source[key]

    def pieces(self, key: str) -> Sequence[AnyArray]:
        """The column in pieces: its own, or those of the source."""
        return [self.new[key]] if key in self.new else pieces_of(self.source, key)

    def _make(self, key: str) -> AnyArray:
        return self[key]


def joined(columns: Sequence[Columns]) -> Columns:
    """Put columns below one another.

    What was put together before is taken apart again, so that a table that grows again and again
    is held in as many pieces as there were additions, and each column at most once as a whole.
    """
    replaced: set[str] = set()
    sources: list[Columns] = []
    for each in columns:
        while isinstance(each, ReplacedColumns) and _is_joined(each.source):
            replaced |= set(each.new)
            each = each.source
        sources += each.sources if isinstance(each, JoinedColumns) else [each]
    put = JoinedColumns(sources)
    if not replaced:
        return put
    new = {
        key: stacked([piece for each in columns for piece in pieces_of(each, key)])
        for key in replaced
    }
    return ReplacedColumns(put, new)


def _share(columns: Columns, key: str, part: AnyArray) -> None:
    """Let columns hold a part of a larger column instead of their own, which is the same."""
    if isinstance(columns, dict):
        columns[key] = part
    elif isinstance(columns, ReplacedColumns):
        _share(columns.new if key in columns.new else columns.source, key, part)
    elif isinstance(columns, LaterColumns):
        columns.hold(key, part)


def _is_joined(columns: Columns) -> bool:
    """Whether columns were put together, be it that some were replaced since."""
    while isinstance(columns, ReplacedColumns):
        columns = columns.source
    return isinstance(columns, JoinedColumns)


def pieces_of(columns: Columns, key: str) -> Sequence[AnyArray]:
    """A column in pieces that follow one another."""
    return columns.pieces(key) if isinstance(columns, LaterColumns) else [columns[key]]
