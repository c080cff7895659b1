"""A statement as a workbook of its own: one sheet, real numbers and dates, nothing else inside."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import numpy as np
import xlsxwriter

from ar_xl.app.papers import statement_words as words
from ar_xl.app.papers.drawing import LETTER, NAVY, SHADE, page_size
from ar_xl.app.papers.statement_pages import Making
from ar_xl.app.papers.statement_tables import (
    aging_cells,
    agreed_sentences,
    document_words,
    move_words,
    totals,
)
from ar_xl.app.papers.wording import Wording
from ar_xl.core.dates import as_date
from ar_xl.core.money import exponent, to_decimal
from ar_xl.ops.statements.accounts import Account, Lines
from ar_xl.ops.statements.deciding import Section, Statement

_WIDTHS = (28, 11, 11, 15, 12, 11, 12, 8)
_LINE = 13  # points
_DATES = {"en": "d mmm yyyy", "de": "dd.mm.yyyy", "fr": "dd/mm/yyyy", "es": "dd/mm/yyyy",
          "it": "dd/mm/yyyy", "nl": "dd-mm-yyyy"}  # fmt: skip
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LAST = len(_WIDTHS) - 1


def statement_book(made: Making, statement: Statement) -> bytes:
    """The bytes of the workbook of one statement; the same statement gives the same bytes."""
    return _Writer(made, statement).write()


class _Writer:
    """One workbook being written, from the top down."""

    def __init__(self, made: Making, statement: Statement) -> None:
        self.made, self.statement = made, statement
        self.said: Wording = made.sender.wording(statement.recipient.language)
        self.out = BytesIO()
        # Whatever a cell holds is text: nothing in it becomes a formula or a link.
        self.book = xlsxwriter.Workbook(self.out, {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False,
        })  # fmt: skip
        self.sheet = self.book.add_worksheet(self._name())
        self.row = 0
        self.tall: dict[int, int] = {}
        self.formats: dict[tuple[object, ...], Any] = {}

    def _name(self) -> str:
        title = f"{self.said.say(words.TITLE)} {self.statement.recipient.customer_id}"
        return _NO_SHEET_NAME.sub(" ", title)[:31].strip()

    def write(self) -> bytes:
        """Write everything; the bytes of the file."""
        said, asked = self.said, self.made.asked
        moment = datetime.combine(asked.as_of, time())
        title = said.say(words.TITLE)
        self.book.set_properties({"title": title, "author": self.made.sender.name,
                                  "company": self.made.sender.name, "created": moment})  # fmt: skip
        for column, width in enumerate(_WIDTHS):
            self.sheet.set_column(column, column, width, self._format())
        self._head(title)
        for section in self.statement.sections:
            self._section(section)
        self._print_set_up()
        self.book.close()
        return self.out.getvalue()

    def _format(self, **look: object) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            usual = {"font_name": "Arial", "font_size": 10, "valign": "top"}
            self.formats[key] = self.book.add_format({**usual, **look})
        return self.formats[key]

    def _text(self, column: int, text: str, **look: object) -> None:
        if not text:
            return
        self.sheet.write_string(self.row, column, text, self._format(**look))
        lines = 1 + (len(text) - 1) // (_WIDTHS[column] - 1)
        if look.get("text_wrap") and lines > self.tall.get(self.row, 1):
            self.tall[self.row] = lines  # some programs leave a row as it was, however much it says
            self.sheet.set_row(self.row, _LINE * lines)

    def _money(self, column: int, minor: int, currency: str, **look: object) -> None:
        digits = exponent(currency)
        shown = "#,##0" + ("." + "0" * digits if digits else "")
        self.sheet.write_number(self.row, column, to_decimal(minor, currency),
                                self._format(num_format=shown, **look))  # fmt: skip

    def _date(self, column: int, value: np.datetime64 | date, **look: object) -> None:
        if isinstance(value, np.datetime64):
            if np.isnat(value):
                return
            value = as_date(value)
        shown = self._format(num_format=_DATES[self.said.language], align="left", **look)
        self.sheet.write_datetime(self.row, column, value, shown)

    def _head(self, title: str) -> None:
        sender, who, said = self.made.sender, self.statement.recipient, self.said
        if sender.logo:
            self.sheet.insert_image(0, 0, "logo.png", {
                "image_data": BytesIO(sender.logo), "object_position": 3, "decorative": True,
                **_scaled(sender.logo),
            })  # fmt: skip
            self.row = 4
        self._text(0, sender.name, bold=True, font_size=14, font_color=NAVY)
        self.row += 1
        self._text(0, " · ".join(sender.lines(said.say(words.PHONE))), font_color="#5F6B7A")
        self.row += 2
        top = self.row
        for line in (who.name or who.customer_id, who.contact, *who.address.splitlines()):
            if line.strip():
                self._text(0, line.strip())
                self.row += 1
        below, self.row = self.row, top
        self._text(4, title, bold=True, font_size=14, font_color=NAVY)
        self.row += 1
        facts = ((words.DATE_OF, self.made.asked.as_of), (words.CUSTOMER, who.customer_id))
        for phrase, value in facts:
            self._text(4, said.say(phrase))
            if isinstance(value, date):
                self._date(6, value)
            else:
                self._text(6, value)
            self.row += 1
        self.row = max(self.row, below) + 1

    def _section(self, section: Section) -> None:
        said, own = self.said, self.statement.recipient.customer_id
        several = len(section.accounts) > 1 or section.accounts[0].customer_id != own
        for account in section.accounts:
            name = self.made.names.get(account.customer_id) or account.customer_id
            head = said.say(words.ACTIVITY if self.made.asked.since else words.OPEN_ITEMS)
            of = said.say(words.ACCOUNT_OF, name=f"{name} ({account.customer_id})")
            caption = f"{of}: {head}" if several else head
            self._text(0, f"{caption}, {account.currency}", bold=True, font_color=NAVY)
            self.row += 1
            if self.made.asked.since:
                self._moves(account)
            else:
                self._items(account)
            if several:
                self._sum(said.say(words.TOTAL), account.total, account.currency, False)
            self.row += 1
        for label, minor, strong in totals(said, section):
            self._sum(f"{label}, {section.currency}", minor, section.currency, strong)
        self.row += 1
        caption, cells = aging_cells(said, self.made.sender.settings, section)
        self._text(0, caption, font_color="#5F6B7A")
        self.row += 1
        for label, minor in cells:
            self._text(0, label)
            self._money(1, minor, section.currency)
            self.row += 1
        self.row += 1
        notice = self.made.notice(self.statement.recipient, section, said)
        for sentence in (*agreed_sentences(said, section), *notice):
            self._wrapped(sentence)
        if section.total > 0:
            pay_to = self.made.sender.settings.pay_to or self.made.sender.name
            self._wrapped(f"{said.say(words.PAY_TO)}: {', '.join(pay_to.splitlines())}")
        else:
            self._wrapped(said.say(words.NO_PAYMENT))
        self.row += 1

    def _wrapped(self, sentence: str) -> None:
        """A sentence over the whole width, in as many lines as it takes."""
        self.sheet.merge_range(self.row, 0, self.row, _LAST, "", self._format(text_wrap=True))
        self.sheet.write_string(self.row, 0, sentence, self._format(text_wrap=True))
        self.sheet.set_row(self.row, _LINE * (1 + len(sentence) // sum(_WIDTHS)))
        self.row += 1

    def _sum(self, label: str, minor: int, currency: str, strong: bool) -> None:
        look = {"bold": True, "bg_color": SHADE} if strong else {}
        for column in range(3, 7):
            self.sheet.write_blank(self.row, column, None, self._format(**look))
        self._text(3, label, **look)
        self._money(6, minor, currency, **look)
        self.row += 1

    def _heads(self, heads: tuple[Any, ...]) -> None:
        for column, phrase in enumerate(heads):
            side = "right" if column > 3 else "left"
            self._text(column, self.said.say(phrase), bold=True, bg_color=SHADE, align=side,
                       text_wrap=True)  # fmt: skip
        self.row += 1

    def _items(self, account: Account) -> None:
        said, lines = self.said, account.lines
        is_credit = np.isin(lines.kind.astype(str), ("Receipt", "Credit Memo"))
        if not len(lines):
            self._text(0, said.say(words.NOTHING_OPEN))
            self.row += 1
        for credits in (False, True):
            some = lines.take(np.flatnonzero(is_credit == credits))
            if not len(some):
                continue
            if credits:
                self._text(0, said.say(words.UNAPPLIED), bold=True)
                self.row += 1
            paid = words.USED if credits else words.PAID
            self._heads((words.DOCUMENT, words.DATE, words.DUE, words.REFERENCE, words.ORIGINAL,
                         paid, words.OPEN, words.DAYS))  # fmt: skip
            for at in range(len(some)):
                self._item(some, at, account.currency)

    def _item(self, lines: Lines, at: int, currency: str) -> None:
        name = document_words(self.said, lines.kind[at], lines.number[at], int(lines.line[at]),
                              int(lines.lines[at]))  # fmt: skip
        contested = int(lines.disputed[at])
        if contested:
            amount = self.said.money(contested, currency)
            name = f"{name} ({self.said.say(words.IN_DISPUTE, amount=amount)})"
        self._text(0, name, text_wrap=True)
        self._date(1, lines.date[at])
        self._date(2, lines.due_date[at])
        self._text(3, str(lines.reference[at]), text_wrap=True)
        for column, values in ((4, lines.amount), (5, lines.paid), (6, lines.open)):
            self._money(column, int(values[at]), currency)
        if lines.days[at] > 0:
            self.sheet.write_number(self.row, 7, int(lines.days[at]), self._format())
        self.row += 1

    def _moves(self, account: Account) -> None:
        moved, code, asked = account.moves, account.currency, self.made.asked
        assert asked.since is not None
        self._heads((words.DOCUMENT, words.DATE, words.DUE, words.REFERENCE, words.CHARGES,
                     words.CREDITS, words.BALANCE))  # fmt: skip
        balance = account.brought_forward
        self._balance(words.BROUGHT_FORWARD, asked.since, balance, code)
        for at in range(len(moved)):
            amount = int(moved.amount[at])
            balance += amount
            self._text(0, move_words(self.said, moved, at), text_wrap=True)
            self._date(1, moved.date[at])
            self._date(2, moved.due_date[at])
            self._text(3, str(moved.reference[at]), text_wrap=True)
            self._money(4 if amount > 0 else 5, abs(amount), code)
            self._money(6, balance, code)
            self.row += 1
        self._balance(words.CLOSING, asked.as_of, balance, code)

    def _balance(self, phrase: Any, on: date, balance: int, currency: str) -> None:
        self._text(0, self.said.say(phrase), bold=True)
        self._date(1, on, bold=True)
        self._money(6, balance, currency, bold=True)
        self.row += 1

    def _print_set_up(self) -> None:
        sheet, base = self.sheet, self.made.sender.settings.base_currency
        sheet.set_paper(1 if page_size(base) == LETTER else 9)
        sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=3 / 5, right=3 / 5, top=7 / 10, bottom=7 / 10)
        page = self.said.say(words.PAGE, page="&P", pages="&N")
        sheet.set_footer(f"&R{page}")
        sheet.hide_gridlines(2)


def _scaled(logo: bytes) -> dict[str, Any]:
    """How much smaller a logo is drawn, so that it stands in four rows."""
    from PIL import Image

    with Image.open(BytesIO(logo)) as picture:
        wide, high = picture.size
    scale = min(76 / high, 300 / wide, 1)
    return {"x_scale": scale, "y_scale": scale}
