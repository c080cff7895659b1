"""Decimal numbers in bytes to float64, thousands at a time, each rounded as `float` rounds it.

Eight digits are read as one 64-bit word and folded by three multiplications. A number whose digits
make a whole number below 2^53, divided by a power of ten up to 10^22, is correctly rounded since
both are exact (Clinger, "How to read floating point numbers accurately", 1990). Others take
`float`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.piece import Bools, Piece, Places, Words

_ZEROS = np.uint64(0x3030303030303030)
_HIGH = np.uint64(0xF0F0F0F0F0F0F0F0)
_SIXES = np.uint64(0x0606060606060606)
_DOTS = np.uint64(0x2E2E2E2E2E2E2E2E)
_ONES = np.uint64(0x0101010101010101)
_TOPS = np.uint64(0x8080808080808080)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_PLACE = np.uint64(0x0706050403020100)  # 256^k times this has 7 - k in its highest byte
_U = tuple(np.uint64(n) for n in range(65))
_ZERO_CHARACTER = np.uint64(0x30)
_POWERS = 10.0 ** np.arange(23)
_EXACT = 1 << 53
_MINUS = 0x2D
_NUMERALS = b"0123456789+-.eE"

_FOLDS = (
    (np.uint64(10), _U[8], np.uint64(0x00FF00FF00FF00FF)),
    (np.uint64(100), _U[16], np.uint64(0x0000FFFF0000FFFF)),
    (np.uint64(10_000), _U[32], np.uint64(0x00000000FFFFFFFF)),
)


def fold(words: Words) -> Words:
    """The number that eight digits make, the first in the lowest byte; high nibbles ignored."""
    words = words & ~_HIGH
    for factor, shift, mask in _FOLDS:
        words = (words * factor + (words >> shift)) & mask
    return words


def all_digits(words: Words) -> Bools:
    """Whether all eight bytes are "0" to "9"."""
    return ((words & _HIGH) == _ZEROS) & (((words + _SIXES) & _HIGH) == _ZEROS)


def last_bytes(words: Words, count: npt.NDArray[np.int64]) -> Words:
    """The words with all but their last `count` (0 to 8) bytes made "0"."""
    shift = ((8 - count) << 3).astype(np.uint64)
    keep = np.where(shift < _U[64], _ALL << (shift & _U[63]), _U[0])
    return (words & keep) | (_ZEROS & ~keep)


def whole_numbers(piece: Piece, starts: Places, ends: Places) -> tuple[Places, Bools]:
    """Whole numbers of 1 to 8 digits.

    Returns:
        The numbers, and where there was such a number.
    """
    length = ends - starts
    words = last_bytes(piece.eights(ends - 8), np.clip(length, 0, 8))
    good = all_digits(words) & (length >= 1) & (length <= 8)
    return fold(words).astype(np.int64), good


def numbers(piece: Piece, starts: Places, ends: Places) -> tuple[npt.NDArray[np.float64], Bools]:
    """Decimal numbers of any length.

    Returns:
        The numbers, and where there was one.
    """
    negative = piece.ones(starts) == _MINUS
    first = starts + negative
    length = ends - first
    result = np.empty(len(starts), dtype=np.float64)
    good = np.zeros(len(starts), dtype=np.bool_)
    short = length <= 8
    for chosen, read in ((short, _one_word), (~short & (length <= 16), _two_words)):
        if chosen.all():
            result, good = read(piece, ends, length)
        elif chosen.any():
            result[chosen], good[chosen] = read(piece, ends[chosen], length[chosen])
    np.negative(result, where=negative, out=result)
    slow = np.flatnonzero(~good)
    if len(slow):
        result[slow], good[slow] = _slowly(piece, starts[slow], ends[slow])
    return result, good


def _dot(words: Words) -> Words:
    """A bit in the highest place of the byte that is a dot, 0 where none is."""
    differs = words ^ _DOTS
    return (differs - _ONES) & ~differs & _TOPS


def _closed(words: Words, dot: Words, first: Words | np.uint64) -> tuple[Words, Words]:
    """The words without their dot, `first` the byte that comes in; and the digits behind it."""
    low = (dot >> _U[7]) - _U[1]
    high = ~((dot << _U[1]) - _U[1])
    closed = (words & high) | ((words & low) << _U[8]) | first
    return np.where(dot == 0, words, closed), ((dot >> _U[7]) * _PLACE) >> _U[56]


def _one_word(piece: Piece, ends: Places, length: Places) -> tuple[npt.NDArray[np.float64], Bools]:
    words = last_bytes(piece.eights(ends - 8), length)
    dot = _dot(words)
    words, decimals = _closed(words, dot, _ZERO_CHARACTER)
    good = all_digits(words) & (length > (dot != 0))
    return fold(words) / _POWERS[decimals], good


def _two_words(piece: Piece, ends: Places, length: Places) -> tuple[npt.NDArray[np.float64], Bools]:
    right, left = piece.eights(ends - 8), last_bytes(piece.eights(ends - 16), length - 8)
    right_dot, left_dot = _dot(right), _dot(left)
    left_last = left >> _U[56]
    right, decimals = _closed(right, right_dot, left_last)
    left, left_decimals = _closed(left, left_dot, _ZERO_CHARACTER)
    left = np.where(right_dot == 0, left, (left << _U[8]) | _ZERO_CHARACTER)
    decimals += np.where(left_dot == 0, _U[0], left_decimals + _U[8])
    digits = fold(left) * np.uint64(100_000_000) + fold(right)
    good = all_digits(left) & all_digits(right) & (digits <= _EXACT)
    good &= (right_dot == 0) | (left_dot == 0)
    return digits / _POWERS[np.minimum(decimals, _U[22])], good


def _slowly(piece: Piece, starts: Places, ends: Places) -> tuple[npt.NDArray[np.float64], Bools]:
    """By `float`, which also knows words and underscores that are no numbers in a sheet.

    All of them fail if one does: the exact parser then finds it.
    """
    texts = piece.slices(starts, ends)
    if not b"".join(texts).translate(None, _NUMERALS):
        try:
            result = np.fromiter(map(float, texts), dtype=np.float64, count=len(texts))
        except ValueError:
            pass
        else:
            return result, np.isfinite(result)
    return np.full(len(texts), np.nan), np.zeros(len(texts), dtype=np.bool_)
