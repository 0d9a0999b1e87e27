"""What the comparison itself would miss, if it were wrong."""

from __future__ import annotations

from differences import Difference, Row, compare, read_table


def row(fact: str, drf: str, terrace: str) -> Row:
    return Row("row", (1,), fact, drf, terrace, "because", everywhere=False)


def test_equal_answers_do_not_differ():
    facts = {"outcome": "200", "value name": '"Lamp"'}
    assert compare([facts], [dict(facts)]) == []


def test_a_fact_that_one_side_lacks_differs():
    found = compare([{"outcome": "200"}], [{"outcome": "200", "value name": '"Lamp"'}])
    assert found == [Difference(1, "value name", "absent", '"Lamp"')]


def test_another_outcome_is_told_alone_and_ends_the_case():
    theirs = [{"outcome": "201", "value name": '"Lamp"'}, {"outcome": "200"}]
    ours = [{"outcome": "400 name:invalid", "message name": "No."}, {"outcome": "404 not_found"}]
    assert compare(theirs, ours) == [Difference(1, "outcome", "201", "400 name:invalid")]


def test_a_later_step_is_compared():
    found = compare([{"outcome": "204"}, {"outcome": "404"}], [{"outcome": "204"}, {"outcome": "200"}])
    assert found == [Difference(2, "outcome", "404", "200")]


def test_other_rows_are_told_once():
    theirs = {"outcome": "200", "rows": "A B", "value 0 code": '"A"'}
    ours = {"outcome": "200", "rows": "B A", "value 0 code": '"B"'}
    assert compare([theirs], [ours]) == [Difference(1, "rows", "A B", "B A")]


def test_a_row_covers_what_it_says_and_no_more():
    difference = Difference(1, "outcome", "201", "400 name:invalid")
    assert row("outcome", "201", "400 *:invalid").covers(difference)
    assert not row("outcome", "201", "400 *:required").covers(difference)
    assert not row("outcome", "200", "400 *:invalid").covers(difference)
    assert not row("detail", "*", "*").covers(difference)
    assert not row("outcome", "201", "400").covers(difference)


def test_a_row_of_values_holds_for_every_row_of_a_list():
    assert row("value version", "absent", "*").covers(Difference(1, "value 3 version", "absent", "1"))


def test_the_page_is_read_whole(tmp_path):
    page = tmp_path / "drf.md"
    page.write_text(
        "# T\n| x | y |\n## Everywhere\n| Row | Points | Fact | A | B | Why |\n|---|---|---|---|---|---|\n"
        "| a | 1, 2 | etag | `absent` | given | Because. |\n"
        "## Where a case says so\n### Input\n| b | 3 | outcome | 201 | 4\\|0 | So. |\n"
        "## Points without a case\n| Point | Why |\n|---|---|\n| 9 | None yet. |\n"
    )
    table = read_table(page)
    assert table.rows["a"] == Row("a", (1, 2), "etag", "absent", "given", "Because.", True)
    assert table.rows["b"] == Row("b", (3,), "outcome", "201", "4|0", "So.", False)
    assert [(entry.point, entry.reason) for entry in table.uncovered] == [(9, "None yet.")]
