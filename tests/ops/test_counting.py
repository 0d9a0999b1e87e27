"""bin/lib/count_results.py: no run looks better than it was, and what failed is named."""

import json
import subprocess
import sys

import pytest
from harness import ROOT

PASSED = '<testcase name="a"/>'
FAILED = '<testcase classname="Suite" name="b"><failure>no</failure></testcase>'
SKIPPED = '<testcase name="c"><skipped/></testcase>'


FAILED_JEST = {"status": "failed", "fullName": "a form keeps what was typed", "failureMessages": ["\x1b[31mExpected\x1b[0m: 1"]}


@pytest.fixture
def count(tmp_path):
    """What is counted; `count.failures()`: what is said of them."""

    def counted(kind, report, status):
        program = [sys.executable, str(ROOT / "bin/lib/count_results.py")]
        run = subprocess.run(
            [*program, kind, str(report), str(status), str(tmp_path / "failures")],
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout.strip()

    counted.failures = lambda: (tmp_path / "failures").read_text()
    return counted


@pytest.mark.parametrize(
    "cases, status, expected",
    [
        (PASSED + PASSED + SKIPPED, 0, "2 0 1"),
        (PASSED + FAILED, 1, "1 1 0"),
        (PASSED, 134, "1 1 0"),
        (SKIPPED, 0, "0 1 1"),
        ("", 0, "0 1 0"),
    ],
    ids=["passed", "failed", "crashed after a pass", "all skipped", "no test"],
)
def test_one_report(tmp_path, count, cases, status, expected):
    report = tmp_path / "report.xml"
    report.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
    assert count("junit", report, status) == expected


def test_the_reports_of_several_programs_are_summed(tmp_path, count):
    (tmp_path / "one.xml").write_text(f"<testsuites>{PASSED}{FAILED}</testsuites>")
    (tmp_path / "two.xml").write_text(f"<testsuites>{PASSED}</testsuites>")
    assert count("gtest", tmp_path, 8) == "2 1 0"
    assert count.failures() == "✗ Suite.b\nno\n\n"


def test_a_missing_report_is_a_failure(tmp_path, count):
    assert count("junit", tmp_path / "none.xml", 0) == "0 1 0"
    assert count("gtest", tmp_path / "none", 1) == "0 1 0"
    assert "✗ none.xml\nno report: " in count.failures()
    assert "✗ none\nno test ran" in count.failures()


def test_a_jest_file_that_does_not_load_is_a_failure(tmp_path, count):
    files = [
        {"name": "form.test.ts", "status": "failed", "message": "", "assertionResults": [FAILED_JEST]},
        {"name": "list.test.ts", "status": "failed", "message": "Cannot find module", "assertionResults": []},
    ]
    report = tmp_path / "jest.json"
    report.write_text(json.dumps({"numPassedTests": 4, "numPendingTests": 1, "testResults": files}))
    assert count("jest", report, 1) == "4 2 1"
    assert count.failures() == (
        "✗ a form keeps what was typed\nExpected: 1\n\n✗ list.test.ts\nCannot find module\n\n"
    )


def test_an_error_outside_of_all_tests_is_a_failure(tmp_path, count):
    failed = {"projectName": "phone", "status": "unexpected", "results": [{"errors": [{"message": "no such row"}]}]}
    passed = {"projectName": "phone", "status": "expected", "results": [{"errors": []}]}
    specs = [{"title": "is searched", "tests": [failed]}, {"title": "is paged through", "tests": [passed]}]
    report = tmp_path / "e2e.json"
    report.write_text(
        json.dumps(
            {
                "stats": {"expected": 1, "unexpected": 1, "flaky": 0, "skipped": 1},
                "errors": [{"message": "Error: page closed"}],
                "suites": [{"title": "list.spec.ts", "specs": [], "suites": [{"title": "the list", "specs": specs}]}],
            }
        )
    )
    assert count("playwright", report, 1) == "1 2 1"
    assert count.failures() == (
        "✗ outside of all tests\nError: page closed\n\n"
        "✗ [phone] list.spec.ts › the list › is searched\nno such row\n\n"
    )


def test_what_failed_without_a_word_is_named_too(tmp_path, count):
    report = tmp_path / "report.xml"
    report.write_text(f"<testsuites>{PASSED}</testsuites>")
    count("junit", report, 134)
    assert count.failures() == "✗ report.xml\nthe run ended with 134, and no test says why\n\n"
