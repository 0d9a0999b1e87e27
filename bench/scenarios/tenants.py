"""Whether a request knows how many tenants there are: one patient, read with few and with many of them, in shared tables
and in schemas. Databases of its own, all with as many patients, on servers that take turns."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.support import many_tenants, targets, wrk
from bench.support.console import progress, step
from bench.support.many_tenants import Size
from bench.support.programs import Terrace
from bench.support.report import Bar, Result
from bench.support.sessions import Sessions
from bench.support.settings import Settings
from bench.support.stats import median_of_ratios

SEEDS_ITSELF = True
SIZES = (Size(10), Size(1_000), Size(10_000), Size(1_000, "schema"))
QUICK = (Size(2), Size(20), Size(20, "schema"))
LIMIT = 1.3
CONNECTIONS = 4  # as many as the machine serves without a queue, whose length is what p99 would show


@dataclass
class Contender:
    size: Size
    server: Terrace
    targets: Path
    runs: list[wrk.Run] = field(default_factory=list)

    def figures(self, of: str) -> list[float]:
        return [getattr(run, of) for run in self.runs]


def run(settings: Settings, _sessions: Sessions) -> Result:
    sizes = QUICK if settings.quick else SIZES
    for size in sizes:
        many_tenants.make(settings, size)
    with ExitStack() as servers:
        contenders = [enter(settings, servers, size, number) for number, size in enumerate(sizes)]
        for number in range(settings.rounds):
            for each in contenders:
                progress(f"tenants: {each.size.name}, round {number + 1}")
                each.runs.append(wrk.run_clean("get", each.server.port, each.targets, settings.seconds, CONNECTIONS))
    return make_result(settings, contenders)


def enter(settings: Settings, servers: ExitStack, size: Size, number: int) -> Contender:
    urls = many_tenants.urls(settings, size)
    port = settings.peer_port + number
    server = Terrace(settings, f"terrace-{size.database}", TERRACE_API_PORT=str(port), TERRACE_ARGON2="cheap", **urls)
    servers.enter_context(server.serving())
    with step(f"Signing in at {size.name}"):
        tokens = many_tenants.sign_in(settings, size, port)
    lines = many_tenants.targets(settings, size, tokens)
    made = Contender(size, server, targets.write(settings.home / f"{size.database}.targets", lines))
    # Until connections, statements and caches are what they will be.
    wrk.run_clean("get", port, made.targets, settings.seconds, CONNECTIONS)
    return made


def make_result(settings: Settings, contenders: list[Contender]) -> Result:
    few = contenders[0]
    result = Result("tenants", "One patient, by how many tenants there are")
    rows = [
        [each.size.name, f"{median(each.figures('rate')):,.0f}", *(f"{median(each.figures(of)):.2f}" for of in ("p50", "p99"))]
        for each in contenders
    ]
    result.tables.append(("", ["Tenants", "requests/s", "p50 ms", "p99 ms"], rows))
    for each in contenders[1:]:
        for of in ("p50", "p99"):
            ratio = median_of_ratios(each.figures(of), few.figures(of))
            wanted = f"≤ {LIMIT}" if each.size.isolation == "shared" else "told"
            holds = ratio <= LIMIT or each.size.isolation != "shared"
            result.bars.append(Bar(f"{of} of {each.size.name} to {few.size.name}", wanted, f"{ratio:.2f}", holds))
    result.notes.append(
        f"{many_tenants.patients(settings):,} patients in each database; every request reads one of any"
        f" tenant, over {CONNECTIONS} connections. Rounds take turns; ratios are the medians of the rounds'."
    )
    result.figures = {each.size.name: {of: median(each.figures(of)) for of in ("rate", "p50", "p99")} for each in contenders}
    return result
