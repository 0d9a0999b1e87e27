"""bin/lib/doc_links.py: a link that leads nowhere, or to a file without the name it promises, is named."""

import subprocess
import sys

import pytest
from harness import ROOT


def lines_for(tmp_path, text):
    (tmp_path / "docs").mkdir()
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "gate.cpp").write_text("int read_head();\n")
    (tmp_path / "docs" / "tour.md").write_text(text)
    run = subprocess.run(
        [sys.executable, str(ROOT / "bin/lib/doc_links.py"), str(tmp_path)], capture_output=True, text=True
    )
    assert run.stderr == ""
    assert run.returncode == (1 if run.stdout else 0)
    return run.stdout.splitlines()


@pytest.mark.parametrize("text", [
    "[`read_head`](../src/gate.cpp)", "[the gate](../src/gate.cpp#L1)", "[`gate.cpp`](../src/gate.cpp)",
    "[here](#below) and [there](https://terrace.example/none)", "[the sources](../src)", "```\n[no](link)\n```",
])
def test_a_link_that_leads_somewhere_is_good(tmp_path, text):
    assert lines_for(tmp_path, text) == []


@pytest.mark.parametrize("text, fault", [
    ("[the gate](../src/gates.cpp)", "docs/tour.md: ../src/gates.cpp is not there"),
    ("[`read`](../src/gate.cpp)", "docs/tour.md: ../src/gate.cpp has no read"),
    ("[a page](<../src/(app)/page.tsx>)", "docs/tour.md: <../src/(app)/page.tsx> is not there"),
    ("![a picture](none.png)", "docs/tour.md: none.png is not there"),
])
def test_a_link_that_does_not_is_named(tmp_path, text, fault):
    assert lines_for(tmp_path, text) == [fault]
