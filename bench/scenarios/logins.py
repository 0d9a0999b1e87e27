"""What signed-in people feel while others try passwords, all at once and as fast as they are answered."""

from __future__ import annotations

import subprocess
from statistics import median

from bench.support import targets, wrk
from bench.support.console import progress
from bench.support.programs import Terrace
from bench.support.report import Bar, Result
from bench.support.requests import Requests
from bench.support.sessions import Sessions
from bench.support.settings import Settings
from bench.support.stats import median_of_ratios
from bench.support.steady import Seen, Stream, under_way

WRONG = 200
RATE = 100
ROUNDS = 3
LIMIT = 2.0
UNTHROTTLED = "1000000000"  # as if every guess came from an address of its own


def run(settings: Settings, sessions: Sessions) -> Result:
    alone, beside = [], []
    variables = {f"TERRACE_THROTTLE_{of}_FAILURES": UNTHROTTLED for of in ("ACCOUNT", "ADDRESS")}
    with Terrace(settings, **variables).serving() as server:
        sessions.refresh()
        feel(settings, sessions, server.port, 2)  # warm
        for number in range(1 if settings.quick else ROUNDS):
            progress(f"logins: round {number + 1}")
            sessions.refresh()
            alone.append(feel(settings, sessions, server.port, settings.long_seconds))
            with under_way(guess(settings, sessions, server.port)):
                beside.append(feel(settings, sessions, server.port, settings.long_seconds))
    return make_result(alone, beside)


def feel(settings: Settings, sessions: Sessions, port: int, seconds: float) -> Seen:
    return Stream(port, Requests(settings, sessions, 1).reads(), RATE, seconds).result()


def guess(settings: Settings, sessions: Sessions, port: int) -> subprocess.Popen:
    file = targets.of_terrace(settings, sessions, [1])
    variables = {"tenants": settings.tenants, "host": f"localhost:{settings.origin_port}"}
    return subprocess.Popen(
        wrk.command("wrong_login", port, WRONG, settings.long_seconds + 60, 10),
        env=wrk.environment(file, **variables),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def make_result(alone: list[Seen], beside: list[Seen]) -> Result:
    times = median_of_ratios([seen.p99 for seen in beside], [seen.p99 for seen in alone])
    failures = [failure for seen in alone + beside for failure in seen.failures]
    result = Result("logins", f"Signed-in requests beside {WRONG} parallel wrong logins")
    rows = [
        [name, f"{median(s.p50 for s in seen):.2f}", f"{median(s.p99 for s in seen):.2f}"]
        for name, seen in (("alone", alone), (f"{WRONG} wrong logins", beside))
    ]
    result.tables.append(("", ["", "p50 ms", "p99 ms"], rows))
    result.bars = [
        Bar("p99 of signed-in requests", f"< {LIMIT:.0f}×", f"{times:.1f}×", times < LIMIT),
        Bar("Their errors", "0", str(len(failures)), not failures),
    ]
    result.notes.append(
        f"{RATE} reads a second, whatever happens; latencies count from when a request was due. Each wrong login is"
        " followed by the next at once, without heed of Retry-After, and no throttle is in its way."
    )
    result.figures = {
        "p99_alone": [seen.p99 for seen in alone],
        "p99_beside": [seen.p99 for seen in beside],
        "failures": failures,
    }
    return result
