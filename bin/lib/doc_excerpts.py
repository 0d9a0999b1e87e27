"""Checks the examples of the documents against the tree that they speak of. Exit code 1 when something is wrong.

An example of code below a line that links to a file is an excerpt of that file, verbatim but for its indentation: what is
compiled and tested there is what is read here. A line `…` leaves something out. In docs/resources/ there is no other
example. (That links lead somewhere, doc_links.py sees.)
"""

import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)(?:<([^>#]+)[^>]*>|([^)\s#<]+)(?:#[^)\s]*)?)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = {"sh", "console", ""}  # commands and their output


def target(link):
    return link[1] or link[2]


def flush(text):
    """Without the indentation that all of its lines have."""
    return dedent(text).strip("\n")


def stands_in(excerpt, source):
    """Whether the pieces between the lines `…` stand in the source, one after the other."""
    lines = source.splitlines()
    at = 0
    for piece in re.split(r"^…\n", excerpt, flags=re.MULTILINE):
        wanted = flush(piece)
        height = wanted.count("\n") + 1
        while at + height <= len(lines) and flush("\n".join(lines[at : at + height])) != wanted:
            at += 1
        if at + height > len(lines):
            return False
        at += height
    return True


def lost_excerpts(page, text, demanded):
    """`demanded`: whether each example has to be an excerpt."""
    for fence in FENCE.finditer(text):
        if fence[1] in SHELL:
            continue
        first = fence[2].split("\n", 1)[0].strip()
        named = LINK.search(text[: fence.start()].rstrip().rsplit("\n", 1)[-1])
        source = named and page.parent / target(named)
        if source and source.is_file():
            if not stands_in(fence[2], source.read_text()):
                yield f"the example `{first}` does not stand so in {target(named)}"
        elif demanded:
            yield f"the line above the example `{first}` links to no file that it is an excerpt of"


def faults(page):
    return lost_excerpts(page, page.read_text(), demanded=page.parent == ROOT / "docs/resources")


def main():
    listed = subprocess.run(["git", "-C", ROOT, "ls-files", "-z", "*.md"], capture_output=True, text=True, check=True)
    pages = [ROOT / name for name in listed.stdout.split("\0") if name]
    found = [f"{page.relative_to(ROOT)}: {fault}" for page in pages if page.exists() for fault in faults(page)]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
