"""The cases and docs/drf.md as a whole. This file's name comes after test_conformance.py: it asks what that needed."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from cases import CASES

POINTS = set(range(1, 60))
ROOT = Path(__file__).resolve().parents[3]


def test_there_are_enough_cases():
    assert len(CASES) >= 300


@pytest.mark.parametrize("page", ["README.md", "docs/drf.md"])
def test_a_document_counts_no_more_requests_than_are_sent(page):
    (said,) = re.findall(r"over ([\d,]+) requests", (ROOT / page).read_text(encoding="utf-8"))
    assert int(said.replace(",", "")) <= sum(case.times - 1 + len(case.steps) for case in CASES)


def test_no_two_cases_have_one_name():
    assert [name for name, count in Counter(case.id for case in CASES).items() if count > 1] == []


def test_every_point_has_a_case_or_a_reason(table):
    covered = {case.point for case in CASES}
    said = {entry.point for entry in table.uncovered}
    assert POINTS - covered - said == set(), "neither covered nor in the table"
    assert covered & said == set(), "in the table as without a case, but there is one"
    assert (covered | said) - POINTS == set(), "no such point"


def test_every_named_row_exists(table):
    named = {name for case in CASES for name in case.differs}
    assert named - table.rows.keys() == set()


def test_no_row_is_left_that_no_case_needs(request, table, needed):
    ran = [item for item in request.session.items if item.name.startswith("test_case[")]
    if len(ran) < len(CASES):
        pytest.skip("only a part of the cases ran")
    assert table.rows.keys() - needed == set()


def test_a_row_names_points_of_the_checklist(table):
    assert {point for row in table.rows.values() for point in row.points} <= POINTS
