"""Runs clang-tidy over the sources of one build folder: tidy.py BUILD_FOLDER.

A file that was clean is not looked at again while it, the headers of ours that it includes, its compile command and
.clang-tidy stay the same; what was clean is remembered by hash in the user's cache folder, for every clone. Tests are
left out: GoogleTest's macros cost more time than they find. Exit code 1 when a file has findings.

Most of the time goes into the headers of the system, which are the same for every file. So files with the same compile
command are looked at in batches, as one source that includes them. A batch that has findings, or does not compile
because two files use one name, is halved until each file stands alone: what is reported is never a batch's. A check
that judges the main file only finds nothing in a batch; the one of use, misc-unused-using-decls, is unused_using.py.
"""

import functools
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIDY = "clang-tidy-19"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "terrace" / "tidy"
BATCH = 48
INCLUDED = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


@dataclass
class Source:
    file: str
    flags: str  # the compile command without the file and its output
    mark: str  # of all that the result depends on

    def is_clean(self):
        return (CACHE / self.mark).exists()

    def remember(self):
        (CACHE / self.mark).touch()


@functools.cache
def closure(path):
    """The file and the headers of ours that it includes, each directly or through another."""
    found, open_paths = set(), [path]
    while open_paths:
        current = open_paths.pop()
        if current in found:
            continue
        found.add(current)
        headers = [ROOT / "src" / name for name in INCLUDED.findall(current.read_text())]
        open_paths += [header for header in headers if header.exists()]
    return sorted(found)


def fingerprint(file, flags):
    digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    digest.update((flags + file).replace(str(ROOT), "").encode())
    for path in closure(Path(file)):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def files_of(entry):
    """What a compile command compiles: a file of ours, or those that the build put together to one (TERRACE_BATCH)."""
    path = Path(entry["file"])
    return INCLUDED.findall(path.read_text()) if path.parent.name == "Unity" else [entry["file"]]


def sources_of(build):
    sources = []
    for entry in json.loads((build / "compile_commands.json").read_text()):
        flags = re.sub(r" -o \S+ -c \S+", "", entry["command"])
        for file in files_of(entry):
            if Path(file).is_relative_to(ROOT / "src") and not file.endswith("_test.cpp"):
                sources.append(Source(file, flags, fingerprint(file, flags)))
    return sources


def batches_of(sources):
    """Neighbours go to different batches: files of one folder like to use the same names for their helpers."""
    by_kind, batches = defaultdict(list), []
    for source in sources:
        program = Path(source.file).relative_to(ROOT / "src").parts[0]  # each has a main()
        by_kind[source.flags, program].append(source)
    for alike in by_kind.values():
        count = -(-len(alike) // BATCH)
        batches += [alike[first::count] for first in range(count)]
    return sorted(batches, key=len, reverse=True)


def run_tidy(arguments, text=None):
    """None when clean, else what was found."""
    run = subprocess.run([TIDY, "-quiet", *arguments], input=text, capture_output=True, text=True)
    if run.returncode == 0:
        return None
    return run.stdout + "".join(line for line in run.stderr.splitlines(True) if "error:" in line)


def look_at(build, batch):
    """The findings, one string a file that has any."""
    if len(batch) == 1:
        looked_at = Path(batch[0].file)
    else:
        looked_at = build / "tidy" / (hashlib.sha256(batch[0].file.encode()).hexdigest()[:16] + ".cpp")
        looked_at.parent.mkdir(exist_ok=True)
        looked_at.write_text("".join(f'#include "{s.file}"  // NOLINT(bugprone-suspicious-include)\n' for s in batch))
    flags = shlex.split(batch[0].flags)[1:]
    findings = run_tidy([f"--config-file={ROOT}/.clang-tidy", looked_at, "--", *flags])
    if findings is None:
        for source in batch:
            source.remember()
        return []
    if len(batch) == 1:
        return [findings]
    half = len(batch) // 2
    return look_at(build, batch[:half]) + look_at(build, batch[half:])


def main():
    build = Path(sys.argv[1]).resolve()
    sources = sources_of(build)
    if not sources:
        sys.exit("no source to check")
    CACHE.mkdir(parents=True, exist_ok=True)
    batches = batches_of([source for source in sources if not source.is_clean()])
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        findings = sum(pool.map(look_at, [build] * len(batches), batches), [])
    print("\n".join(findings))
    print(f"{len(sources)} files, {len(findings)} with findings")
    sys.exit(1 if findings else 0)


main()
