"""What every declared function keeps."""

from __future__ import annotations

import inspect

import pytest

from ar_xl.functions.catalogue import FUNCTIONS
from ar_xl.functions.registry import Function
from tests.functions.sheet import result_of, typed

each = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.name)


@each
def test_the_worked_example_is_what_the_function_answers(function: Function) -> None:
    expected = tuple(tuple(typed(cell) for cell in row) for row in function.example.result)
    assert result_of(function.example.formula, function.example.cells) == expected


@each
def test_the_declared_arguments_are_those_that_reckon(function: Function) -> None:
    taken = inspect.signature(function.work).parameters.values()
    assert [each.name for each in taken] == [each.name for each in function.arguments]
    assert [each.default is None for each in taken] == [a.optional for a in function.arguments]


@each
def test_help_fits_the_function_wizard(function: Function) -> None:
    texts = [function.help, *(argument.help for argument in function.arguments)]
    assert all(0 < len(text) <= 255 and text.isascii() for text in texts)


@each
def test_what_may_be_left_out_comes_last(function: Function) -> None:
    optional = [argument.optional for argument in function.arguments]
    assert optional == sorted(optional)
