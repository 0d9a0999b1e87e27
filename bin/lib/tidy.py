"""Runs clang-tidy over the sources of one build folder: tidy.py BUILD_FOLDER.

A file that was clean is not looked at again while it, the headers of ours that it includes, its compile command and
.clang-tidy stay the same; what was clean is remembered by hash in the user's cache folder, for every clone. Tests are
left out: GoogleTest's macros cost more time than they find. Exit code 1 when a file has findings.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIDY = "clang-tidy-19"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "terrace" / "tidy"


def our_dependencies(build):
    """Object file → the files below src/ it was made of, as Ninja recorded them."""
    listing = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=True).stdout
    dependencies, current = {}, []
    for line in listing.splitlines():
        if line.startswith(f"    {ROOT}/src/"):
            current.append(Path(line.strip()))
        elif ": #deps" in line:
            current = dependencies[line.split(": #deps")[0]] = []
    return dependencies


def fingerprint(entry, dependencies):
    """None when Ninja knows nothing of the file yet: then it is always looked at."""
    output = re.search(r" -o (\S+)", entry["command"])[1]
    if output not in dependencies:
        return None
    digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    digest.update(entry["command"].replace(str(ROOT), "").encode())
    for path in sorted(dependencies[output]):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def check(build, entry, mark):
    if mark and (CACHE / mark).exists():
        return None
    run = subprocess.run([TIDY, "-quiet", "-p", build, entry["file"]], capture_output=True, text=True)
    if run.returncode != 0:
        return run.stdout + "".join(line for line in run.stderr.splitlines(True) if "error:" in line)
    if mark:
        (CACHE / mark).touch()
    return None


def main():
    build = Path(sys.argv[1]).resolve()
    entries = [
        entry
        for entry in json.loads((build / "compile_commands.json").read_text())
        if Path(entry["file"]).is_relative_to(ROOT / "src") and not entry["file"].endswith("_test.cpp")
    ]
    if not entries:
        sys.exit("no source to check")
    CACHE.mkdir(parents=True, exist_ok=True)
    dependencies = our_dependencies(build)
    marks = [fingerprint(entry, dependencies) for entry in entries]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        findings = list(filter(None, pool.map(check, [build] * len(entries), entries, marks)))
    print("\n".join(findings))
    print(f"{len(entries)} files, {len(findings)} with findings")
    sys.exit(1 if findings else 0)


main()
