"""Runs clang-tidy over the sources of one build folder: tidy.py BUILD_FOLDER.

A file that was clean is not looked at again while it, the headers of ours that it includes, its compile command and
.clang-tidy stay the same; what was clean is remembered by hash in the user's cache folder, for every clone. Tests are
left out: GoogleTest's macros cost more time than they find. Exit code 1 when a file has findings.

Most of the time goes into the headers of the system, which are the same for every file. So files with the same compile
command are looked at in batches, as one source that includes them. A batch that has findings, or does not compile
because two files use one name, is halved until each file stands alone: what is reported is never a batch's. Where a
check judges the main file only (misc-unused-using-decls does), the files with something to judge stand alone at once.
"""

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
BATCH = 12
USING_DECLARATION = re.compile(r"^\s*using [\w:]+;", re.MULTILINE)


@dataclass
class Source:
    file: str
    flags: str  # the compile command without the file and its output
    mark: str | None  # None when Ninja knows nothing of the file yet: then it is always looked at

    def is_clean(self):
        return self.mark is not None and (CACHE / self.mark).exists()

    def remember(self):
        if self.mark is not None:
            (CACHE / self.mark).touch()


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
    output = re.search(r" -o (\S+)", entry["command"])[1]
    if output not in dependencies:
        return None
    digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    digest.update(entry["command"].replace(str(ROOT), "").encode())
    for path in sorted(dependencies[output]):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def sources_of(build):
    dependencies = our_dependencies(build)
    return [
        Source(entry["file"], re.sub(r" -o \S+ -c \S+", "", entry["command"]), fingerprint(entry, dependencies))
        for entry in json.loads((build / "compile_commands.json").read_text())
        if Path(entry["file"]).is_relative_to(ROOT / "src") and not entry["file"].endswith("_test.cpp")
    ]


def batches_of(sources):
    """Neighbours go to different batches: files of one folder like to use the same names for their helpers."""
    by_flags, batches = defaultdict(list), []
    for source in sources:
        if USING_DECLARATION.search(Path(source.file).read_text()):
            batches.append([source])
        else:
            by_flags[source.flags].append(source)
    for alike in by_flags.values():
        count = -(-len(alike) // BATCH)
        batches += [alike[first::count] for first in range(count)]
    return sorted(batches, key=len, reverse=True)


def run_tidy(arguments, text=None):
    """None when clean, else what was found."""
    run = subprocess.run([TIDY, "-quiet", *arguments], input=text, capture_output=True, text=True)
    if run.returncode == 0:
        return None
    return run.stdout + "".join(line for line in run.stderr.splitlines(True) if "error:" in line)


def look_at_one(build, source):
    findings = run_tidy(["-p", build, source.file])
    if findings is None:
        source.remember()
        return []
    return [findings]


def look_at(build, batch):
    """The findings, one string a file that has any."""
    if len(batch) == 1:
        return look_at_one(build, batch[0])
    together = build / "tidy" / (hashlib.sha256(batch[0].file.encode()).hexdigest()[:16] + ".cpp")
    together.parent.mkdir(exist_ok=True)
    together.write_text("".join(f'#include "{s.file}"  // NOLINT(bugprone-suspicious-include)\n' for s in batch))
    flags = shlex.split(batch[0].flags)[1:]
    if run_tidy([f"--config-file={ROOT}/.clang-tidy", together, "--", *flags]) is None:
        for source in batch:
            source.remember()
        return []
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
