"""The call list of one collector: the name that is meant, and the sheet's name."""

from __future__ import annotations

import pytest

from ar_xl.app.commands.collecting import known_collector, short_name
from ar_xl.core.findings import Refusal

NAMES = ["Ada Marsh", "Bo Lind", "Bo Lind-Acker"]


def test_a_collector_is_found_in_any_case_of_letters_and_nobody_means_all() -> None:
    assert known_collector(NAMES, " ada marsh ") == "Ada Marsh"
    assert known_collector(NAMES, " ") == ""


def test_a_name_that_no_customer_has_is_refused() -> None:
    with pytest.raises(Refusal, match="looked after by `Ada`"):
        known_collector(NAMES, "Ada")
    with pytest.raises(Refusal, match="No customer has a collector yet"):
        known_collector([], "Ada")


def test_collectors_whose_names_look_alike_when_cut_do_not_share_a_sheet() -> None:
    assert short_name("Ada Marsh", NAMES, "Collections") == "Ada Mars"
    assert short_name("Bo Lind", NAMES, "Collections") == "Bo Lind"
    names = ["Bo Lindqvist", "Bo Lindqua"]
    assert [short_name(name, names, "Collections") for name in names] == ["#1", "#2"]
    assert [short_name(name, names, "Today") for name in names] == names
