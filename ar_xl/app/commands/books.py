"""Commands that do not work on one existing workbook: new, demo.

What reads files, draws the template or gives the tour is loaded by the command that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ar_xl.app import life
from ar_xl.app.answer import Answer
from ar_xl.book import host
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.money import is_currency

FILE_EXISTS = code(
    "file_exists",
    Severity.ERROR,
    "a name that is not taken yet",
    "Choose another name, or move the old file away first; nothing is overwritten.",
    Exit.WRONG_CALL,
)
NO_SUCH_CURRENCY = code(
    "currency_unknown_to_iso",
    Severity.ERROR,
    "a currency code of three letters such as USD",
    "Give the code of ISO 4217.",
    Exit.WRONG_CALL,
)
COMPANY_NAME = code(
    "company_name_not_taken",
    Severity.ERROR,
    "a name of up to 100 characters that does not begin with = or #",
    "Give a plainer name; it can be changed on the Settings sheet later.",
    Exit.WRONG_CALL,
)
WRONG_SUFFIX = code(
    "not_a_workbook_name",
    Severity.ERROR,
    "a file name that ends in .xlsx",
    "Add .xlsx to the name.",
    Exit.WRONG_CALL,
)
LONGEST_COMPANY = 100
Say = Callable[[str], None]


def insist_on_names(given: Mapping[str, Any]) -> tuple[str, str]:
    """Return the base currency and the company's name that were given for a new workbook.

    Raises:
        Refusal: there is no such currency, or the name cannot be used.
    """
    currency = str(given["currency"] or "USD").upper()
    if not is_currency(currency):
        raise Refusal(NO_SUCH_CURRENCY, f"{currency} is not a currency.")
    company = str(given["company"] or "")
    if (
        len(company) > LONGEST_COMPANY
        or company.startswith(("=", "#"))
        or (company and not company.isprintable())
    ):
        raise Refusal(COMPANY_NAME, "The company's name cannot be used as it is.")
    return currency, company


def new_command(options: life.Options, given: Mapping[str, Any], _: Say, __: Say) -> Answer:
    """Make a blank workbook from the template; nothing is overwritten."""
    path = Path(given["book"])
    try:
        if path.suffix.lower() != ".xlsx":
            raise Refusal(WRONG_SUFFIX, f"{path.name} does not end in .xlsx.")
        if path.exists():
            raise Refusal(FILE_EXISTS, f"{path} is there already.")
        currency, company = insist_on_names(given)
        from ar_xl.book.template import build_template

        build_template(path, company=company, currency=currency)
    except Refusal as refusal:
        return life.refused("new", options.as_of, refusal)
    except host.FileProblem as problem:
        return life.unusable("new", options.as_of, problem)
    except OSError as failure:
        return life.unusable("new", options.as_of, host.disk_problem(failure))
    said = (f"Made {path}, base currency {currency}. Its Home sheet says how to work.",)
    return Answer("new", options.as_of, said=said)


def demo_command(
    options: life.Options, given: Mapping[str, Any], progress: Say, say: Say
) -> Answer:
    """The tour, each step with its figures."""
    from ar_xl.app.demo import demo

    return demo(Path(given["out"] or "ar-xl-demo"), options.user, progress, say)
