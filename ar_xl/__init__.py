"""ar_xl: accounts receivable for accountants who live in Excel."""

__version__ = "0.1.0"
