"""ACH files in a few words: entries and addenda in their 94 columns, controls as they should be."""

from __future__ import annotations

HEAD = "101 091400606 6910001342601060600A094101FIRST BANK             ACME INC"


def entry(
    code: str, cents: int, name: str, who: str = "", trace: int = 1, account: str = "12345"
) -> str:
    """Record 6. Transaction code 27 is a debit, 22 a credit, 26 and 21 are returned ones."""
    return f"6{code}091400606{account:17}{cents:010}{who:15}{name:22}  1{trace:015}"


def returned(reason: str, trace: int, data: str = "") -> str:
    """Addendum 99 (R codes) or 98 (C codes) for an entry of ours."""
    if reason.startswith("C"):
        return f"798{reason}{trace:015}      09140060{data:29}"
    return f"799{reason}{trace:015}      09140060"


def remittance(text: str, sequence: int) -> str:
    """Addendum 05."""
    return f"705{text:80}{sequence:04}0000001"


def ach(*records: str, kind: str = "PPD", settled: str = "005", head: str = HEAD) -> str:
    """A file of one batch, with true controls."""
    header = f"5200{'ACME INC':36}{'1234567890':10}{kind}{'INVOICES':10}      260105{settled}"
    header += "1091400600000001"
    entries = [line for line in records if line[0] == "6"]
    sums = {True: 0, False: 0}
    for line in entries:
        sums[line[2] in "01234"] += int(line[29:39])
    routing = 9140060 * len(entries)
    counts = f"{len(records):06}{routing:010}{sums[False]:012}{sums[True]:012}"
    control = f"8200{counts}1234567890{'':25}091400600000001"
    whole = f"9{1:06}{1:06}{len(records):08}{routing:010}{sums[False]:012}{sums[True]:012}"
    lines = (head, header, *records, control, whole)
    return "\n".join(line.rstrip() for line in lines if line) + "\n"
