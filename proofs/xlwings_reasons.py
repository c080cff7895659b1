"""Tests of xlwings that say nothing about the engine, and why; patterns of their whole names."""

from __future__ import annotations

_PANDAS = "the test is older than pandas 3"
_MACROS = "runs a VBA macro; a file runs none"
_BINARY = "a format that is not Office Open XML; saving in it is refused with a sentence"

NOT_APPLICABLE: dict[str, str] = {
    r"test_conversion\.TestPandas\.test_(NA|dataframe_1|dataframe_dateindex|period_index"
    r"|read_df_2header_1unnamedindex|timeseries_1)": _PANDAS,
    r"test_(book\.TestBook|app\.TestApp)\.test_macro": _MACROS,
    r"test_fileformats\..*\[.*\.(xlsb|xls|xlt|xla)\]": _BINARY,
    r"test_app\.TestApp\.test_calculation_calculate": "needs recalculation, which a file has not; "
    "reading the formula raises instead of giving an old number",
    r"test_range\.TestRangeAttributes\.test_formula2": "needs recalculation: a formula that spills",
    r"test_range\.TestRangeAttributes\.test_formula_array": "needs recalculation; the array "
    "formula is written, and reading its cells raises",
    r"test_range\.TestRangeAttributes\.test_insert_(cell|row|column)": "calls `insert` without the "
    "direction that xlwings itself demands since 0.30.3",
}

OUT_OF_SCOPE: dict[str, str] = {
    r"test_shape\.(?!TestChart).*": "pictures and shapes are kept, not made",
    r"test_characters\..*": "formats of single letters are kept, not changed",
    r"test_font\.test_shape_.*": "pictures and shapes are kept, not made",
    r"test_range\.TestRangeExpansion\.test_copy_picture": "a picture on the clipboard of Excel",
}
