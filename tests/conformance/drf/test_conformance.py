"""Every case against both sides. What differs must stand in docs/drf.md."""

from __future__ import annotations

import pytest

from case import Case
from cases import CASES
from differences import compare


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, drf, terrace, table, needed):
    found = compare(drf.ask(case), terrace.ask(case))
    allowed = [row for row in table.rows.values() if row.everywhere or row.name in case.differs]
    unexplained = []
    used = set()
    for difference in found:
        explained = {row.name for row in allowed if row.covers(difference)}
        used |= explained
        if not explained:
            unexplained.append(difference)
    assert not unexplained, "differs, and docs/drf.md does not say why:\n" + "\n".join(map(str, unexplained))
    without_need = set(case.differs) - used
    assert not without_need, f"the case names rows that it does not need: {sorted(without_need)}"
    needed |= used
