"""Holds docs/dependencies.md against the lists of packages: doc_dependencies.py ROOT.

Every Debian package and every npm package that is asked for by name stands in the first column of a table there, `*` for any
text, what is in brackets left out; and each name there is asked for. Prints a line for each that is not; exit code 1 then.
"""

import json
import re
import sys
from fnmatch import fnmatchcase
from pathlib import Path

DEBIAN = ("deps/debian.txt", "bench/debian.txt")
NPM = ("web/package.json", "web/scripts/*/package.json", "bench/peers/*/package.json")


def debian_packages(text):
    lines = (line.split() for line in text.splitlines())
    return [words[0] for words in lines if words and words[0][0] not in "#["]


def npm_packages(text):
    package = json.loads(text)
    return [*package.get("dependencies", {}), *package.get("devDependencies", {})]


def asked_for(root):
    """The list that asks for it, by package."""
    kinds = ((DEBIAN, debian_packages), (NPM, npm_packages))
    lists = [(file, read) for patterns, read in kinds for pattern in patterns for file in sorted(root.glob(pattern))]
    return {name: file.relative_to(root) for file, read in lists for name in read(file.read_text(encoding="utf-8"))}


def explained(page):
    """The names in the first column of its tables, below the two lines of their heads."""
    cells = re.findall(r"^\| *(.*?) *\|.*\|$", re.sub(r"^\|.*\n\|[-| ]+\n", "", page, flags=re.MULTILINE), re.MULTILINE)
    return [name for cell in cells for name in re.sub(r" *\([^)]*\)", "", cell).split(", ")]


def faults(root):
    packages = asked_for(root)
    names = explained((root / "docs/dependencies.md").read_text(encoding="utf-8"))
    for package, file in packages.items():
        if not any(fnmatchcase(package, name) for name in names):
            yield f"{package} ({file}) has no line"
    for name in names:
        if not any(fnmatchcase(package, name) for package in packages):
            yield f"{name} has a line, and no list asks for it"


def main():
    found = [f"docs/dependencies.md: {fault}" for fault in faults(Path(sys.argv[1]))]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
