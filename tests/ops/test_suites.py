"""bin/lib/suites.sh: what a run of bin/test says of itself at its end, and that no part of a suite is left out of it."""

import re

import pytest
from harness import ROOT

RUN = f'source "{ROOT}/bin/lib/suites.sh"; RESULTS=$TERRACE_HOME; mkdir -p "$RESULTS"\n'


@pytest.mark.parametrize("counts, last", [
    (["3 0 0", "4 0 0"], "7 passed, 0 failed"),
    (["3 0 1", "4 1 2"], "7 passed, 1 failed, 3 skipped"),
])  # fmt: skip
def test_the_last_line_is_the_sum_and_the_one_before_says_how_long_all_of_it_took(scripts, counts, last):
    web, unit = counts
    ended = scripts.shell(
        f'{RUN} suites=(web unit); echo {web} >"$RESULTS/web.counts"; echo {unit} >"$RESULTS/unit.counts"; SECONDS=754; print_sum'
    )
    took, sums = ended.stdout.splitlines()[-2:]
    assert re.fullmatch(r"All of it took 12 min 3[4-9] s\.", took)  # the clock goes on
    assert sums == last
    assert ended.returncode == (0 if "0 failed" in last else 1)


@pytest.mark.parametrize("script, counts", [
    ('echo "/patients: 150.0 kB of 170 kB"', "1 0 0"),
    ('echo "/patients: 171.0 kB of 170 kB"; exit 1', "0 1 0"),
])  # fmt: skip
def test_what_the_pages_send_is_shown_and_a_page_that_sends_too_much_counts_as_a_failure(scripts, script, counts):
    measured = scripts.shell(f'{RUN} check_web() {{ [[ $1 == size ]]; {script}; }}\n check_page_sizes; cat "$RESULTS/e2e-sizes.counts"')
    assert measured.returncode == 0
    assert re.search(r"/patients: 1..\.0 kB of 170 kB", measured.stdout)
    assert measured.stdout.splitlines()[-1] == counts


def test_what_failed_is_said_again_at_the_end(scripts):
    ended = scripts.shell(
        f"{RUN} suites=(web unit); suite_web() {{ half=web passed=0 failed=0; check TypeScript false; echo 0 1 0 >$RESULTS/web.counts; }}\n"
        "suite_unit() { false; }\n run_suite web; run_suite unit; print_sum"
    )
    before, after = ended.stdout.split("== What failed")
    assert "✗ TypeScript" in before
    assert re.search(r"✗ TypeScript\n.*✗ the suite unit\nIt ended on its way, with 1", after, re.DOTALL)
    assert after.splitlines()[-3:] == ["✗ TypeScript", "✗ the suite unit", "0 passed, 2 failed"]
