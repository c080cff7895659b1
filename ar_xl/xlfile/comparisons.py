"""How validations and conditional formats compare, in xlwings' words and in the file's."""

from __future__ import annotations

OPERATORS = {
    "between": "between",
    "not_between": "notBetween",
    "equal_to": "equal",
    "not_equal_to": "notEqual",
    "greater_than": "greaterThan",
    "less_than": "lessThan",
    "greater_than_or_equal": "greaterThanOrEqual",
    "less_than_or_equal": "lessThanOrEqual",
}
OPERATOR_WORDS = {operator: word for word, operator in OPERATORS.items()}
