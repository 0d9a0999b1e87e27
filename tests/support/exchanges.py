"""Holds what the servers of the C++ tests answered against their OpenAPI documents: exchanges.py FOLDER, where the tests
wrote what TERRACE_EXCHANGES says (src/platform/testing/exchanges.hpp). Prints a line for each thing that goes against a
document; exit code 1 when there is one."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Iterator

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from support.contract import Contract  # noqa: E402
from support.wire import Answer  # noqa: E402

# What differs between answers that are alike: one of them is enough.
PASSING = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z|\d+|[A-Za-z0-9_-]{40,}")


def faults(folder: Path) -> Iterator[str]:
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        yield f"{folder}: no test has written an exchange"
    for file in files:
        yield from _faults_of(file)


def _faults_of(file: Path) -> Iterator[str]:
    with open(file, encoding="utf-8", errors="surrogateescape") as lines:  # bodies may be pictures
        contract = Contract(json.loads(next(lines)))
        seen = set()
        for line in lines:
            alike = PASSING.sub("0", line)
            if alike in seen:
                continue
            seen.add(alike)
            said = json.loads(line)
            headers = [("content-type", said["content_type"])] if said["content_type"] else []
            sent = f"{said['method']} {said['target']}".encode()
            answer = Answer(sent, b"", said["status"], headers, said["body"].encode(errors="surrogateescape"))
            try:
                contract.check(said["method"], said["target"], answer)
            except AssertionError as fault:
                yield str(fault)


def main() -> None:
    found = list(dict.fromkeys(faults(Path(sys.argv[1]))))
    for fault in found:
        print(fault)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
