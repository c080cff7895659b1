"""What every bank file is read into, whatever its format.

A reader copies: amounts stay plain decimal text and dates ISO text, so that the one place that
makes minor units and checks dates is the same for all formats. Nothing is compared with the
workbook here, and nothing is dropped: what a reader cannot understand is a row with `bad` set.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ar_xl.core.findings import Finding

# What a bank line is; only a payment becomes a receipt.
KINDS = ("Payment", "Fee", "Reversal", "Return", "Refund", "Payout", "Other")


@dataclass(frozen=True)
class Source:
    """One file as it was found.

    Args:
        name: of the file, for messages.
        content: its bytes.
        path: where it is; only readers of workbooks open it again.
    """

    name: str
    content: bytes = field(repr=False)
    path: Path = Path()


@dataclass(frozen=True)
class Remembered:
    """How a table of some bank was read before, by the headings it had (table BankFormats).

    Args:
        name: of the format, as the user calls it.
        headings: the signature of the headings.
        columns: `Date=Buchungstag; Amount=Betrag`.
        dates, decimal: as the options of an import.
        currency, account: where the file names none.
    """

    name: str
    headings: str
    columns: str = ""
    dates: str = ""
    decimal: str = ""
    currency: str = ""
    account: str = ""


@dataclass(frozen=True)
class BankOptions:
    """What was asked, and what the workbook knows that a reader may need.

    Args:
        map: their heading by ours, for tables.
        dates: ymd, mdy or dmy, where the file leaves it open.
        currency, account: where the file names none.
        decimal: "point" or "comma", where the file leaves it open.
        sheet: the sheet of a workbook, where several look alike.
        currencies: of the accounts that the workbook has, by account.
        remembered: how tables were read before.
    """

    map: dict[str, str] = field(default_factory=dict)
    dates: str = ""
    currency: str = ""
    account: str = ""
    decimal: str = ""
    sheet: str = ""
    currencies: dict[str, str] = field(default_factory=dict)
    remembered: tuple[Remembered, ...] = ()


@dataclass
class Rows:
    """Bank lines column by column; all lists have one length.

    Args:
        date: booking date, `2026-10-31`; "" where it cannot be read (then `bad` says so).
        amount: signed plain decimal text, `-1234.50`; money that comes to us is positive. What
            the payer paid: gross of `fee`.
        fee: what was kept back of this payment, `2.00`, never negative; "" is none. The account
            moved by amount - fee.
        currency: ISO 4217; "" is that of the statement.
        kind: one of `KINDS`.
        bank_id: the bank's own number of the line (FITID, AcctSvcrRef); "" is none.
        payer, payer_account: the other side, as the bank writes it.
        reference: structured or end-to-end reference; of several, the one an invoice may carry.
        text: everything else that the bank tells, joined by blanks.
        place: where it stands, for messages: `line 12`, `entry 3`.
        bad: why the row cannot be taken, in words; "" is a good row.
    """

    date: list[str] = field(default_factory=list)
    amount: list[str] = field(default_factory=list)
    fee: list[str] = field(default_factory=list)
    currency: list[str] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    bank_id: list[str] = field(default_factory=list)
    payer: list[str] = field(default_factory=list)
    payer_account: list[str] = field(default_factory=list)
    reference: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.date)

    def add(
        self,
        date: str,
        amount: str,
        *,
        fee: str = "",
        currency: str = "",
        kind: str = "Payment",
        bank_id: str = "",
        payer: str = "",
        payer_account: str = "",
        reference: str = "",
        text: str = "",
        place: str = "",
        bad: str = "",
    ) -> None:
        """Add one line; the arguments are those of the class."""
        self.date.append(date)
        self.amount.append(amount)
        self.fee.append(fee)
        self.currency.append(currency)
        self.kind.append(kind)
        self.bank_id.append(bank_id)
        self.payer.append(payer)
        self.payer_account.append(payer_account)
        self.reference.append(reference)
        self.text.append(text)
        self.place.append(place)
        self.bad.append(bad)


@dataclass(frozen=True)
class Control:
    """A figure that the file states about itself, and what was found.

    Args:
        what: in words: `number of records in group 1`.
        stated, found: as texts of the same form; where they differ the statement is unproved.
    """

    what: str
    stated: str
    found: str


@dataclass(frozen=True)
class Statement:
    """One statement of one account in one currency.

    Args:
        account: as the file writes it, an IBAN without blanks; "" where it names none.
        currency: ISO 4217; "" where it names none.
        number: the bank's number of the statement; "" is none.
        first, last: ISO dates of the period; "" where the file tells none.
        opening, closing: plain decimal text, negative when overdrawn; "" where not stated. An
            opening that was derived from the closing is left "".
        final: False for intraday reports, notifications and pending lines: not booked.
        rows: the lines.
        controls: counts and totals that the file states.
        opening_date: ISO date of the opening balance, where told.
    """

    account: str
    currency: str
    number: str = ""
    first: str = ""
    last: str = ""
    opening: str = ""
    closing: str = ""
    final: bool = True
    rows: Rows = field(default_factory=Rows, repr=False)
    controls: tuple[Control, ...] = ()
    opening_date: str = ""


@dataclass(frozen=True)
class Return:
    """A payment that came back, or word that a payer's bank details changed (NACHA).

    Args:
        code: `R01`, `C01`.
        reason: the code in words.
        date: ISO date it takes effect.
        amount: plain decimal text, positive; "0" for a notification of change.
        currency: ISO 4217.
        payer: name in the file.
        payer_id: the individual's identification in the file.
        trace: trace number of the entry that came back.
        note: what a human has to do, in words; corrected account numbers masked.
        account: of the payer, masked to its last four digits.
        sent: it was money that we had sent (a credit): it came back to us.
        moves_money: False for a notification, a test entry and a dispute between banks.
        place: where it stands, for messages.
        bad: why it cannot be taken; "" is good.
    """

    code: str
    reason: str
    date: str
    amount: str
    currency: str = "USD"
    payer: str = ""
    payer_id: str = ""
    trace: str = ""
    note: str = ""
    account: str = ""
    sent: bool = False
    moves_money: bool = True
    place: str = ""
    bad: str = ""


@dataclass(frozen=True)
class BankFile:
    """A bank file as it was read.

    Args:
        format: `CAMT.053`, `MT940`, `OFX`, ...
        statements: in the order of the file; none is a file that has nothing to import.
        findings: what to say about rows and the whole file.
        said: lines for the person who imports: columns used, sections left out.
        returns: payments that came back, notifications of change.
        remember: how to read a table of these headings next time.
        controls: of the whole file; where one differs no statement of it is proved.
    """

    format: str
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()
    said: tuple[str, ...] = ()
    returns: tuple[Return, ...] = ()
    remember: Remembered | None = None
    controls: tuple[Control, ...] = ()
