"""Finds using-declarations in the C++ below src/ and tests/ whose name the rest of the file does not use.

clang-tidy has a check for it (misc-unused-using-decls), but only for a file looked at by itself, and to look at every
file by itself takes three times as long (tidy.py). Exit code 1 when there is one.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
USING_DECLARATION = re.compile(r"^\s*using (?:\w*::)+(\w+);", re.MULTILINE)


def unused_in(path):
    text = path.read_text()
    for declaration in USING_DECLARATION.finditer(text):
        rest = text[: declaration.start()] + text[declaration.end() :]
        if not re.search(rf"\b{declaration[1]}\b", rest):
            line = text.count("\n", 0, declaration.start(1)) + 1
            yield f"{path.relative_to(ROOT)}:{line}: nothing uses {declaration[0].strip()}"


files = [path for folder in ("src", "tests") for path in sorted((ROOT / folder).rglob("*.cpp"))]
findings = [finding for path in files for finding in unused_in(path)]
print("\n".join(findings))
sys.exit(1 if findings else 0)
