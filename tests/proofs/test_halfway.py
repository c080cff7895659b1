"""The old workbook or the new one: a small share of `python -m proofs.halfway`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from proofs.halves.failures import failing_disk
from proofs.halves.holders import VARIANTS, held
from proofs.halves.kills import kills_at_calls, random_kills
from proofs.halves.office import Case, make_case, make_office
from proofs.halves.places import closed_places, full_disks, outside_edits
from proofs.halves.writers import double_clicks, two_writers

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are copied with fork")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Receipts to post into a small workbook."""
    folder = tmp_path_factory.mktemp("halfway")
    make_office(folder / "office.xlsx")
    return make_case("post-payments", folder / "case", (folder / "office.xlsx").read_bytes())


@pytest.mark.heavy
def test_a_command_killed_at_a_random_moment_leaves_old_or_new(case: Case) -> None:
    found = random_kills(case, kills=10, seed=2)
    assert found.wrong == []
    assert found.tried == 10 > found.undone


@pytest.mark.heavy
def test_a_command_killed_before_a_disk_call_leaves_old_or_new(case: Case) -> None:
    found = kills_at_calls(case, every=59)
    assert found.wrong == []
    assert found.tried > 5
    assert found.undone == 0


@pytest.mark.heavy
def test_a_disk_call_that_fails_changes_nothing(case: Case) -> None:
    found = failing_disk(case, writes_every=191, reads_every=1499, others_every=7)
    assert found.wrong == []
    assert found.refused > 5


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    found = two_writers(tmp_path, postings=2)
    assert found.wrong == []
    assert found.present == 4


def test_the_same_posting_started_twice_is_posted_once(case: Case) -> None:
    found = double_clicks(case, times=3, seed=2)
    assert found.wrong == []
    assert found.once == 3


def test_what_others_changed_meanwhile_is_not_overwritten(case: Case) -> None:
    found = outside_edits(case, edits=10, seed=2)
    assert found.wrong == []
    assert found.right == 10


def test_a_workbook_that_others_hold_is_refused_and_a_stale_sign_is_not_heeded(case: Case) -> None:
    found = held(case)
    assert found.wrong == []
    assert found.right == len(VARIANTS) == 20


def test_full_disks_and_closed_places_change_nothing(case: Case) -> None:
    for found in (full_disks(case, steps=3), closed_places(case)):
        if found.skipped:
            pytest.skip(found.skipped)
        assert found.wrong == []
        assert found.right == found.tried > 0
