"""Non-interference: what a clinic observes alone in its database, it observes beside a busy neighbour, too."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest

from chance import FULL, SEED
from programs import Run, program
from support.clinics import Clinic, sign_up

PROGRAMS, STEPS = (40, 250) if FULL else (2, 120)


@pytest.fixture(scope="module")
def servers(installation):
    """Two of the same program, each over a database of its own."""
    alone, beside = (installation.copy(name) for name in ("alone", "beside"))
    alone.make_places(PROGRAMS)
    beside.make_places(3 * PROGRAMS)
    made = [alone.server(), beside.server()]
    try:
        yield [server.start() for server in made]
    finally:
        for server in made:
            server.stop()


def clinic_of(server, name: str) -> Clinic:
    return sign_up(server.client(), lambda slug: server.client(slug).host, name)


@contextmanager
def busy(clinics: list[Clinic], seed: int):
    """Neighbours that run other programs over the same kinds of data until the block ends."""
    stop, faults = threading.Event(), []

    def work(clinic: Clinic, number: int) -> None:
        runner = Run(clinic)
        try:
            while not stop.is_set():
                number += 1_000
                for step in program(seed + number, 50):
                    if stop.is_set():
                        return
                    runner.step(step)
        except Exception as fault:  # a thread's own would be lost
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(clinic, i)) for i, clinic in enumerate(clinics)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert not faults, faults


@pytest.mark.parametrize("number", range(PROGRAMS))
def test_a_neighbour_changes_nothing_that_a_clinic_observes(servers, number):
    seed = SEED + number
    alone, beside = (clinic_of(server, "quiet") for server in servers)
    neighbours = [clinic_of(servers[1], "busy") for _ in range(2)]
    forbidden = frozenset().union(*(neighbour.secrets() for neighbour in neighbours))
    beside.client = replace(beside.client, forbidden=forbidden)
    one, other = Run(alone), Run(beside)
    with busy(neighbours, seed):
        for place, step in enumerate(program(seed, STEPS)):
            assert other.step(step) == one.step(step), f"TERRACE_SEED={seed}, step {place}: {step}"
