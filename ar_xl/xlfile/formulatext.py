"""Formulas as files write them."""

from __future__ import annotations

import re

from ar_xl.xlfile.write_errors import CannotEdit

MAX_FORMULA = 8192

# Functions that came after Excel 2007 carry a prefix in the file; without it they are #NAME?.
_PREFIXED_NAMES = """
ACOT ACOTH ARABIC BASE BETA.DIST BETA.INV BINOM.DIST BINOM.INV BITAND BITLSHIFT BITOR BITRSHIFT
BITXOR CEILING.MATH CHISQ.DIST CHISQ.INV CHISQ.TEST COMBINA CONCAT CONFIDENCE.NORM COT COTH
COVARIANCE.P COVARIANCE.S CSC CSCH DAYS DECIMAL ERF.PRECISE EXPON.DIST F.DIST F.INV F.TEST
FLOOR.MATH FORECAST.LINEAR FORMULATEXT GAMMA GAMMA.DIST GAMMA.INV GAUSS HYPGEOM.DIST IFNA IFS
ISFORMULA ISOWEEKNUM LOGNORM.DIST LOGNORM.INV MAXIFS MINIFS MODE.MULT MODE.SNGL MUNIT
NEGBINOM.DIST NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PDURATION PERCENTILE.EXC
PERCENTILE.INC PERCENTRANK.EXC PERCENTRANK.INC PERMUTATIONA PHI POISSON.DIST QUARTILE.EXC
QUARTILE.INC RANK.AVG RANK.EQ RRI SEC SECH SHEET SHEETS SKEW.P STDEV.P STDEV.S SWITCH T.DIST
T.INV T.TEST TEXTJOIN UNICHAR UNICODE VAR.P VAR.S WEIBULL.DIST XLOOKUP XMATCH XOR Z.TEST
"""
_PREFIXED = frozenset(_PREFIXED_NAMES.split())
# Their results may spill over several cells, which takes more in the file than a formula.
_SPILLING_NAMES = """
BYCOL BYROW CHOOSECOLS CHOOSEROWS DROP EXPAND FILTER HSTACK LAMBDA LET MAKEARRAY MAP RANDARRAY
REDUCE SCAN SEQUENCE SORT SORTBY TAKE TEXTSPLIT TOCOL TOROW UNIQUE VSTACK WRAPCOLS WRAPROWS
"""
_SPILLING = frozenset(_SPILLING_NAMES.split())
_QUOTED = re.compile(r"(\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*')")
_CALL = re.compile(r"(?<![\w.])(_xlfn\.)?([A-Za-z][A-Za-z0-9.]*)(?=\()")
_CELL = re.compile(r"(?<![\w.$])(\$?)[A-Za-z]{1,3}(\$?)[0-9]{1,7}(?![\w(.])")
_BRACKETS = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]")


def in_file(formula: str) -> str:
    """Return a formula as files write it: without "=", newer functions with their prefix.

    Raises:
        CannotEdit: it is too long, its result would spill, or it leaves out its table's name.
    """
    text = formula.removeprefix("=")
    if not text or len(text) > MAX_FORMULA:
        raise CannotEdit(f"A formula has {len(text):,} characters; Excel takes 1 to 8,192.")
    parts = _QUOTED.split(text)
    for place in range(0, len(parts), 2):
        if "[@" in parts[place]:
            raise CannotEdit(
                f"The formula {formula[:60]} leaves out its table's name. "
                "Write Table[[#This Row],[Column]] instead of [@Column]."
            )
        parts[place] = _CALL.sub(_prefixed, parts[place])
    return "".join(parts)


def is_newer(name: str) -> bool:
    """Tell whether a function came after Excel 2007, by its name in capitals."""
    return name in _PREFIXED or name in _SPILLING or name == "AGGREGATE"


def has_relative_cells(formula: str) -> bool:
    """Tell whether a formula must change when it is copied down: it names cells without "$"."""
    parts = _QUOTED.split(formula)[::2]
    return any(
        match[2] == "" for part in parts for match in _CELL.finditer(_BRACKETS.sub("", part))
    )


def _prefixed(match: re.Match[str]) -> str:
    name = match[2].upper()
    if name in _SPILLING:
        raise CannotEdit(f"{name} fills several cells at once; write its results as values.")
    return f"_xlfn.{name}" if name in _PREFIXED else match[0]
