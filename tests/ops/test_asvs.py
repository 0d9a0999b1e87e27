"""docs/security/asvs.md: what it names exists, and what it calls proved names a test."""

import re

from harness import ROOT

STATUSES = {"proved", "documented only", "not yet"}


def rows():
    lines = (ROOT / "docs/security/asvs.md").read_text().splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| [0-9]", line)]
    return [dict(zip(("id", "level", "status", "how", "tests"), row, strict=True)) for row in cells]


def holds_test(name, text):
    """A function of pytest, a `Suite.Name` of GoogleTest, or the title of a test of Playwright or Jest."""
    if name.startswith("test_"):
        return f"def {name}(" in text
    if re.fullmatch(r"\w+\.\w+", name):
        return re.search(r"TEST(_F|_P)?\(" + name.replace(".", r",\s*") + r"\)", text) is not None
    return f"test('{name}'" in re.sub(r"\(\s+'", "('", text)


def test_every_row_is_of_the_standard_and_has_a_known_status():
    ids = [row["id"] for row in rows()]
    assert len(ids) > 60
    assert len(ids) == len(set(ids))
    assert ids == sorted(ids, key=lambda each: [int(part) for part in each.split(".")])
    assert {row["status"] for row in rows()} <= STATUSES
    assert {row["level"] for row in rows()} <= {"1", "2", "3"}


def test_what_is_proved_names_its_tests_and_nothing_else_does():
    for row in rows():
        assert bool(row["tests"]) == (row["status"] == "proved"), row["id"]


def test_every_test_that_is_named_exists():
    gone = []
    for row in rows():
        for path, name in re.findall(r"`([^`:]+)::([^`]+)`", row["tests"]):
            if not (ROOT / path).is_file() or not holds_test(name, (ROOT / path).read_text()):
                gone.append(f"{row['id']}: {path}::{name}")
    assert gone == []


def test_the_figures_above_the_table_are_its_own():
    text = " ".join((ROOT / "docs/security/asvs.md").read_text().split())
    for status in STATUSES:
        assert f"{sum(row['status'] == status for row in rows())} {status}" in text
