"""What may be typed into the cells of a range, read from the file and changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.addresses import Area, quote_sheet
from ar_xl.xlfile.comparisons import OPERATOR_WORDS, OPERATORS
from ar_xl.xlfile.elements import attributes, children, root
from ar_xl.xlfile.sheettail import areas_of, freed, items, with_items
from ar_xl.xlfile.specs import Validation
from ar_xl.xlfile.write_errors import CannotEdit
from ar_xl.xlfile.xmltext import unescape

if TYPE_CHECKING:
    from ar_xl.xlfile.ranges import Range

_KINDS = {
    "whole_number": "whole",
    "decimal": "decimal",
    "list": "list",
    "date": "date",
    "time": "time",
    "text_length": "textLength",
    "custom": "custom",
}
_WORDS = {kind: word for word, kind in _KINDS.items()}
_COMPARED = ("whole_number", "decimal", "date", "time", "text_length")
_LIST = "dataValidations"


class DataValidation(base_classes.DataValidation):
    """The validation of a range.

    Args:
        owner: the range.
    """

    def __init__(self, owner: Range) -> None:
        self._owner = owner

    @property
    def api(self) -> DataValidation:
        """The object itself: there is no other program behind it."""
        return self

    def _rules(self) -> tuple[list[str], int]:
        """Return the rules of some cells, and how many cells have one."""
        _, tail = self._owner.sheet.contents.edit.around(self._owner.sheet.name)
        found: list[str] = []
        cells = 0
        for item in items(tail, _LIST):
            areas = areas_of(_attributes(item).get("sqref", ""))
            met = [both for area in areas if (both := area.meet(self._owner.area))]
            if met:
                found.append(item)
                cells += sum(area.rows * area.columns for area in met)
        return found, cells

    @property
    def type(self) -> str:
        """What is checked: "list", "decimal" ...; "none", "mixed_criteria" or "inconsistent"."""
        rules, cells = self._rules()
        if not rules:
            return "none"
        if cells < self._owner.area.rows * self._owner.area.columns:
            return "mixed_criteria"
        if len(rules) > 1:
            return "inconsistent"
        return _WORDS.get(_attributes(rules[0]).get("type", ""), "unknown")

    def _of(self, types: Sequence[str] | None = None) -> tuple[Mapping[str, str], list[str]]:
        """Return attributes and formulas of the one rule, empty where it is of another type."""
        kind = self.type
        if kind in ("none", "mixed_criteria", "inconsistent") or (types and kind not in types):
            return {}, []
        rule = self._rules()[0][0]
        outer = root(rule)
        inside = children(rule, outer.inner, outer.inner_end)
        return _attributes(rule), [unescape(rule[e.inner : e.inner_end]) for e in inside]

    @property
    def operator(self) -> str | None:
        """How values are compared."""
        given, formulas = self._of(_COMPARED)
        return OPERATOR_WORDS.get(given.get("operator", "between")) if formulas else None

    @property
    def formula1(self) -> str | None:
        """The first bound."""
        formulas = self._of(_COMPARED)[1]
        return formulas[0] if formulas else None

    @property
    def formula2(self) -> str | None:
        """The second bound, of rules that have two."""
        formulas = self._of(_COMPARED)[1]
        both = self.operator in ("between", "not_between") and len(formulas) > 1
        return formulas[1] if both else None

    @property
    def formula(self) -> str | None:
        """What must be true, of a custom rule."""
        formulas = self._of(("custom",))[1]
        return f"={formulas[0]}" if formulas else None

    @property
    def source(self) -> str | None:
        """The values of a list, or the reference to them."""
        formulas = self._of(("list",))[1]
        if not formulas:
            return None
        text = formulas[0]
        return text[1:-1].replace('""', '"') if text.startswith('"') else f"={text}"

    @property
    def in_cell_dropdown(self) -> bool | None:
        """Whether a list drops down; the file says when it does not."""
        given, formulas = self._of(("list",))
        return given.get("showDropDown") not in ("1", "true") if formulas else None

    def _flag(self, name: str) -> bool | None:
        given, _ = self._of()
        return given.get(name) in ("1", "true") if given else None

    @property
    def ignore_blank(self) -> bool | None:
        """Whether cells may stay empty."""
        return self._flag("allowBlank")

    @property
    def show_input(self) -> bool | None:
        """Whether the note is shown when a cell is selected."""
        return self._flag("showInputMessage")

    @property
    def show_error(self) -> bool | None:
        """Whether what is wrong is refused."""
        return self._flag("showErrorMessage")

    def _text(self, name: str) -> str | None:
        given, _ = self._of()
        return given.get(name, "") if given else None

    @property
    def input_title(self) -> str | None:
        """The heading of the note."""
        return self._text("promptTitle")

    @property
    def input_message(self) -> str | None:
        """The note."""
        return self._text("prompt")

    @property
    def error_title(self) -> str | None:
        """The heading of the refusal."""
        return self._text("errorTitle")

    @property
    def error_message(self) -> str | None:
        """The refusal."""
        return self._text("error")

    @property
    def alert_style(self) -> str | None:
        """How what is wrong is refused: "stop", "warning" or "information"."""
        given, _ = self._of()
        return given.get("errorStyle", "stop") if given else None

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        """Allow the values of a list.

        Args:
            source: the texts, the range or the name that holds them.
            in_cell_dropdown: show them below the cell.
        """
        if isinstance(source, base_classes.Range):
            area: Area = source.area
            formula = f"{quote_sheet(source.sheet.name)}!{area.a1(True, True)}"
        elif isinstance(source, base_classes.Name):
            formula = source.name
        else:
            formula = '"' + ",".join(source).replace('"', '""') + '"'
        self._set(Validation("", "list", formula, dropdown=in_cell_dropdown))

    def set_rule(
        self, rule_type: str, operator: str | None, formula1: str, formula2: str | None
    ) -> None:
        """Allow what a rule allows; the formulas may begin with "="."""
        second = None if formula2 is None else formula2.removeprefix("=")
        self._set(
            Validation(
                "",
                _KINDS[rule_type],
                formula1.removeprefix("="),
                operator=None if operator is None else OPERATORS[operator],
                formula2=second,
            )
        )

    def _set(self, rule: Validation) -> None:
        if self.type in ("mixed_criteria", "inconsistent"):
            raise CannotEdit(
                f"The cells {self._owner.area.a1()} have different validations. "
                "Delete them and try again."
            )
        given, _ = self._of()
        kept = replace(
            rule,
            ref=self._owner.area.a1(),
            error_title=given.get("errorTitle"),
            error=given.get("error"),
            error_style=given.get("errorStyle", "stop"),
            prompt_title=given.get("promptTitle"),
            prompt=given.get("prompt"),
        )
        self.delete()
        self._owner.sheet.contents.edit.data_validation(self._owner.sheet.name, kept)

    def delete(self) -> None:
        """Allow anything again."""
        if self._rules()[0]:
            change = partial(_without, area=self._owner.area)
            self._owner.sheet.contents.edit.change_tail(self._owner.sheet.name, change)


def _without(tail: str, area: Area) -> str:
    kept = [item for each in items(tail, _LIST) if (item := freed(each, area))]
    return with_items(tail, _LIST, kept)


def _attributes(item: str) -> dict[str, str]:
    return attributes(item[: item.index(">") + 1])
