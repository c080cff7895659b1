"""CAMT: balances by their code, batches split, reversals and returns, references, charges."""

from __future__ import annotations

from types import ModuleType

import pytest

from ar_xl.imports.bank import camt_forms, xmlstream
from ar_xl.imports.bank.parts import Statement
from tests.imports.bank.reader_text import codes, lines, one, read, real, refused

BALANCES = "<OPBD>100.00</OPBD><CLBD>{}</CLBD>"


def message(body: str, kind: str = "053", version: int = 2, head: str = "") -> str:
    """A CAMT message with one account; balances are written `<CLBD>1.00</CLBD>` for short."""
    name, holder = {
        "052": ("BkToCstmrAcctRpt", "Rpt"),
        "053": ("BkToCstmrStmt", "Stmt"),
        "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
    }[kind]
    for code in ("OPBD", "PRCD", "CLBD", "ITBD", "CLAV"):
        start = f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>"
        end = "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-10-30</Dt></Dt></Bal>"
        body = body.replace(f"<{code}>", start).replace(f"</{code}>", end)
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>{head}"
        f"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version:02d}'>"
        f"<{name}><GrpHdr><MsgId>1</MsgId></GrpHdr><{holder}><Id>7</Id>"
        "<CreDtTm>2026-10-31T18:00:00</CreDtTm>"
        f"<Acct><Id><IBAN>DE12 3456</IBAN></Id><Ccy>EUR</Ccy></Acct>{body}</{holder}></{name}>"
        "</Document>"
    )


def entry(amount: str, side: str = "CRDT", more: str = "", details: str = "") -> str:
    """An entry of 2026-10-30, booked under the number B1."""
    return (
        f"<Ntry><Amt Ccy='EUR'>{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts>BOOK</Sts>"
        "<BookgDt><Dt>2026-10-30</Dt></BookgDt><ValDt><Dt>2026-11-01</Dt></ValDt>"
        f"<AcctSvcrRef>B1</AcctSvcrRef>{more}<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def payment(amount: str, name: str = "ACME", text: str = "INV-1", more: str = "") -> str:
    """A transaction of version 2."""
    return (
        f"<TxDtls><AmtDtls><TxAmt><Amt Ccy='EUR'>{amount}</Amt></TxAmt></AmtDtls>{more}"
        f"<RltdPties><Dbtr><Nm>{name}</Nm></Dbtr><DbtrAcct><Id><IBAN>FR1</IBAN></Id></DbtrAcct>"
        f"</RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls>"
    )


def statement(body: str, kind: str = "053") -> Statement:
    return one(read(message(body, kind)))


def test_a_batch_becomes_a_line_for_each_payment_that_proves_the_balance() -> None:
    """Oracle BANK-07."""
    parts = "".join(
        f"<TxDtls><Amt Ccy='EUR'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Strd>"
        f"<CdtrRefInf><Ref>{ref}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"
        for amount, ref in (("2187.00", "302388292000011111111111111"),
                            ("1296.00", "302388292000022222222222222"))
    )  # fmt: skip
    found = statement(
        f"<OPBD>75960.15</OPBD><CLBD>79443.15</CLBD>{entry('3483.00', details=parts)}"
    )
    assert (found.opening, found.closing) == ("75960.15", "79443.15")
    assert lines(found.rows, "amount", "reference", "bank_id") == [
        "2187.00 | 302388292000011111111111111 | B1 #2187",
        "1296.00 | 302388292000022222222222222 | B1 #1296",
    ]


def test_payments_that_do_not_add_up_to_their_entry_stay_one_line_and_that_is_said() -> None:
    file = read(message(entry("30.00", details=payment("10.00") + payment("10.00", "BETA"))))
    assert lines(one(file).rows, "amount", "payer", "bank_id") == ["30.00 |  | B1"]
    assert codes(file) == ["bank_batch_not_split"]
    assert "EUR 30.00 of 2 payments" in file.findings[0].seen


def test_a_batch_of_which_not_all_payments_are_told_has_no_payer() -> None:
    batch = "<Btch><NbOfTxs>20</NbOfTxs></Btch>" + payment("30.00")
    file = read(message(entry("30.00", details=batch)))
    assert lines(one(file).rows, "amount", "payer", "text") == ["30.00 |  | INV-1"]
    assert "of which the file tells 1" in file.findings[0].seen


def test_equal_payments_of_a_batch_have_numbers_of_their_own() -> None:
    found = statement(entry("20.00", details=payment("10.00") + payment("10.00")))
    assert lines(found.rows, "bank_id") == ["B1 #10", "B1 #10/2"]


@pytest.mark.parametrize("side", ["CRDT", "DBIT"])
@pytest.mark.parametrize("sign", [1, -1])
def test_balances_tell_which_way_a_reversal_went(side: str, sign: int) -> None:
    """Some banks repeat the side of what is reversed, some give the side of the reversal."""
    body = f"<OPBD>100.00</OPBD><CLBD>{100 + 5 * sign}.00</CLBD>"
    file = read(message(body + entry("5.00", side, "<RvslInd>true</RvslInd>")))
    assert lines(one(file).rows, "amount", "kind") == [f"{5 * sign}.00 | Reversal"]
    assert codes(file) == []


def test_a_reversal_that_no_balance_decides_is_turned_and_said() -> None:
    file = read(message(entry("5.00", "DBIT", "<RvslInd>true</RvslInd>")))
    assert lines(one(file).rows, "amount", "kind") == ["5.00 | Reversal"]
    assert codes(file) == ["bank_reversal_sign_open"]


def test_a_returned_payment_says_why_and_takes_the_money_back() -> None:
    back = "<RtrInf><Rsn><Cd>MD06</Cd></Rsn><AddtlInf>refused</AddtlInf></RtrInf>"
    body = entry("5.00", "DBIT", "<RvslInd>true</RvslInd>", payment("5.00", more=back))
    file = read(message(body, "054"))
    assert lines(one(file).rows, "amount", "kind", "text", "bank_id") == [
        "-5.00 | Return | INV-1 Return MD06 refused | B1 return"
    ]
    assert codes(file) == []


def test_interim_and_available_balances_prove_nothing() -> None:
    found = statement("<PRCD>100.00</PRCD><ITBD>1.00</ITBD><CLAV>2.00</CLAV>")
    assert (found.opening, found.closing) == ("100.00", "")


def test_pages_of_one_statement_are_put_together() -> None:
    pages = [
        f"<StmtPgntn><PgNb>{page}</PgNb><LastPgInd>{last}</LastPgInd></StmtPgntn>{body}"
        for page, last, body in (
            (1, "false", "<OPBD>100.00</OPBD><ITBD>110.00</ITBD>" + entry("10.00")),
            (2, "true", "<ITBD>110.00</ITBD><CLBD>115.00</CLBD>" + entry("5.00")),
        )
    ]
    first, second = (message(page) for page in pages)
    found = one(read(first + second))
    assert (found.opening, found.closing) == ("100.00", "115.00")
    assert lines(found.rows, "amount") == ["10.00", "5.00"]


def test_lines_not_booked_yet_are_a_statement_of_their_own_that_is_not_final() -> None:
    pending = entry("7.00").replace("BOOK", "<Cd>PDNG</Cd>")
    booked, open_ = read(message(entry("5.00") + pending)).statements
    assert (booked.final, lines(booked.rows, "amount")) == (True, ["5.00"])
    assert (open_.final, lines(open_.rows, "amount")) == (False, ["7.00"])


def test_an_intraday_report_is_not_final_and_a_notification_has_no_balance() -> None:
    assert not statement(entry("5.00"), "052").final
    notified = statement(entry("5.00"), "054")
    assert (notified.final, notified.opening, notified.closing) == (True, "", "")


@pytest.mark.parametrize(
    ("charges", "line"),
    [
        ("<Rcrd><Amt Ccy='EUR'>2.00</Amt><ChrgInclInd>true</ChrgInclInd></Rcrd>", "100.00 | 2.00"),
        ("<Rcrd><Amt Ccy='EUR'>2.00</Amt><ChrgInclInd>false</ChrgInclInd></Rcrd>", "98.00 | "),
        ("<Amt Ccy='EUR'>2.00</Amt>", "100.00 | 2.00"),
        ("<Amt Ccy='EUR'>3.00</Amt>", "98.00 | "),
        ("<Amt Ccy='USD'>2.00</Amt>", "98.00 | "),
    ],
)
def test_a_fee_is_what_the_bank_kept_back_inside_the_entry(charges: str, line: str) -> None:
    details = payment("100.00", more=f"<Chrgs>{charges}</Chrgs>")
    assert lines(statement(entry("98.00", details=details)).rows, "amount", "fee") == [line]


def test_the_amount_is_that_of_the_entry_whatever_stands_before_and_below_it() -> None:
    found = one(read(real("genkgo__camt052.v6.Amt-zero.xml")))
    assert (found.currency, lines(found.rows, "amount"), found.final) == ("SEK", ["-200000"], False)


def test_a_reference_that_the_bank_calls_missing_is_none() -> None:
    refs = "<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>"
    assert lines(statement(entry("1", details=payment("1", more=refs))).rows, "reference") == [""]


def test_names_and_status_are_found_where_version_8_moved_them() -> None:
    details = (
        "<TxDtls><Refs><UETR>u-1</UETR></Refs><RltdPties><Dbtr><Pty><Nm>ACME</Nm></Pty></Dbtr>"
        "</RltdPties><RmtInf><Strd><RfrdDocInf><Nb>INV-7</Nb></RfrdDocInf><RfrdDocAmt>"
        "<RmtdAmt Ccy='EUR'>5.00</RmtdAmt></RfrdDocAmt></Strd></RmtInf></TxDtls>"
    )
    text = entry("5.00", details=details).replace("<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>")
    found = one(read(message(text.replace("<AcctSvcrRef>B1</AcctSvcrRef>", ""), version=8)))
    assert lines(found.rows, "payer", "text", "bank_id") == ["ACME | INV-7 5.00 | u-1"]


def test_prefixes_and_other_code_pages_are_read() -> None:
    plain = message(entry("5.00", details=payment("5.00", name="Müller")))
    prefixed = plain.replace("<", "<n:").replace("<n:/", "</n:").replace("<n:?", "<?")
    prefixed = prefixed.replace("xmlns=", "xmlns:n=")
    declared = plain.replace("UTF-8", "ISO-8859-1").encode("latin-1")
    for content in (prefixed.encode(), declared, plain.encode("latin-1"), plain.encode("utf-16")):
        if content.startswith(b"\xff\xfe"):
            content = plain.replace("UTF-8", "UTF-16").encode("utf-16")
        assert lines(one(read(content)).rows, "payer") == ["Müller"]


def test_an_amount_that_is_none_is_a_bad_line_never_zero() -> None:
    found = statement(entry("1.234,56") + entry("5.00", "??"))
    assert found.rows.amount == ["", ""]
    assert found.rows.bad == [
        "the amount is `1.234,56`, which is none",
        "it tells neither credit nor debit (CdtDbtInd)",
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (message(entry("5.00"))[:-40], "bank_xml_broken"),
        (message(entry("5"), head="<!DOCTYPE a [<!ENTITY b 'c'>]>"), "bank_xml_hostile"),
        (message("").replace("<Stmt>", "<X>").replace("</Stmt>", "</X>"), "bank_no_statement"),
        (message(entry("5.00", more="<Ntry></Ntry>")), "bank_xml_broken"),
    ],
    ids=["cut off", "document type", "no statement", "entries in one another"],
)
def test_a_file_that_is_no_whole_message_is_refused(content: str, code: str) -> None:
    assert refused(content).code.name == code


def test_counts_and_sums_that_the_file_states_are_kept_as_controls() -> None:
    body = (
        "<TxsSummry><TtlCdtNtries><NbOfNtries>2</NbOfNtries><Sum>15.00</Sum></TtlCdtNtries>"
        "</TxsSummry>" + entry("5.00") + entry("9.00") + entry("1.00", "DBIT")
    )
    counted = [(c.stated, c.found) for c in statement(body).controls]
    assert counted == [("2", "2"), ("15", "14")]


@pytest.mark.parametrize(
    ("module", "limit", "body"),
    [
        (xmlstream, "MOST_TAGS", "<a>" * 2000 + "</a>" * 2000),
        (camt_forms, "MOST_TAGS", entry("5", more="<a>" * 2000 + "</a>" * 2000)),
        (camt_forms, "MOST_ENTRIES", entry("5") * 1002),
        (camt_forms, "MOST_ENTRIES", entry("5", details="<TxDtls></TxDtls>" * 1003)),
        (camt_forms, "MOST_REWRITTEN", "<!-- -->" + entry("5") * 100),
    ],
)
def test_a_file_that_would_fill_the_memory_is_refused(
    module: ModuleType, limit: str, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, limit, 1000)
    assert refused(message(body)).code.name == "bank_xml_hostile"


def test_an_entry_without_a_currency_has_that_of_its_account() -> None:
    found = statement(entry("5.00").replace(" Ccy='EUR'", ""))
    assert (found.currency, lines(found.rows, "amount", "currency")) == ("EUR", ["5.00 | "])


@pytest.mark.parametrize(
    ("plain", "odd"),
    [
        ("<Sts>", "<!-- <Ntry> </Ntry> --><Sts>"),
        ("ACME", "<![CDATA[ACME]]>"),
        ("<Sts>", "<?a </Ntry>?><Sts>"),
        ("<Amt Ccy='EUR'>", "<Amt Ccy='EUR' x='a>b'>"),
        ("<Ntry>", "<Ntry x='1'>"),
        ("</TxDtls>", "</TxDtls >"),
        ("ACME", "&#65;CME"),
    ],
)  # fmt: skip
def test_odd_tags_hide_nothing_and_add_nothing(plain: str, odd: str) -> None:
    text = message(entry("5.00", details=payment("5.00")) * 5)
    found = lines(one(read(text.replace(plain, odd))).rows, "amount", "payer", "text")
    assert found == ["5.00 | ACME | INV-1"] * 5


def test_entries_of_many_forms_are_each_read_by_their_own() -> None:
    """As many amounts as references tell how many elements stand before and behind them."""
    bodies = []
    for n in range(1, 60):
        text = f"A{n}</Ustrd>" + "<Ustrd>x</Ustrd>" * (n % 7) + f"<Ustrd>B{n}"
        more = "<NtryRef>1</NtryRef>" * (n % 3)
        bodies.append(entry(f"{n}.00", more=more, details=payment(f"{n}.00", text=text)))
    found = lines(statement("".join(bodies)).rows, "amount", "text")
    assert found == [f"{n}.00 | A{n} {'x ' if n % 7 else ''}B{n}" for n in range(1, 60)]
