"""Says which links of the documents lead nowhere: doc_links.py ROOT.

A relative link must lead to a file. Where its words are code, [`name`](../src/file.cpp), that must stand in the file, or be
a part of its path. Prints a line for each that does not; exit code 1 when there is one.
"""

import re
import sys
from pathlib import Path

DOCUMENTS = ("*.md", "docs/**/*.md", "tests/**/*.md", "bench/*.md")
LINK = re.compile(r"!?\[([^\]]*)\]\((<[^>\s]+>|[^)\s]+)\)")  # in <> a path may have brackets
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SOURCE = {".cpp", ".hpp", ".mjs", ".py", ".sql", ".template", ".ts", ".tsx"}


def faults_of(document):
    for words, target in LINK.findall(CODE_BLOCK.sub("", document.read_text(encoding="utf-8"))):
        path = target.strip("<>").partition("#")[0]
        if not path or re.match(r"[a-z]+:", path):
            continue
        file = document.parent / path
        if not file.exists():
            yield f"{target} is not there"
            continue
        name = re.fullmatch(r"`([^`]+)`", words)
        if name and file.suffix in SOURCE and name[1] not in target and not has(file, name[1]):
            yield f"{target} has no {name[1]}"


def has(file, name):
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", file.read_text(encoding="utf-8")) is not None


def main():
    root = Path(sys.argv[1])
    documents = sorted(document for pattern in DOCUMENTS for document in root.glob(pattern))
    faults = [f"{document.relative_to(root)}: {fault}" for document in documents for fault in faults_of(document)]
    for line in faults:
        print(line)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
