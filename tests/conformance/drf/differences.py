"""docs/drf.md: where Terrace differs from Django REST Framework on purpose. The page's tables are read here; a row is
a name, the points of the checklist, a fact (observe.py), what each side says of it, and the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from observe import ABSENT, Facts

PAGE = Path(__file__).parents[3] / "docs" / "drf.md"
EVERYWHERE = "Everywhere"
WHERE_SAID = "Where a case says so"
WITHOUT_CASE = "Points without a case"


@dataclass(frozen=True)
class Difference:
    step: int
    fact: str
    drf: str
    terrace: str

    def __str__(self) -> str:
        return f"step {self.step}, {self.fact}: DRF {self.drf!r}, Terrace {self.terrace!r}"


@dataclass(frozen=True)
class Row:
    name: str
    points: tuple[int, ...]
    fact: str
    drf: str
    terrace: str
    reason: str
    everywhere: bool

    def covers(self, difference: Difference) -> bool:
        """A cell is matched in full; `*` stands for any text. Rows of a list are told apart by no number."""
        fact = re.sub(r"^value \d+ ", "value ", difference.fact)
        pairs = ((self.fact, fact), (self.drf, difference.drf), (self.terrace, difference.terrace))
        return all(_matches(pattern, text) for pattern, text in pairs)


@dataclass(frozen=True)
class Uncovered:
    """A point that no request shows."""

    point: int
    reason: str


@dataclass(frozen=True)
class Table:
    rows: dict[str, Row]
    uncovered: list[Uncovered]


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(re.escape(part) for part in pattern.split("*")), text, re.DOTALL) is not None


def compare(drf: list[Facts], terrace: list[Facts]) -> list[Difference]:
    """After a step with another outcome on each side, what follows cannot be compared."""
    found = []
    for index, (theirs, ours) in enumerate(zip(drf, terrace), 1):
        for fact in _comparable(theirs, ours):
            a, b = theirs.get(fact, ABSENT), ours.get(fact, ABSENT)
            if a != b:
                found.append(Difference(index, fact, a, b))
        if theirs["outcome"] != ours["outcome"]:
            break
    return found


def _comparable(theirs: Facts, ours: Facts) -> list[str]:
    both = theirs.keys() & ours.keys()
    if theirs["outcome"] != ours["outcome"]:
        return ["outcome", *({"allow"} & both)]
    if "text/html" in (theirs.get("media"), ours.get("media")):
        return ["media"]
    facts = sorted(theirs.keys() | ours.keys())
    if theirs.get("rows") != ours.get("rows"):
        facts = [fact for fact in facts if not fact.startswith("value ")]
    return facts


def read_table(page: Path = PAGE) -> Table:
    rows: dict[str, Row] = {}
    uncovered: list[Uncovered] = []
    section = ""
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:].strip()
        cells = _cells(line)
        if cells is None:
            continue
        if section == WITHOUT_CASE:
            point, reason = cells
            uncovered.append(Uncovered(int(point), reason))
        elif section in (EVERYWHERE, WHERE_SAID):
            name, points, fact, drf, terrace, reason = cells
            assert name not in rows, f"{page}: the row {name} stands twice"
            assert reason, f"{page}: the row {name} has no reason"
            rows[name] = Row(name, tuple(map(int, points.split(", "))), fact, drf, terrace, reason,
                             section == EVERYWHERE)
    return Table(rows, uncovered)


def _cells(line: str) -> list[str] | None:
    """The cells of a row of a table, without the marks of code; nothing for its head and for other lines."""
    if not line.startswith("| ") or line.startswith(("| Row ", "| Point ")):
        return None
    cells = [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
    return [cell[1:-1] if cell.startswith("`") and cell.endswith("`") and cell.count("`") == 2 else cell
            for cell in cells]
