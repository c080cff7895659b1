"""Every worksheet function, declared once: stubs, help, registration and docs come from here."""

from __future__ import annotations

from ar_xl.functions.registry import Argument, Example, Function

FUNCTIONS: tuple[Function, ...] = (
    Function(
        "AR_DAYS_PAST_DUE",
        "Whole days from the due date to a date. Zero or less means it is not past due.",
        (
            Argument("due_dates", "Due date, or a column of due dates."),
            Argument("as_of", "The date to count to. Never today by itself: type or refer to one."),
        ),
        "days:days_past_due",
        "One whole number a row; nothing where no due date stands.",
        Example(
            "Due on the last day of January, seen on the last of February.",
            "=AR_DAYS_PAST_DUE(A1:A3, B1)",
            (("2026-01-31", "2026-02-28"), ("2026-02-28", None), ("2026-03-15", None)),
            ((28,), (0,), (-15,)),
        ),
    ),
    Function(
        "AR_BUCKET",
        "The aging bucket that a number of days past due belongs to. Zero or less is Current; the "
        "upper edge belongs to its bucket.",
        (
            Argument("days", "Days past due, or a column of them."),
            Argument(
                "edges",
                "Upper edges of the buckets in rising order, such as {30,60,90}.",
                "30, 60 and 90",
            ),
        ),
        "days:bucket",
        "One text a row: Current, 1-30, 31-60, 61-90 or Over 90; nothing for a blank row.",
        Example(
            "The thirtieth day still belongs to 1-30.",
            "=AR_BUCKET(A1:A5)",
            ((0,), (1,), (30,), (31,), (91,)),
            (("Current",), ("1-30",), ("1-30",), ("31-60",), ("Over 90",)),
        ),
    ),
)

BY_NAME: dict[str, Function] = {each.name: each for each in FUNCTIONS}
