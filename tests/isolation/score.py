#!/usr/bin/env python3
"""The mutation score of the program: makes each slip of slips.py, runs the tests that must notice it until one does.

score.py REPORT [NAME…]: writes a JUnit report, a case a slip that passes when it was noticed; with names only slips whose
names hold one of them. Needs TERRACE_BIN, the program of the preset `mutants`. docs/security/isolation.md tells more.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import count
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]
sys.dont_write_bytecode = True

from slips import BY_HAND, Slip, forgetful, generated  # noqa: E402
from support.cluster import Cluster  # noqa: E402
from support.nginx import Nginx  # noqa: E402
from support.server import Installation  # noqa: E402

AT_ONCE = 2
# These start servers of their own.
ALONE = ("test_statements.py", "test_crowd.py", "test_log.py", "test_interference.py", "test_proxy.py")
WITHIN = 600


@dataclass(frozen=True)
class Verdict:
    slip: Slip
    by: str  # the test that noticed it; empty when none did
    fault: str  # why nothing can be said; empty when all went well
    seconds: float

    @property
    def killed(self) -> bool:
        return bool(self.by) and not self.fault

    def __str__(self) -> str:
        said = f"noticed by {self.by}" if self.killed else self.fault or "SURVIVED"
        return f"{self.slip.name}: {said} ({self.seconds:.0f} s)"


class Bench:
    """One cluster with a migrated database, of which each slip gets a copy and a server of its own."""

    def __init__(self, cluster: Cluster, binary: str) -> None:
        self.original = Installation(binary, cluster, "original")
        self.original.migrate()
        self.numbers = count()

    def try_out(self, slip: Slip) -> Verdict:
        began = time.monotonic()
        try:
            by = next(filter(None, (self._run(slip, shlex.split(tests)) for tests in slip.tests)), "")
            return Verdict(slip, by, "", time.monotonic() - began)
        except Exception as fault:
            return Verdict(slip, "", f"not tried: {fault}", time.monotonic() - began)

    def _run(self, slip: Slip, tests: list[str]) -> str:
        if tests[0] in ALONE:
            return first_failure(tests, {**slip.environment, **stack_of("localhost:1", 1, "postgresql:///none")})
        made = self.original.copy(f"slip_{next(self.numbers)}")
        server = made.server(**slip.environment)
        nginx = Nginx(made.folder, [server.address])
        base = f"localhost:{nginx.port}"
        server.environment["TERRACE_ORIGIN"] = f"http://{base}"
        try:
            server.start()
            nginx.start()
            return first_failure(tests, {**slip.environment, **stack_of(base, server.port, made.admin_url)})
        finally:
            if nginx.process:
                nginx.stop()
            server.stop()
            made.cluster.drop_database(made.database)


def stack_of(base: str, port: int, database: str) -> dict[str, str]:
    return {"TERRACE_TEST_ORIGIN": f"http://{base}", "TERRACE_TEST_API": f"http://127.0.0.1:{port}",
            "TERRACE_TEST_DATABASE_URL": database}


def first_failure(tests: list[str], environment: dict[str, str]) -> str:
    """The first test that fails; nothing when all pass. What is neither is an error."""
    command = ["/usr/bin/python3", "-m", "pytest", "-x", "-q", "--no-header", "--tb=line", str(HERE / tests[0]), *tests[1:]]
    done = subprocess.run(command, env={**os.environ, **environment}, cwd=HERE.parent.parent, capture_output=True,
                          text=True, timeout=WITHIN)
    if done.returncode == 0:
        return ""
    found = re.search(r"^(?:FAILED|ERROR) tests/isolation/(\S+)", done.stdout, re.MULTILINE)
    if done.returncode != 1 or not found:
        raise RuntimeError(f"pytest ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return found[1]


def check_names(slips: list[Slip]) -> None:
    """Each `mutant("…")` of the sources is a slip of the list, and the other way round."""
    written = set()
    for file in (HERE.parent.parent / "src").rglob("*.cpp"):
        written |= set(re.findall(r'\bmutant\("([\w-]+)"', file.read_text(encoding="utf-8")))
    known = {slip.environment["TERRACE_MUTANT"].partition(":")[0] for slip in slips} - {"statement"}
    assert written == known, f"in the sources or in slips.py alone: {sorted(written ^ known)}"


def check_baseline(bench: Bench, slips: list[Slip]) -> list[str]:
    """Without a slip every test passes, else a slip would be noticed for another reason. Answers the statements that
    the program ran on clinics' rows."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as statements:
        os.chmod(statements.name, 0o666)
        files = {tests.split()[0] for slip in slips for tests in slip.tests} | {"test_statements.py"}
        note = {"TERRACE_MUTANT_STATEMENTS": statements.name}
        for file in sorted(files):
            verdict = bench.try_out(Slip("none", (file,), note if file == "test_statements.py" else {}))
            if verdict.by or verdict.fault:
                sys.exit(f"without a slip, {file}: {verdict}")
        return [json.loads(line) for line in statements]


def report(verdicts: list[Verdict], path: Path) -> None:
    suite = ElementTree.Element("testsuite", name="slips")
    for verdict in verdicts:
        case = ElementTree.SubElement(suite, "testcase", name=verdict.slip.name, time=f"{verdict.seconds:.1f}")
        if not verdict.killed:
            ElementTree.SubElement(case, "failure", message=verdict.fault or "survived")
        ElementTree.SubElement(case, "system-out").text = str(verdict)
    ElementTree.ElementTree(suite).write(path, encoding="unicode")


def main() -> None:
    path, wanted = Path(sys.argv[1]), sys.argv[2:]
    from routes import all_routes  # asks the program

    slips = [*BY_HAND, *generated(all_routes())]
    check_names(slips)
    with Cluster.running() as cluster:
        bench = Bench(cluster, os.environ["TERRACE_BIN"])
        if wanted:
            slips = [slip for slip in slips if any(name in slip.name for name in wanted)]
        statements = check_baseline(bench, slips)
        slips += [slip for slip in forgetful(statements) if not wanted or any(name in slip.name for name in wanted)]
        assert len({slip.name for slip in slips}) == len(slips), "two slips have one name"
        verdicts = []
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for done in as_completed([pool.submit(bench.try_out, slip) for slip in slips]):
                verdicts.append(done.result())
                print(f"{len(verdicts)}/{len(slips)} {verdicts[-1]}", flush=True)
    report(verdicts, path)
    missed = [verdict for verdict in verdicts if not verdict.killed]
    print(f"slips in the program: {len(verdicts) - len(missed)} of {len(verdicts)} noticed")
    for verdict in missed:
        print(f"survived: {verdict}")
    sys.exit(1 if missed else 0)


main()
