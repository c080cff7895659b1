"""Every worksheet function, declared once: stubs, help, registration and docs come from here."""

from __future__ import annotations

from ar_xl.functions.about_items import ITEMS
from ar_xl.functions.about_money import MONEY
from ar_xl.functions.about_terms import TERMED
from ar_xl.functions.registry import Function

FUNCTIONS: tuple[Function, ...] = (*ITEMS, *TERMED, *MONEY)

BY_NAME: dict[str, Function] = {each.name: each for each in FUNCTIONS}
