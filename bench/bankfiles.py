"""Bank files of any length, in five formats, with the same payments: what a year of a bank is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

ACCOUNT = "DE89370400440532013000"
DAYS = 250
OPENING = 1_000_000_00  # cents
NAMES = ("Miller & Sons Ltd", "Northwind Traders", "Contoso GmbH", "Blue Yonder Airlines",
         "Fabrikam Inc", "Tailspin Toys", "Wide World Importers", "Adventure Works")  # fmt: skip
SUFFIXES = {"mt940": "sta", "camt": "xml", "bai2": "bai", "ofx": "ofx", "csv": "csv"}


@dataclass(frozen=True)
class Paid:
    """One payment.

    Args:
        number: counted from 1.
        day: booking date.
        cents: what the account moved by; negative is money that left.
        payer, text: what the bank tells.
    """

    number: int
    day: date
    cents: int
    payer: str
    text: str


def payments(count: int, seed: int) -> list[Paid]:
    """As many payments as asked for, in the order of their days; nine of ten come in."""
    chance = np.random.default_rng(seed)
    cents = chance.integers(100, 5_000_000, count)
    cents = np.where(chance.random(count) < 0.1, -cents, cents).tolist()
    payer = chance.integers(0, len(NAMES), count).tolist()
    invoice = chance.integers(1, 10 * count, count).tolist()
    start = date(2026, 1, 1)
    return [
        Paid(
            i + 1, start + timedelta(days=i * DAYS // count), cents[i],
            f"{NAMES[payer[i]]} {payer[i] * 7919 + i % 900}",
            f"Invoice INV-{invoice[i]:07d} less discount, customer {i % 900:05d}",
        )
        for i in range(count)
    ]  # fmt: skip


def by_day(paid: list[Paid]) -> Iterator[tuple[date, int, list[Paid], int]]:
    """Day, opening balance, payments and closing balance."""
    balance, at = OPENING, 0
    while at < len(paid):
        end = at
        while end < len(paid) and paid[end].day == paid[at].day:
            end += 1
        group = paid[at:end]
        closing = balance + sum(each.cents for each in group)
        yield group[0].day, balance, group, closing
        balance, at = closing, end


def _money(cents: int, mark: str = ".") -> str:
    return f"{abs(cents) // 100}{mark}{abs(cents) % 100:02d}"


def _side(cents: int) -> str:
    return "D" if cents < 0 else "C"


def _mt940(paid: list[Paid]) -> Iterator[str]:
    for number, (day, opening, group, closing) in enumerate(by_day(paid), 1):
        stamp = day.strftime("%y%m%d")
        yield f":20:STARTUMS\n:25:{ACCOUNT}\n:28C:{number:05d}/001\n"
        yield f":60F:{_side(opening)}{stamp}EUR{_money(opening, ',')}\n"
        for each in group:
            yield (
                f":61:{stamp}{stamp[2:]}{_side(each.cents)}{_money(each.cents, ',')}NTRFNONREF"
                f"//{each.number:016d}\n"
                f":86:166?00GUTSCHRIFT?109310?20EREF+E{each.number}?21SVWZ+{each.text[:24]}"
                f"?22{each.text[24:]}?30COBADEFF?31DE02120300000000202051?32{each.payer}\n"
            )
        yield f":62F:{_side(closing)}{stamp}EUR{_money(closing, ',')}\n-\n"


def _camt(paid: list[Paid]) -> Iterator[str]:
    space = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{space}"><BkToCstmrStmt>\n'
    yield "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-12-31T20:00:00</CreDtTm></GrpHdr>\n"
    for number, (day, opening, group, closing) in enumerate(by_day(paid), 1):
        yield f"<Stmt><Id>S{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb>"
        yield f"<CreDtTm>{day}T20:00:00</CreDtTm><Acct><Id><IBAN>{ACCOUNT}</IBAN></Id>"
        yield "<Ccy>EUR</Ccy></Acct>\n"
        for kind, balance in (("OPBD", opening), ("CLBD", closing)):
            yield (
                f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">'
                f"{_money(balance)}</Amt><CdtDbtInd>{_word(balance)}</CdtDbtInd>"
                f"<Dt><Dt>{day}</Dt></Dt></Bal>\n"
            )
        for each in group:
            yield _camt_entry(each)
        yield "</Stmt>\n"
    yield "</BkToCstmrStmt></Document>\n"


def _word(cents: int) -> str:
    return "DBIT" if cents < 0 else "CRDT"


def _camt_entry(each: Paid) -> str:
    other = "Dbtr" if each.cents > 0 else "Cdtr"
    name = each.payer.replace("&", "&amp;")
    return (
        f'<Ntry><Amt Ccy="EUR">{_money(each.cents)}</Amt>'
        f"<CdtDbtInd>{_word(each.cents)}</CdtDbtInd><Sts>BOOK</Sts>"
        f"<BookgDt><Dt>{each.day}</Dt></BookgDt><ValDt><Dt>{each.day}</Dt></ValDt>"
        f"<AcctSvcrRef>{each.number:016d}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly>"
        "<Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs>"
        f"<EndToEndId>E{each.number}</EndToEndId></Refs><RltdPties><{other}><Nm>{name}</Nm>"
        f"</{other}><{other}Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></{other}Acct>"
        f"</RltdPties><RmtInf><Ustrd>{each.text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
    )


def _bai2(paid: list[Paid]) -> Iterator[str]:
    yield "01,BANK,CUSTOMER,261231,2000,1,80,,2/\n"
    groups, total, records = 0, 0, 2
    for day, opening, group, closing in by_day(paid):
        control = opening + closing + sum(abs(each.cents) for each in group)
        yield f"02,CUSTOMER,BANK,1,{day:%y%m%d},2000,EUR,2/\n"
        yield f"03,{ACCOUNT},EUR,010,{opening},,,015,{closing},,/\n"
        for each in group:
            code = 475 if each.cents < 0 else 195
            yield (
                f"16,{code},{abs(each.cents)},Z,{each.number:016d},E{each.number},"
                f"{each.payer} {each.text.replace(',', ' ')}\n"
            )
        yield f"49,{control},{len(group) + 2}/\n98,{control},1,{len(group) + 4}/\n"
        groups, total, records = groups + 1, total + control, records + len(group) + 4
    yield f"99,{total},{groups},{records}/\n"


def _ofx(paid: list[Paid]) -> Iterator[str]:
    yield "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\n"
    yield "CHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX>\n"
    yield "<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261231"
    yield "<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>\n<BANKMSGSRSV1><STMTTRNRS><TRNUID>1"
    yield "<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>37040044"
    yield f"<ACCTID>{ACCOUNT}<ACCTTYPE>CHECKING</BANKACCTFROM>\n<BANKTRANLIST>"
    yield f"<DTSTART>{paid[0].day:%Y%m%d}<DTEND>{paid[-1].day:%Y%m%d}\n"
    for each in paid:
        kind, sign = ("DEBIT", "-") if each.cents < 0 else ("CREDIT", "")
        yield (
            f"<STMTTRN>\n<TRNTYPE>{kind}\n<DTPOSTED>{each.day:%Y%m%d}120000\n"
            f"<TRNAMT>{sign}{_money(each.cents)}\n<FITID>{each.number:016d}\n"
            f"<NAME>{each.payer.replace('&', '&amp;')}\n<MEMO>{each.text}\n</STMTTRN>\n"
        )
    closing = OPENING + sum(each.cents for each in paid)
    yield f"</BANKTRANLIST>\n<LEDGERBAL><BALAMT>{_money(closing)}<DTASOF>{paid[-1].day:%Y%m%d}"
    yield "</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"


def _csv(paid: list[Paid]) -> Iterator[str]:
    yield "Booking Date,Payer,Payer Account,Description,Reference,Amount,Currency,Balance\n"
    balance = OPENING
    for each in paid:
        balance += each.cents
        sign = "-" if each.cents < 0 else ""
        yield (
            f'{each.day},"{each.payer}",DE02120300000000202051,"{each.text}",E{each.number},'
            f"{sign}{_money(each.cents)},EUR,{_money(balance)}\n"
        )


_WRITERS = {"mt940": _mt940, "camt": _camt, "bai2": _bai2, "ofx": _ofx, "csv": _csv}


def write_bank_file(folder: Path, form: str, count: int, seed: int) -> Path:
    """Write payments as a bank file of a format; the file where it is there already."""
    path = folder / f"bank-{count}-{seed}.{SUFFIXES[form]}"
    if not path.exists():
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(_WRITERS[form](payments(count, seed)))
    return path
