"""Prints `passed failed skipped` of one test run.

count_results.py KIND REPORT STATUS: KIND is gtest (a folder of one XML file a test program), junit (one XML file) or
jest (JSON); STATUS is the runner's exit code. A run that failed without saying why, and a run without a test, is one
failure: no run may look better than it was.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def count_xml(path):
    passed = failed = skipped = 0
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is not None or case.get("status") == "notrun":
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def count_gtest(folder):
    counts = [count_xml(path) for path in sorted(folder.glob("*.xml"))]
    return tuple(map(sum, zip(*counts))) if counts else (0, 0, 0)


def count_jest(path):
    report = json.loads(path.read_text())
    broken_files = report["numRuntimeErrorTestSuites"]
    return report["numPassedTests"], report["numFailedTests"] + broken_files, report["numPendingTests"]


def main():
    kind, report, status = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    count = {"gtest": count_gtest, "junit": count_xml, "jest": count_jest}[kind]
    try:
        passed, failed, skipped = count(report)
    except (OSError, ValueError, ElementTree.ParseError) as error:
        print(f"no report: {error}", file=sys.stderr)
        passed, failed, skipped = 0, 0, 0
    if passed + failed == 0 or (status != 0 and failed == 0):
        if passed + failed + skipped == 0:
            print("the suite ran no test", file=sys.stderr)
        failed += 1
    print(passed, failed, skipped)


main()
