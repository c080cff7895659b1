"""The `<autoFilter>` of a sheet or a table: what each column is filtered by, read and changed.

Elements are those of ECMA-376 part 1, 18.3.2. Columns of a filter count from 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from xlwings.base_classes import empty_autofilter_criteria

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.elements import (
    Element,
    attributes,
    children,
    decimal_number,
    make,
    root,
    start_tag,
    whole_number,
    with_inner,
)
from ar_xl.xlfile.xmlparts import truth

_OPERATORS = {
    "equal": "equal_to",
    "notEqual": "not_equal_to",
    "greaterThan": "greater_than",
    "lessThan": "less_than",
    "greaterThanOrEqual": "greater_than_or_equal",
    "lessThanOrEqual": "less_than_or_equal",
}
IN_FILE = {word: operator for operator, word in _OPERATORS.items()}
_ESCAPED = re.compile(r"~([~*?])")


@dataclass(frozen=True)
class Criterion:
    """What a column is filtered by.

    Args:
        kind: "values" (a list), "custom" (one or two comparisons), "top", or "unknown".
        values: of a list, as cells show them.
        blank: the list has empty cells too.
        tests: (operator, value) of the comparisons, as the file has them.
        both: both comparisons must hold; else one.
        top: the highest; else the lowest.
        percent: `count` is a percentage of the numbers.
        count: how many.
        border: the lowest, or highest, number that is shown of those.
    """

    kind: str
    values: tuple[str, ...] = ()
    blank: bool = False
    tests: tuple[tuple[str, str], ...] = ()
    both: bool = False
    top: bool = True
    percent: bool = False
    count: float = 0.0
    border: float | None = None


def bare(area: Area) -> str:
    """Return a filter of an area that filters nothing."""
    return make("autoFilter", {"ref": area.a1()})


def criteria(xml: str) -> dict[int, Criterion]:
    """Return what the columns are filtered by; those that are not are left out.

    Args:
        xml: the element, "" for none.
    """
    found: dict[int, Criterion] = {}
    for place, column in _columns(xml).items():
        inside = list(children(xml, column.inner, column.inner_end))
        if inside:
            found[place] = _criterion(xml, inside)
    return found


def _columns(xml: str) -> dict[int, Element]:
    if not xml:
        return {}
    outer = root(xml)
    return {
        whole_number(attributes(start_tag(xml, each)), "colId"): each
        for each in children(xml, outer.inner, outer.inner_end)
        if each.name == "filterColumn"
    }


def _criterion(xml: str, inside: list[Element]) -> Criterion:
    element = inside[0]
    given = attributes(start_tag(xml, element))
    items = list(children(xml, element.inner, element.inner_end))
    read = [attributes(start_tag(xml, item)) for item in items]
    if len(inside) == 1 and element.name == "filters":
        if all(item.name == "filter" for item in items) and "calendarType" not in given:
            values = tuple(item.get("val", "") for item in read)
            return Criterion("values", values=values, blank=truth(given.get("blank")))
    elif len(inside) == 1 and element.name == "customFilters":
        tests = tuple((item.get("operator", "equal"), item.get("val", "")) for item in read)
        if 1 <= len(tests) <= 2 and all(operator in _OPERATORS for operator, _ in tests):
            return Criterion("custom", tests=tests, both=truth(given.get("and")))
    elif len(inside) == 1 and element.name == "top10":
        return Criterion(
            "top",
            top=truth(given.get("top", "1")),
            percent=truth(given.get("percent")),
            count=decimal_number(given, "val", 0.0),
        )
    return Criterion("unknown")


def with_criterion(xml: str, place: int, criterion: Criterion | None) -> str:
    """Return the filter with a column filtered by something else, or by nothing.

    Args:
        xml: the element.
        place: of the column.
        criterion: None for nothing; its button stays as it is.
    """
    columns = _columns(xml)
    inner = "" if criterion is None else _in_file(criterion)
    if place in columns:
        old = columns[place]
        new = with_inner(xml, old, inner, {})
        if not inner and attributes(start_tag(xml, old)).keys() <= {"colId"}:
            new = ""
        return _whole(xml, xml[: old.start] + new + xml[old.end :])
    if not inner:
        return xml
    outer = root(xml)
    new = make("filterColumn", {"colId": place}, inner)
    later = [columns[other].start for other in columns if other > place]
    others = children(xml, outer.inner, outer.inner_end)
    later += [each.start for each in others if each.name != "filterColumn"]
    at = min(later, default=outer.inner_end) - outer.inner
    content = xml[outer.inner : outer.inner_end]
    return with_inner(xml, outer, content[:at] + new + content[at:], {})


def _whole(before: str, xml: str) -> str:
    """Return a filter whose last column was taken out in the short form that it had no need of."""
    outer = root(xml)
    if (
        xml != before
        and outer.inner == outer.inner_end
        and not start_tag(xml, outer).endswith("/>")
    ):
        return start_tag(xml, outer)[:-1] + "/>"
    return xml


def _in_file(criterion: Criterion) -> str:
    if criterion.kind == "values":
        listed = "".join(make("filter", {"val": value}) for value in criterion.values)
        return make("filters", {"blank": 1 if criterion.blank else None}, listed)
    if criterion.kind == "custom":
        tests = "".join(
            make("customFilter", {"operator": None if op == "equal" else op, "val": value})
            for op, value in criterion.tests
        )
        return make("customFilters", {"and": 1 if criterion.both else None}, tests)
    assert criterion.kind == "top", criterion.kind
    return make(
        "top10",
        {
            "top": None if criterion.top else 0,
            "percent": 1 if criterion.percent else None,
            "val": f"{criterion.count:.15g}",
            "filterVal": None if criterion.border is None else f"{criterion.border:.17g}",
        },
    )


def snapshot(field: int, criterion: Criterion | None) -> dict[str, Any]:
    """Return what a column is filtered by in the words of xlwings.

    Args:
        field: the column, counted from 1.
        criterion: None where it is not filtered.
    """
    if criterion is None:
        return empty_autofilter_criteria(field)
    if criterion.kind == "values" and criterion.values:
        listed = [*criterion.values, *([""] if criterion.blank else [])]
        return {**empty_autofilter_criteria(field, "values"), "values": listed}
    if criterion.kind == "values":
        return _comparison(field, "equal_to")
    if criterion.kind == "top":
        end, unit = "top" if criterion.top else "bottom", "items"
        counted: dict[str, Any] = {"count": int(criterion.count)}
        if criterion.percent:
            unit, counted = "percent", {"percent": criterion.count}
        return {**empty_autofilter_criteria(field, f"{end}_{unit}"), **counted}
    return _compared(field, criterion)


def _compared(field: int, criterion: Criterion) -> dict[str, Any]:
    operators = tuple(_OPERATORS[operator] for operator, _ in criterion.tests)
    values = [_ESCAPED.sub(r"\1", value) for _, value in criterion.tests]
    if len(operators) == 1:
        return _comparison(field, operators[0], values[0] if values[0].strip() else None)
    if operators == ("greater_than_or_equal", "less_than_or_equal") and criterion.both:
        if values[0] == values[1]:
            return _comparison(field, "equal_to", values[0])
        return _comparison(field, "between", *values)
    if operators == ("less_than", "greater_than") and not criterion.both:
        if values[0] == values[1]:
            return _comparison(field, "not_equal_to", values[0])
        return _comparison(field, "not_between", *values)
    if operators == ("equal_to", "equal_to") and not criterion.both and all(values):
        return {**empty_autofilter_criteria(field, "values"), "values": values}
    return empty_autofilter_criteria(field, "unknown")


def _comparison(
    field: int, operator: str, value1: str | None = None, value2: str | None = None
) -> dict[str, Any]:
    values = {"operator": operator, "value1": value1, "value2": value2}
    return {**empty_autofilter_criteria(field, "comparison"), **values}
