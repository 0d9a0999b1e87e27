"""Compares what is installed with deps/floors.json: floors.py FLOORS LOCK…

FLOORS names for npm and Debian packages the lowest version without a known fault that concerns us, and why. Every copy
of such a package in the npm lock files, and what dpkg has installed, must be at least of that version. Exit code 1 when
one is not, and when a floor is of no use: a package that no lock file names.
"""

import json
import re
import subprocess
import sys
from pathlib import Path


def npm_order(version):
    """A key that sorts as npm does: numbers, then a pre-release before its release."""
    numbers, _, prerelease = version.split("+")[0].partition("-")
    return [int(number) for number in numbers.split(".")], prerelease == "", re.findall(r"\d+|[^\d.]+", prerelease)


def locked_versions(lock, package):
    """The version of every copy of a package in one lock file, by its path."""
    return {
        path: entry["version"]
        for path, entry in json.loads(lock.read_text())["packages"].items()
        if path.endswith(f"node_modules/{package}")
    }


def installed_version(package):
    """None when dpkg has not installed it: another vendor's may be in use, or none at all."""
    query = subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Status} ${Version}", package], capture_output=True, text=True
    )
    status, _, version = query.stdout.partition(" ")
    return version if status == "installed" else None


def is_at_least(version, minimum):
    return subprocess.run(["dpkg", "--compare-versions", version, "ge", minimum]).returncode == 0


def check_npm(floor, locks):
    found = [(lock, path, version) for lock in locks for path, version in
             locked_versions(lock, floor["package"]).items()]
    if not found:
        yield f"{floor['package']}: no lock file names it; take the floor out."
    for lock, path, version in found:
        if npm_order(version) < npm_order(floor["minimum"]):
            yield f"{lock}: {path} is {version}, needs {floor['minimum']}. {floor['why']} ({floor['source']})"


def check_debian(floor):
    version = installed_version(floor["package"])
    if version is None:
        print(f"{floor['package']} is not installed by dpkg")
    elif not is_at_least(version, floor["minimum"]):
        yield f"{floor['package']} is {version}, needs {floor['minimum']}. {floor['why']} ({floor['source']})"


def main():
    floors = json.loads(Path(sys.argv[1]).read_text())
    locks = [Path(name) for name in sys.argv[2:]]
    faults = [fault for floor in floors["npm"] for fault in check_npm(floor, locks)]
    faults += [fault for floor in floors["debian"] for fault in check_debian(floor)]
    print("\n".join(faults))
    print(f"{len(floors['npm']) + len(floors['debian'])} floors, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
