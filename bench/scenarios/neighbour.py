"""What one tenant feels while another floods: reads, writes, searches over all of its many patients."""

from __future__ import annotations

import subprocess
from statistics import median

from bench.support import targets, wrk
from bench.support.console import progress
from bench.support.programs import Terrace
from bench.support.report import Bar, Result
from bench.support.requests import Requests
from bench.support.seed import BIG
from bench.support.sessions import Sessions
from bench.support.settings import Settings
from bench.support.stats import median_of_ratios
from bench.support.steady import Seen, Stream, under_way

NEIGHBOUR, FLOODING = 2, 1
RATES = {"reads": 40, "searches": 20, "writes": 20}  # a second
CONNECTIONS = 64
ROUNDS = 3
FLOODS = {"reads": ("get", FLOODING), "writes": ("post", FLOODING), "slow searches": ("slow_search", BIG)}
LIMIT = 2.0


Felt = dict[str, Seen]  # by the neighbour in one stretch of time, by kind of request


def run(settings: Settings, sessions: Sessions) -> Result:
    felt: dict[str, list[Felt]] = {"alone": [], **{name: [] for name in FLOODS}}
    with Terrace(settings).serving() as server:
        sessions.refresh()
        feel(settings, sessions, server.port, 2)  # warm
        for number in range(1 if settings.quick else ROUNDS):
            for name, stretches in felt.items():
                progress(f"neighbour: {name}, round {number + 1}")
                sessions.refresh()
                if name == "alone":
                    stretches.append(feel(settings, sessions, server.port, settings.long_seconds))
                else:
                    stretches.append(feel_flood(settings, sessions, server.port, *FLOODS[name]))
    return make_result(felt)


def feel(settings: Settings, sessions: Sessions, port: int, seconds: float) -> Felt:
    requests = Requests(settings, sessions, NEIGHBOUR)
    asked = {"reads": requests.reads(), "searches": requests.searches(), "writes": requests.new_patients(1_000)}
    streams = {kind: Stream(port, asked[kind], rate, seconds) for kind, rate in RATES.items()}
    return {kind: stream.result() for kind, stream in streams.items()}


def feel_flood(settings: Settings, sessions: Sessions, port: int, script: str, tenant: int) -> Felt:
    file = targets.of_terrace(settings, sessions, [tenant])
    flood = subprocess.Popen(
        wrk.command(script, port, CONNECTIONS, settings.long_seconds + 60, 10),
        env=wrk.environment(file),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with under_way(flood):
        return feel(settings, sessions, port, settings.long_seconds)


def make_result(felt: dict[str, list[Felt]]) -> Result:
    result = Result("neighbour", f"A tenant beside one that floods with {CONNECTIONS} connections")
    rows = []
    for name, stretches in felt.items():
        medians = [median(getattr(each[kind], of) for each in stretches) for kind in RATES for of in ("p50", "p99")]
        failures = sum(len(seen.failures) for each in stretches for seen in each.values())
        rows.append([name, *(f"{figure:.2f}" for figure in medians), str(failures)])
        if name != "alone":
            result.bars += [bar(kind, name, stretches, felt["alone"]) for kind in RATES]
    failures = [f for stretches in felt.values() for each in stretches for seen in each.values() for f in seen.failures]
    result.bars.append(Bar("The neighbour's errors", "0", str(len(failures)), not failures))
    head = ["The other's flood", *(f"{kind} {of} ms" for kind in RATES for of in ("p50", "p99")), "errors"]
    result.tables.append(("", head, rows))
    asks = ", ".join(f"{rate} {kind}" for kind, rate in RATES.items())
    result.notes.append(
        f"The neighbour asks {asks} a second, whatever happens; latencies count from when a request was due. The"
        " flood's client, the server and PostgreSQL share the machine's cores."
    )
    result.figures = {
        "p99": {
            name: [{kind: seen.p99 for kind, seen in each.items()} for each in stretches]
            for name, stretches in felt.items()
        },
        "failures": failures,
    }
    return result


def bar(kind: str, name: str, flooded: list[Felt], alone: list[Felt]) -> Bar:
    times = median_of_ratios([felt[kind].p99 for felt in flooded], [felt[kind].p99 for felt in alone])
    return Bar(f"{kind.capitalize()} p99 beside a flood of {name}", f"< {LIMIT:.0f}×", f"{times:.1f}×", times < LIMIT)
