"""The API beside its peers, beside PostgreSQL alone and, where one is named, beside an older build of its own: GET one,
list, search, POST and PATCH at 32 connections."""

from __future__ import annotations

from contextlib import ExitStack

from bench.scenarios import api_result
from bench.support import capture, pgbench
from bench.support.console import progress
from bench.support.contenders import Contender, Contenders, Measured
from bench.support.report import Result
from bench.support.sessions import Sessions
from bench.support.settings import Settings

READS, WRITES = ("get", "list", "search"), ("post", "patch")
WARM_UP = 2  # seconds: caches, connections, compiled code


def run(settings: Settings, sessions: Sessions) -> Result:
    scripts = capture.scripts(settings, sessions)
    with ExitStack() as stack:
        contenders = Contenders(settings, sessions, stack)
        bound = UpperBound(settings, scripts)
        runs: dict[str, dict[str, list[Measured]]] = {}
        bounds: dict[str, list[pgbench.Run]] = {}
        for workload in READS + WRITES:
            entered = contenders.entered(bare=workload in WRITES)
            warm_up(entered, workload)
            bound.choose_clients(workload)
            runs[workload] = {each.name: [] for each in entered}
            bounds[workload] = []
            for number in range(settings.rounds):
                for each in entered:
                    progress(f"api: {workload}, round {number + 1} of {settings.rounds}, {each.name}")
                    runs[workload][each.name].append(each.measure(workload, settings.seconds))
                progress(f"api: {workload}, round {number + 1} of {settings.rounds}, pgbench")
                bounds[workload].append(bound.measure(workload))
        memory = {each.name: each.memory() for each in contenders.all}
    return api_result.make(runs, bounds, bound.clients, memory)


def warm_up(entered: list[Contender], workload: str) -> None:
    for each in entered:
        progress(f"api: {workload}, warming up {each.name}")
        each.load(workload, WARM_UP)


class UpperBound:
    """pgbench with the statements of each workload, at the number of clients that gets most out of this machine."""

    def __init__(self, settings: Settings, scripts: dict) -> None:
        self.settings, self.scripts = settings, scripts
        self.clients: dict[str, int] = {}

    def choose_clients(self, workload: str) -> None:
        rates = {}
        for clients in pgbench.CLIENTS:
            progress(f"api: {workload}, pgbench with {clients} clients")
            rates[clients] = pgbench.run(
                self.settings, self.scripts[workload], clients, min(3, self.settings.seconds)
            ).rate
        self.clients[workload] = max(rates, key=rates.get)

    def measure(self, workload: str) -> pgbench.Run:
        clients = self.clients[workload]
        return pgbench.run(self.settings, self.scripts[workload], clients, self.settings.seconds)
