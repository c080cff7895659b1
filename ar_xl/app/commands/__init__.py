"""One function per button; importing this package declares every command."""

from ar_xl.app.commands import control, month_end, posting, reports
from ar_xl.app.commands.books import SPECIAL, Special

__all__ = ["SPECIAL", "Special", "control", "month_end", "posting", "reports"]
