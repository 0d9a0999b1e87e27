"""bin/lib/floors.py: a package below its floor is named, with what it needs and why."""

import json
import subprocess
import sys

import pytest
from harness import ROOT

FLOORS = ROOT / "deps/floors.json"
LOCKS = [ROOT / "web/package-lock.json", *sorted(ROOT.glob("bench/peers/*/package-lock.json"))]


def check(floors, *locks):
    return subprocess.run(
        [sys.executable, str(ROOT / "bin/lib/floors.py"), str(floors), *map(str, locks)], capture_output=True, text=True
    )


def written(path, content):
    path.write_text(json.dumps(content))
    return path


def floor(package, minimum):
    return {"package": package, "minimum": minimum, "why": "It leaks.", "source": "an advisory"}


def lock_of(packages):
    return {"lockfileVersion": 3, "packages": {path: {"version": version} for path, version in packages.items()}}


@pytest.mark.parametrize(
    "version, stands",
    [
        ("16.4.5", True),
        ("16.4.6", True),
        ("16.10.0", True),
        ("17.0.0", True),
        ("16.4.4", False),
        ("15.5.29", False),
        ("9.9.9", False),
        ("16.4.5-canary.3", False),
        ("16.5.0-canary.3", True),
    ],
)
def test_a_lock_file_is_held_to_the_floor(tmp_path, version, stands):
    floors = written(tmp_path / "floors.json", {"npm": [floor("next", "16.4.5")], "debian": []})
    lock = written(tmp_path / "package-lock.json", lock_of({"node_modules/next": version}))
    assert (check(floors, lock).returncode == 0) == stands


def test_the_error_names_package_found_needed_and_why(tmp_path):
    floors = written(tmp_path / "floors.json", {"npm": [floor("next", "16.4.5")], "debian": []})
    old = {"node_modules/next": "16.4.6", "node_modules/other/node_modules/next": "15.5.7"}
    lock = written(tmp_path / "package-lock.json", lock_of(old))
    done = check(floors, lock)
    assert done.returncode == 1
    fault = "node_modules/other/node_modules/next is 15.5.7, needs 16.4.5. It leaks. (an advisory)"
    assert f"{lock}: {fault}" in done.stdout


def test_a_package_of_a_longer_name_is_another(tmp_path):
    floors = written(tmp_path / "floors.json", {"npm": [floor("next", "16.4.5")], "debian": []})
    lock = written(
        tmp_path / "package-lock.json", lock_of({"node_modules/next": "16.4.5", "node_modules/@x/next-intl": "4.0.0"})
    )
    assert check(floors, lock).returncode == 0


def test_a_floor_that_no_lock_file_needs_is_an_error(tmp_path):
    floors = written(tmp_path / "floors.json", {"npm": [floor("gone", "1.0.0")], "debian": []})
    lock = written(tmp_path / "package-lock.json", lock_of({"node_modules/next": "16.4.5"}))
    done = check(floors, lock)
    assert done.returncode == 1 and "gone: no lock file names it" in done.stdout


@pytest.mark.parametrize("minimum, status", [("1.0", 0), ("99:1.0", 1)])
def test_an_installed_debian_package_is_held_to_the_floor(tmp_path, minimum, status):
    floors = written(tmp_path / "floors.json", {"npm": [], "debian": [floor("bash", minimum)]})
    done = check(floors)
    assert done.returncode == status
    assert status == 0 or "bash is " in done.stdout and f"needs {minimum}. It leaks." in done.stdout


def test_our_own_lock_files_stand_on_the_floors():
    done = check(FLOORS, *LOCKS)
    assert done.returncode == 0, done.stdout


def test_every_floor_says_why_and_where_from():
    for floors in json.loads(FLOORS.read_text()).values():
        for entry in floors:
            assert set(entry) == {"package", "minimum", "why", "source"} and all(entry.values()), entry


def test_setup_upgrades_what_lies_below_a_floor():
    asked = dict(line.split(" >= ") for line in (ROOT / "deps/debian.txt").read_text().splitlines() if " >= " in line)
    for entry in json.loads(FLOORS.read_text())["debian"]:
        # A machine's own nginx, wherever it comes from, is left as it is; lint says when it is too old.
        assert entry["package"] == "nginx" or asked.get(entry["package"]) == entry["minimum"], entry["package"]
