"""Prints `passed failed skipped` of one test run, and adds to a file what failed and why.

count_results.py KIND REPORT STATUS FAILURES: KIND is gtest (a folder of one XML file a test program), junit (one XML
file), jest or playwright (JSON); STATUS is the runner's exit code. A run that failed without saying why, and a run
without a test, is one failure: no run may look better than it was.
"""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

LONGEST_REASON = 1500
COLOURS = re.compile(r"\x1b\[[\d;]*m")


def read_xml(path):
    passed = skipped = 0
    failures = []
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        wrongs = [wrong for tag in ("failure", "error") for wrong in case.findall(tag)]
        if wrongs:
            name = ".".join(filter(None, (case.get("classname"), case.get("name"))))
            failures.append((name, "\n".join(wrong.text or wrong.get("message") or "" for wrong in wrongs)))
        elif case.find("skipped") is not None or case.get("status") == "notrun":
            skipped += 1
        else:
            passed += 1
    return passed, skipped, failures


def read_gtest(folder):
    passed = skipped = 0
    failures = []
    for path in sorted(folder.glob("*.xml")):
        more_passed, more_skipped, more_failures = read_xml(path)
        passed += more_passed
        skipped += more_skipped
        failures += more_failures
    return passed, skipped, failures


def read_jest(path):
    report = json.loads(path.read_text())
    failures = []
    for file in report["testResults"]:
        failed = [test for test in file["assertionResults"] if test["status"] == "failed"]
        failures += [(test["fullName"], "\n".join(test["failureMessages"])) for test in failed]
        if file["status"] == "failed" and not failed:
            failures.append((file["name"], file["message"]))
    return report["numPassedTests"], report["numPendingTests"], failures


def read_playwright(path):
    """An error outside of all tests, a worker's that was never waited for, stands in no test."""
    report = json.loads(path.read_text())
    failures = [("outside of all tests", error.get("message", "")) for error in report["errors"]]
    for title, test in tests_of(report["suites"]):
        if test["status"] in ("unexpected", "flaky"):
            errors = [error["message"] for result in test["results"] for error in result["errors"]]
            failures.append((f"[{test['projectName']}] {title}", "\n".join(errors)))
    return report["stats"]["expected"], report["stats"]["skipped"], failures


def tests_of(suites, above=""):
    for suite in suites:
        title = f"{above}{suite['title']} › "
        for spec in suite["specs"]:
            for test in spec["tests"]:
                yield title + spec["title"], test
        yield from tests_of(suite.get("suites", []), title)


READERS = {"gtest": read_gtest, "junit": read_xml, "jest": read_jest, "playwright": read_playwright}


def main():
    kind, report, status, file = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    try:
        passed, skipped, failures = READERS[kind](report)
    except (OSError, ValueError, ElementTree.ParseError) as error:
        passed, skipped, failures = 0, 0, [(report.name, f"no report: {error}")]
    if passed + len(failures) == 0:
        failures.append((report.name, "no test ran"))
    if status != 0 and not failures:
        failures.append((report.name, f"the run ended with {status}, and no test says why"))
    with file.open("a") as out:
        for name, reason in failures:
            out.write(f"✗ {name}\n{COLOURS.sub('', reason)[:LONGEST_REASON].strip()}\n\n")
    print(passed, len(failures), skipped)


main()
