"""bin/lib/count_results.py: no run looks better than it was."""

import json
import subprocess
import sys

import pytest
from harness import ROOT

PASSED = '<testcase name="a"/>'
FAILED = '<testcase name="b"><failure>no</failure></testcase>'
SKIPPED = '<testcase name="c"><skipped/></testcase>'


def count(kind, report, status):
    counted = subprocess.run(
        [sys.executable, str(ROOT / "bin/lib/count_results.py"), kind, str(report), str(status)],
        capture_output=True,
        text=True,
        check=True,
    )
    return counted.stdout.strip()


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
def test_one_report(tmp_path, cases, status, expected):
    report = tmp_path / "report.xml"
    report.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
    assert count("junit", report, status) == expected


def test_the_reports_of_several_programs_are_summed(tmp_path):
    (tmp_path / "one.xml").write_text(f"<testsuites>{PASSED}{FAILED}</testsuites>")
    (tmp_path / "two.xml").write_text(f"<testsuites>{PASSED}</testsuites>")
    assert count("gtest", tmp_path, 8) == "2 1 0"


def test_a_missing_report_is_a_failure(tmp_path):
    assert count("junit", tmp_path / "none.xml", 0) == "0 1 0"
    assert count("gtest", tmp_path / "none", 1) == "0 1 0"


def test_a_jest_file_that_does_not_load_is_a_failure(tmp_path):
    report = tmp_path / "jest.json"
    report.write_text(
        json.dumps({"numPassedTests": 4, "numFailedTests": 0, "numPendingTests": 1, "numRuntimeErrorTestSuites": 1})
    )
    assert count("jest", report, 1) == "4 1 1"
