"""A simple drawing for each Office icon that the ribbon names, by what it means.

They are drawn by us on a square of 32 by 32. Excel shows its own icons; these stand for them.
"""

from __future__ import annotations

from tests.pictures.svg import AMBER, BLUE, GREEN, INK, PALE, PAPER, RED, box, disc, path, words


def _page(fill: str = PAPER) -> str:
    return path("M7 3h12l7 7v19H7z", fill) + path("M19 3v7h7", "none")


def _grid(x: float, y: float, wide: float, high: float, head: str = GREEN) -> str:
    lines = f"M{x} {y + high * 2 / 3}h{wide}M{x + wide / 2} {y + high / 3}v{high * 2 / 3}"
    return (
        box(x, y, wide, high, PAPER)
        + box(x, y, wide, high / 3, head)
        + path(lines, stroke=PALE, stroke_width=1)
    )


def _letter(text: str, size: float, fill: str, y: float) -> str:
    return words(text, 16, y, size, fill, "middle", font_weight="bold")


_LOCK = box(7, 14, 18, 14, AMBER, round_=2) + path("M16 19v4", stroke_width=2)


def _tick(d: str) -> str:
    return path(d, stroke=GREEN, stroke_width=3)


_PLUS = disc(24, 24, 6.5, GREEN, PAPER) + path("M24 20.5v7M20.5 24h7", stroke=PAPER, stroke_width=2)
_LINES = path("M11 15h11M11 19h11M11 23h7", stroke=PALE)

GLYPHS: dict[str, str] = {
    "AccountingFormat": box(3, 7, 26, 13, "#d7ecd9", GREEN, 1)
    + disc(16, 13.5, 3.5, "none", GREEN)
    + disc(22, 24, 5, AMBER)
    + disc(13, 25, 4, AMBER),
    "ApplicationOptionsDialog": path("M5 9h22M5 16h22M5 23h22", stroke=INK)
    + disc(12, 9, 3.2, BLUE)
    + disc(21, 16, 3.2, BLUE)
    + disc(10, 23, 3.2, BLUE),
    "ConditionalFormattingTopNItems": path("M13 8h15M13 16h12M13 24h9", stroke=INK, stroke_width=3)
    + words("1", 7, 11, 10, RED, "middle", font_weight="bold")
    + words("2", 7, 19.5, 10, RED, "middle", font_weight="bold")
    + words("3", 7, 28, 10, RED, "middle", font_weight="bold"),
    "CalculateNow": box(6, 3, 20, 26, PAPER, INK, 1.5) + box(9, 6, 14, 6, PALE)
    + path("M10 17h3M10 22h3M16 17h6M19 14v6M16 24h6", stroke=BLUE, stroke_width=2),
    "ChartInsert": path("M4 4v24h24") + box(8, 16, 4, 12, BLUE, BLUE)
    + box(14, 9, 4, 19, BLUE, BLUE) + box(20, 13, 4, 15, AMBER, AMBER),
    "ChartTrendline": path("M4 4v24h24") + disc(9, 22, 1.8, BLUE, BLUE)
    + disc(15, 19, 1.8, BLUE, BLUE) + disc(20, 12, 1.8, BLUE, BLUE)
    + path("M6 25L27 8", stroke=RED, stroke_width=2),
    "Consolidate": _page()
    + path("M11 13h4M11 18h4M11 23h4M18 13h4M18 18h4", stroke=BLUE, stroke_width=2)
    + path("M16 10v16", stroke=INK) + _tick("M18 22l2 2.5 4-4.5"),
    "DataFormExcel": _page() + path("M11 13h10M11 17h10", stroke=PALE)
    + box(14, 20, 9, 5, "#d7ecd9", GREEN),
    "DataValidation": _grid(3, 4, 22, 18) + disc(23, 23, 7, PAPER, PAPER)
    + _tick("M17 23l4 4.5 8-9"),
    "DollarSign": path("M3 12L16 4l13 8z", AMBER) + path("M6 27h20M8 15v9M16 15v9M24 15v9"),
    "EditLinks": path("M13 19l6-6", stroke=BLUE, stroke_width=3)
    + path("M14.5 9.5l3-3a5.5 5.5 0 0 1 8 8l-3 3M17.5 22.5l-3 3a5.5 5.5 0 0 1-8-8l3-3", "none",
           stroke=INK, stroke_width=3),
    "ErrorChecking": _page() + _LINES + _tick("M15 22l4 4.5 9-10"),
    "FileMarkAsFinal": _page() + _LINES + disc(22, 23, 5.5, RED, PAPER)
    + path("M19 27l-2 4M25 27l2 4", stroke=RED, stroke_width=2.5),
    "FileNew": _page() + _PLUS,
    "FileProperties": disc(16, 16, 12, BLUE, BLUE) + _letter("i", 18, PAPER, 22),
    "FileSaveAsPdfOrXps": _page() + _LINES + box(9, 21, 14, 6, RED, RED, 1),
    "FileSendAsAttachment": box(3, 8, 26, 17, PAPER, INK, 1) + path("M3 9l13 10L29 9"),
    "FunctionWizard": _letter("fx", 20, GREEN, 22),
    "GetExternalDataFromText": _page() + _LINES
    + path("M1 20h11M8 15.5l4.5 4.5L8 24.5", stroke=BLUE, stroke_width=3),
    "HeaderFooterCurrentDate": box(4, 6, 24, 22, PAPER, INK, 1) + box(4, 6, 24, 6, RED)
    + path("M10 3v5M22 3v5", stroke_width=2)
    + path("M9 17h3M15 17h3M21 17h3M9 22h3M15 22h3", stroke_width=3, stroke=PALE)
    + path("M20 21h4v4h-4z", GREEN, GREEN),
    "GoalSeek": disc(16, 16, 12, PAPER)
    + path("M12 13a4 4 0 1 1 5 4l-1 1v1M16 22v2", stroke_width=2),
    "HeaderFooterCurrentTimeInsert": disc(16, 16, 12, PAPER) + path("M16 9v7l5 4", stroke_width=2)
    + path("M16 4v2M16 26v2M4 16h2M26 16h2", stroke=PALE),
    "Help": disc(16, 16, 12, BLUE, BLUE) + _letter("?", 18, PAPER, 22),
    "Lock": path("M11 14v-4a5 5 0 0 1 10 0v4", stroke_width=2.5) + _LOCK,
    "PercentStyle": disc(10, 10, 4.5, PAPER, GREEN) + disc(22, 22, 4.5, PAPER, GREEN)
    + path("M24 6L8 26", stroke=GREEN, stroke_width=2.5),
    "Redo": path("M23 6l5 6-6 5", stroke=BLUE, stroke_width=3)
    + path("M27 12H14a8 7 0 0 0 0 14h7", stroke=BLUE, stroke_width=3),
    "ReviewAllowUsersToEditRanges": path("M11 14v-5a5 5 0 0 1 9.5-2", stroke_width=2.5) + _LOCK,
    "ReviewNewComment": path("M4 6h24v15H15l-6 6v-6H4z", PAPER)
    + path("M16 9v6M16 18v.5", stroke=AMBER, stroke_width=3),
    "SheetInsert": _grid(3, 4, 22, 20) + _PLUS,
    "SparklineColumnInsert": path("M4 28h25") + box(6, 17, 4, 11, GREEN, GREEN)
    + box(12, 11, 4, 17, AMBER, AMBER) + box(18, 7, 4, 21, "#d9730d", "#d9730d")
    + box(24, 14, 4, 14, RED, RED),
    "TraceError": path("M16 4l13 23H3z", AMBER) + path("M16 12v7M16 23v.5", stroke_width=2.5),
    "TracePrecedents": box(17, 18, 12, 9, "#d7ecd9", GREEN) + disc(6, 7, 2.5, BLUE, BLUE)
    + disc(6, 22, 2.5, BLUE, BLUE) + path("M6 7l11 12M6 22h10", stroke=BLUE, stroke_width=2)
    + path("M12 18.5l4.5 3.5-4.5 3.5", BLUE, BLUE),
    "Undo": path("M9 6l-5 6 6 5", stroke=BLUE, stroke_width=3)
    + path("M5 12h13a8 7 0 0 1 0 14h-7", stroke=BLUE, stroke_width=3),
}  # fmt: skip
