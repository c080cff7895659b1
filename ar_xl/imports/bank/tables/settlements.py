"""Settlements of PayPal, Stripe and Square: how their exports are known and what their rows are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray, codes_of, filled
from ar_xl.imports.bank.tables.rows import say_left_out
from ar_xl.imports.headings import squeezed
from ar_xl.imports.reading import Reader

Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Exporter:
    """Who wrote a table, and what that says about its rows.

    Args:
        name: as the format is called.
        telling: sets of headings; a table that has all of one set is this exporter's.
        columns: their heading by ours, where the names in `tablenames.py` would choose another.
        account: of rows that name none; "" is none.
        credits, debits: kind by the first word that a row's type contains, for money in and out.
        otherwise: kind of money in and of money out whose type says nothing.
        counts_pending: pending rows that show a balance have moved it.
        is_turned: amounts are written as what left the account.
        prepared: changes rows before they are read (leaves out what does not move the account).
    """

    name: str
    telling: tuple[tuple[str, ...], ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    account: str = ""
    credits: Words = ()
    debits: Words = ()
    otherwise: tuple[str, str] = ("Payment", "Other")
    counts_pending: bool = False
    is_turned: bool = False
    prepared: Callable[[Reader], None] | None = None

    def wrote(self, headings: frozenset[str]) -> bool:
        """Whether a table with some squeezed headings is of this exporter."""
        return any(all(squeezed(each) in headings for each in group) for group in self.telling)

    def kinds(self, types: TextArray, texts: TextArray, movement: IntArray) -> TextArray:
        """The kind of each row.

        Args:
            types: what the file calls it, "" where it says nothing.
            texts: its description, which is looked at where the type says nothing.
            movement: minor units that the account moved by.
        """
        is_credit = np.asarray((movement == BLANK) | (movement >= 0), dtype=np.bool_)
        out = np.where(is_credit, *self.otherwise).astype(object)
        described = np.where(types == "", texts, types)
        (codes_,), distinct = codes_of(np.asarray(described, dtype=object))
        for side, words in ((is_credit, self.credits), (~is_credit, self.debits)):
            told = _first_words(distinct, words)[codes_]
            picked = side & (told != "")
            out[picked] = told[picked]
        return out


def _first_words(texts: TextArray, words: Words) -> TextArray:
    """The kind by the first of some words that each text contains, "" without."""
    lines = ["".join(text.split("\n")) for text in texts.tolist()]
    whole = "\n".join(lines).casefold().replace("_", " ").replace("-", " ")
    starts = np.cumsum([0, *(len(line) + 1 for line in whole.split("\n"))])
    out = filled(len(texts), "")
    for word, kind in reversed(words):
        plain = word.rstrip("*")
        if plain not in whole:
            continue
        pattern = rf"(?<!\w){re.escape(plain)}" + ("" if word.endswith("*") else r"(?!\w)")
        found = [each.start() for each in re.finditer(pattern, whole)]
        out[np.searchsorted(starts, found, side="right") - 1] = kind
    return out


_RETURNED: Words = (
    ("chargeback*", "Return"), ("returned*", "Return"), ("rücklast*", "Return"),
    ("retoure*", "Return"), ("ruecklast*", "Return"), ("bounced*", "Return"), ("nsf*", "Return"),
    ("rejet*", "Return"), ("impay*", "Return"), ("insolut*", "Return"), ("devuelt*", "Return"),
    ("dishonour*", "Return"), ("chq return*", "Return"), ("ach return*", "Return"),
)  # fmt: skip
_CHARGED: Words = (
    ("bank fee*", "Fee"), ("bank charge*", "Fee"), ("service charge*", "Fee"),
    ("service fee*", "Fee"), ("monthly fee*", "Fee"), ("maintenance fee*", "Fee"),
    ("wire fee*", "Fee"), ("account fee*", "Fee"), ("fee", "Fee"), ("fees", "Fee"),
    ("kontoführung*", "Fee"), ("entgelt*", "Fee"), ("gebühr*", "Fee"), ("abschluss", "Fee"),
    ("frais", "Fee"), ("commission*", "Fee"), ("comision*", "Fee"), ("comisión*", "Fee"),
    ("canone*", "Fee"), ("commissioni", "Fee"), ("kosten", "Fee"), ("prowizja", "Fee"),
    ("opłata*", "Fee"), ("charges", "Fee"), ("chgs*", "Fee"), ("tarifa*", "Fee"),
    ("palvelumaksu*", "Fee"), ("dl preisabschluss*", "Fee"), ("avgift*", "Fee"), ("gebyr*", "Fee"),
)  # fmt: skip
PLAIN = Exporter("CSV", debits=(*_RETURNED, *_CHARGED), credits=(("reversal*", "Reversal"),
                 ("storno*", "Reversal"), ("interest", "Other"), ("zinsen", "Other"),
                 ("exchange*", "Other")))  # fmt: skip

_PAYPAL_MOVED: Words = (
    ("currency conversion*", "Other"), ("währungsumrechnung*", "Other"),
    ("conversion de devise*", "Other"), ("hold*", "Other"), ("einbehalt*", "Other"),
    ("charge from*", "Other"), ("card deposit*", "Other"), ("bank deposit*", "Other"),
    ("deposit*", "Other"), ("bankgutschrift*", "Other"), ("funding*", "Other"),
    ("credit card*", "Other"), ("authorization*", "Other"), ("autorisierung*", "Other"),
    ("add to balance*", "Other"), ("gutschrift auf paypal*", "Other"), ("loan*", "Other"),
    ("reserve*", "Other"), ("rolling reserve*", "Other"), ("einzahlung*", "Other"),
)  # fmt: skip


def _leave_memos(reader: Reader) -> None:
    """Rows that do not touch the balance are no movements: orders, requests, memos."""
    for index, heading in enumerate(reader.table.headings):
        if squeezed(heading) in ("balanceimpact", "auswirkungaufguthaben"):
            column = reader.table.grid.columns[index]
            memos = np.isin(np.char.lower(column.texts.astype(str)), ("memo", "keine", "none"))
            if memos.any():
                say_left_out(reader, memos, "marked Memo, which does not touch the balance")
                reader.keep(~memos)


def _leave_cash(reader: Reader) -> None:
    """Sales paid in cash, by gift card or other tender are in the till, not at Square."""
    for index, heading in enumerate(reader.table.headings):
        if squeezed(heading) == "card":
            cards = reader.table.grid.columns[index]
            naught = [not any(c in "123456789" for c in text) for text in cards.texts]
            in_till = np.array(naught, dtype=np.bool_) & cards.filled
            if in_till.any():
                say_left_out(reader, in_till, "paid in cash or otherwise, not by card: in the till")
                reader.keep(~in_till)


PAYPAL = Exporter(
    "PayPal",
    telling=(
        ("Gross", "Fee", "Net", "Transaction ID", "Time"),
        ("Brutto", "Netto", "Transaktionscode", "Uhrzeit"),
        ("Brut", "Frais", "Net", "Heure"),
    ),
    columns={"Payer": "Name"},
    account="PayPal",
    counts_pending=True,
    credits=(
        *_PAYPAL_MOVED, ("reversal of*", "Reversal"), ("cancelled*", "Reversal"),
        ("canceled*", "Reversal"), ("dispute fee*", "Fee"), ("withdrawal*", "Payout"),
        ("payment refund*", "Other"), ("refund*", "Other"), ("rückzahlung*", "Other"),
        ("abbuchung*", "Payout"),
    ),
    debits=(
        *_PAYPAL_MOVED, ("chargeback fee*", "Fee"), ("dispute fee*", "Fee"), ("fee", "Fee"),
        ("gebühr*", "Fee"), ("chargeback*", "Return"), ("payment reversal*", "Return"),
        ("rückbuchung*", "Return"), ("reversal*", "Return"), ("refund*", "Refund"),
        ("rückzahlung*", "Refund"), ("rückerstattung*", "Refund"), ("remboursement*", "Refund"),
        ("withdraw*", "Payout"), ("user initiated withdrawal*", "Payout"), ("payout*", "Payout"),
        ("abbuchung*", "Payout"), ("auszahlung*", "Payout"), ("transfer to bank*", "Payout"),
        ("sweep*", "Payout"), ("virement*", "Payout"), ("abgebucht*", "Payout"),
    ),
    prepared=_leave_memos,
)  # fmt: skip

_STRIPE_OUT: Words = (
    ("payout*", "Payout"), ("transfer", "Payout"), ("refund*", "Refund"),
    ("payment refund", "Refund"), ("charge failure*", "Return"), ("payment failure*", "Return"),
    ("dispute*", "Return"), ("chargeback*", "Return"), ("adjustment", "Return"),
    ("stripe fee*", "Fee"), ("application fee*", "Fee"), ("fee*", "Fee"), ("network cost*", "Fee"),
    ("tax*", "Fee"), ("charge", "Other"), ("payment", "Other"),
)  # fmt: skip
_STRIPE_IN: Words = (
    ("payout*", "Payout"), ("refund failure*", "Reversal"), ("refund*", "Reversal"),
    ("dispute reversal*", "Reversal"), ("dispute*", "Reversal"), ("chargeback*", "Reversal"),
    ("adjustment", "Reversal"), ("charge", "Payment"), ("payment", "Payment"), ("topup*", "Other"),
    ("transfer*", "Other"), ("stripe fee*", "Fee"), ("fee*", "Fee"), ("advance*", "Other"),
    ("reserve*", "Other"), ("connect*", "Other"), ("contribution*", "Other"),
)  # fmt: skip
STRIPE = Exporter(
    "Stripe",
    telling=(
        ("balance_transaction_id", "gross", "net"),
        ("id", "Type", "Amount", "Fee", "Net", "Created (UTC)"),
        ("id", "Source", "Amount", "Fee", "Net"),
        ("id", "Amount Refunded", "Converted Amount"),
    ),
    account="Stripe",
    credits=_STRIPE_IN,
    debits=_STRIPE_OUT,
)
STRIPE_PAYOUTS = Exporter(
    "Stripe",
    telling=(("id", "Arrival Date (UTC)", "Amount"), ("id", "Arrival Date", "Destination")),
    columns={"Bank ID": "Balance Transaction", "Reference": "id", "Type": ""},
    account="Stripe",
    otherwise=("Payout", "Payout"),
    is_turned=True,
)
SQUARE_DEPOSITS = Exporter(
    "Square",
    telling=(("Deposit ID", "Net Total", "Deposit Date"), ("Deposit ID", "Fees")),
    columns={"Date": "Deposit Date", "Bank ID": "Deposit ID"},
    account="Square",
    otherwise=("Payout", "Payout"),
)
SQUARE = Exporter(
    "Square",
    telling=(
        ("Gross Sales", "Fees", "Net Total", "Transaction ID"),
        ("Total Collected", "Fees", "Net Total", "Transaction ID"),
        ("Gross Sales", "Fees", "Net Total", "Time"),
    ),
    columns={"Date": "Date", "Amount": "Total Collected", "Reference": "Deposit ID",
             "Bank ID": "Payment ID", "Text": "Description"},
    prepared=_leave_cash,
    account="Square",
    credits=(("payment", "Payment"), ("refund", "Reversal")),
    debits=(("refund*", "Refund"), ("payment", "Other"), ("dispute*", "Return"),
            ("chargeback*", "Return"), ("deposit*", "Payout"), ("transfer*", "Payout")),
)  # fmt: skip
EXPORTERS = (PAYPAL, STRIPE_PAYOUTS, STRIPE, SQUARE, SQUARE_DEPOSITS)
