"""A ledger of posted rows out of a few lines, as a bookkeeper would write them down.

One row a line, `key=value` words after the first ones; a posted row belongs to a batch of its
own unless it names one. Amounts are in major units, USD unless `cur=` says otherwise.

    invoice A1 Acme 2013-01-05 100.00 due=2013-02-04
    receipt R1 Acme 2013-02-10 40.00
    apply R1 A1 40.00 2013-02-10 discount=1.00
    draft invoice A2 Acme 2013-02-11 50.00
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np

from ar_xl.core.arrays import BLANK, NAT, text_array
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import from_decimal
from ar_xl.core.policy import Policy
from ar_xl.core.schema import Kind
from ar_xl.core.settings import default_settings
from ar_xl.core.tables import BY_NAME

Row = dict[str, Any]
DOCUMENTS = {
    "invoice": "Invoice", "debit-memo": "Debit Memo", "credit-memo": "Credit Memo",
    "late-fee": "Late Fee", "refund": "Refund",
}  # fmt: skip


def money(text: str, currency: str = "USD") -> int:
    """Minor units of an amount in major units."""
    minor = from_decimal(Decimal(text), currency)
    assert minor is not None, text
    return minor


@dataclass
class _Book:
    rows: dict[tuple[str, bool], list[Row]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    currencies: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def add(self, table: str, draft: bool, row: Row) -> None:
        self.rows.setdefault((table, draft), []).append(row)


def book(text: str, policy: Policy | None = None, /, **settings: str) -> Ledger:
    """Read lines into a ledger; settings by attribute name as in `default_settings`."""
    made = _Book()
    for line in filter(None, (raw.split("#")[0].strip() for raw in text.splitlines())):
        words = [word.replace("~", " ") for word in line.split() if "=" not in word]
        named = dict(word.replace("~", " ").split("=", 1) for word in line.split() if "=" in word)
        draft = words[0] == "draft"
        words = words[1:] if draft else words
        made.count += 1
        reader = _document if words[0] in DOCUMENTS else _READERS[words[0]]
        reader(made, draft, words, named)
        assert not named, f"{line}: nobody reads {named}"
    frames = {key: _frame(key[0], rows) for key, rows in made.rows.items()}
    return Ledger(
        tables={table: frame for (table, draft), frame in frames.items() if not draft},
        drafts={table: frame for (table, draft), frame in frames.items() if draft},
        policy=policy or Policy(settings=default_settings(**settings)),
    )


def _frame(name: str, rows: list[Row]) -> Frame:
    table = BY_NAME[name]
    columns = {}
    for key in {key for row in rows for key in row}:
        values = [row.get(key) for row in rows]
        kind = table.by_key[key].kind
        if kind is Kind.TEXT:
            columns[key] = text_array(value or "" for value in values)
        elif kind is Kind.DATE:
            columns[key] = np.array([value or NAT for value in values], dtype="datetime64[D]")
        else:
            columns[key] = np.array([BLANK if v is None else v for v in values], dtype=np.int64)
    frame = Frame.build(table, len(rows), **columns)
    return Frame(table, frame.columns, np.arange(2, len(rows) + 2))


def _posting(made: _Book, draft: bool, named: dict[str, str], own: str) -> Row:
    if draft:
        return {}
    return {
        "posting_date": named.pop("posted", own),
        "batch": named.pop("batch", f"B-{made.count:06d}"),
        "reverses": named.pop("reverses", ""),
    }


def _document(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    kind, number, customer, dated, amount = words
    currency = named.pop("cur", "USD")
    made.currencies[number] = currency
    if kind == "credit-memo":
        made.sources[number] = "Credit Memo"
    row = {
        "invoice_no": number, "type": DOCUMENTS[kind], "customer_id": customer,
        "invoice_date": dated, "currency": currency,
        "due_date": named.pop("due", None if draft else dated),
        "amount": money(amount, currency), "tax": money(named.pop("tax", "0"), currency),
        "applies_to": named.pop("for", ""), "terms": named.pop("terms", ""),
        "gl_account": named.pop("account", ""), "rate": 10**10,
    }  # fmt: skip
    made.add("Invoices", draft, row | _posting(made, draft, named, dated))


def _instalment(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    _, number, line, due, amount = words
    owner = next(row for row in made.rows["Invoices", False] if row["invoice_no"] == number)
    kept = {key: owner[key] for key in ("posting_date", "batch")}
    row = {
        "invoice_no": number, "line": int(line), "due_date": due,
        "amount": money(amount, made.currencies[number]),
    }  # fmt: skip
    made.add("Instalments", False, row | kept)


def _receipt(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    _, number, customer, dated, amount = words
    currency = named.pop("cur", "USD")
    made.sources[number], made.currencies[number] = "Receipt", currency
    row = {
        "receipt_no": number, "customer_id": customer, "receipt_date": dated, "method": "Check",
        "currency": currency, "amount": money(amount, currency), "rate": 10**10,
        "remittance": named.pop("for", ""),
    }  # fmt: skip
    made.add("Receipts", draft, row | _posting(made, draft, named, dated))


def _adjustment(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    _, number, kind, document, dated, amount = words
    made.sources[number] = "Adjustment"
    row = {
        "adjustment_no": number, "kind": kind, "document_no": document, "date": dated,
        "customer_id": named.pop("customer", ""), "amount": money(amount), "reason": "agreed",
    }  # fmt: skip
    made.add("Adjustments", draft, row | _posting(made, draft, named, dated))


def _apply(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    _, source, target, amount, dated = words
    number, _, line = target.partition("/")
    currency = made.currencies[number]
    paid = made.currencies.get(source, currency)
    row = {
        "application_no": f"AP-{made.count}", "date": dated, "rule": "1 reference",
        "source_type": made.sources[source], "source_no": source, "invoice_no": number,
        "line": int(line or 1), "amount": money(amount, currency),
        "discount": money(named.pop("discount", "0"), currency), "discount_tax": 0,
        "difference": money(named.pop("difference", "0"), currency),
        "source_amount": money(named.pop("source", amount), paid),
    }  # fmt: skip
    made.add("Applications", False, row | _posting(made, False, named, dated))


def _fee(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    _, fee_invoice, number, policy, start, end, charged = words
    row = {
        "fee_invoice_no": fee_invoice, "invoice_no": number, "fee_policy": policy,
        "period": end[:7], "from_date": start, "to_date": end,
        "base": money(named.pop("base", "0")), "days": 0,
        "computed": money(charged), "charged": money(charged),
    }  # fmt: skip
    made.add("Fees", False, row | _posting(made, False, named, end))


def _dispute(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    number, _, line = words[1].partition("/")
    row = {
        "invoice_no": number, "line": int(line) if line else BLANK, "opened": words[2],
        "amount": money(words[3]) if len(words) > 3 else BLANK,
        "closed": named.pop("closed", None), "reason": "damaged",
    }  # fmt: skip
    made.add("Disputes", False, row)


def _customer(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    row: Row = {"customer_id": words[1], "name": f"{words[1]} Ltd", "status": "Active"}
    for key in list(named):
        value: Any = named.pop(key)
        row[key] = money(value) if key in ("credit_limit", "overdue_limit") else value
    made.add("Customers", False, row)


def _promise(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    row = {
        "date": words[2], "customer_id": words[1], "kind": "Promise", "promise_date": words[3],
        "promise_amount": money(words[4]) if len(words) > 4 else BLANK,
        "invoice_no": named.pop("for", ""),
    }  # fmt: skip
    made.add("Activities", False, row)


def _step(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    row = {
        "date": words[2], "customer_id": words[1], "kind": named.pop("kind", "Letter"),
        "step": words[3], "invoice_no": named.pop("for", ""),
        "paper": named.pop("paper", ""), "done_on": named.pop("sent", None),
    }  # fmt: skip
    made.add("Activities", False, row)


def _note(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    row = {
        "date": words[2], "customer_id": words[1], "kind": "Call",
        "next_action": named.pop("next", ""), "next_date": named.pop("on", None),
        "invoice_no": named.pop("for", ""), "by": named.pop("by", ""),
        "paper": named.pop("paper", ""), "done_on": named.pop("sent", None),
    }  # fmt: skip
    made.add("Activities", False, row)


def _plan(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    _, number, line, customer, documents, due, amount = words
    agreed = named.pop("agreed", due)
    row = {
        "plan_no": number, "line": int(line), "customer_id": customer, "documents": documents,
        "currency": "USD", "due_date": due, "amount": money(amount), "interest": 0,
        "agreed": agreed,
    }  # fmt: skip
    made.add("Plans", draft, row | _posting(made, draft, named, agreed))


def _entry(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    _, account, dated, side, amount = words
    currency = named.pop("cur", "USD")
    row = {
        "account": account, "date": dated, "currency": currency,
        "debit": money(amount, currency) if side == "debit" else 0,
        "credit": money(amount, currency) if side == "credit" else 0,
        "document_no": named.pop("for", ""), "base_debit": 0, "base_credit": 0,
    }  # fmt: skip
    made.add("Journal", False, row | _posting(made, False, named, dated))


def _period(made: _Book, draft: bool, words: list[str], named: dict[str, str]) -> None:
    row = {
        "period": words[1], "closed_at": named.pop("closed", ""),
        "gl_balance": named.pop("gl", ""),
    }  # fmt: skip
    made.add("Periods", False, row)


Reader = Callable[[_Book, bool, list[str], dict[str, str]], None]
_READERS: Mapping[str, Reader] = {
    "instalment": _instalment, "receipt": _receipt, "adjustment": _adjustment, "apply": _apply,
    "fee": _fee, "dispute": _dispute, "customer": _customer, "promise": _promise,
    "step": _step, "note": _note, "plan": _plan, "entry": _entry, "period": _period,
}  # fmt: skip
