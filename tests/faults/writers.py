"""Parallel callers that create patients under keys of their own, send again what failed, and remember what was
acknowledged; the ledger that says whether each write stands exactly once; readers beside them."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from dataclasses import dataclass, replace

from drill import WATCHED
from samples import NO_ANSWER, Sample, Window
from support.clinics import Clinic, expect, token
from support.waiting import eventually
from support.wire import Answer

PATH = "/api/v1/patients"
PACE = 0.025  # of a caller who has been answered: else the callers have the processors, and not what is tried
WATCHING_PACE = 0.1  # enough to notice an error; other drills run at the same time
PAUSE = 0.05  # before a write is sent again
TOKEN_LASTS = 200  # seconds, well below the five minutes of an access token


@dataclass
class Write:
    key: str
    name: str
    acknowledged: str | None = None  # the id that a 201 named

    @property
    def body(self) -> dict:
        return {"name": self.name, "sex": "unknown", "age": 30}


def post(clinic: Clinic, write: Write, timeout: float = 15) -> Answer:
    return clinic.client.post(PATH, write.body, headers={"Idempotency-Key": write.key}, timeout=timeout)


class Callers:
    """Threads that call until `stop`; every call leaves a sample."""

    def __init__(self, clinic: Clinic, threads: int, pace: float) -> None:
        self.clinic = clinic
        self.pace = pace
        self.signed_in = time.monotonic()
        self.samples: list[Sample] = []
        self.stopped = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(threads)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exception) -> None:
        self.stopped.set()
        for thread in self._threads:
            thread.join(timeout=30)
            assert not thread.is_alive(), "a caller hangs"

    def statuses(self) -> set[int]:
        return {sample.status for sample in self.samples}

    def succeeded(self) -> int:
        return sum(not sample.failed for sample in self.samples)

    def failed(self) -> int:
        return sum(sample.failed for sample in self.samples)

    def _run(self) -> None:
        while not self.stopped.is_set():
            if time.monotonic() - self.signed_in > TOKEN_LASTS:
                self._sign_in()
            self.once()
            self.stopped.wait(self.pace)

    def _sign_in(self) -> None:
        self.signed_in = time.monotonic()
        session = expect(token(self.clinic.client, self.clinic.email), 200).json()
        self.clinic.client = replace(self.clinic.client, token=session["access_token"])

    def once(self) -> None:
        raise NotImplementedError

    def call(self, send) -> Answer | None:
        """The answer; nothing when the connection ended without one."""
        began = time.monotonic()
        try:
            answer = send()
        except (ConnectionError, TimeoutError):
            answer = None
        self.samples.append(Sample(began, time.monotonic(), answer.status if answer else NO_ANSWER))
        return answer


class Writers(Callers):
    """Each thread writes one patient after the other, and the same one again until it is acknowledged."""

    def __init__(self, clinic: Clinic, threads: int = 8, pace: float = PACE) -> None:
        super().__init__(clinic, threads, pace)
        self.mark = secrets.token_hex(4)
        self.writes: list[Write] = []
        self._numbers = itertools.count()

    def once(self) -> None:
        number = next(self._numbers)
        write = Write(key=f"{self.mark}-{number}", name=f"Patient {self.mark} {number}")
        self.writes.append(write)
        while not self.stopped.is_set():
            answer = self.call(lambda: post(self.clinic, write))
            if answer and answer.status == 201:
                write.acknowledged = answer.json()["id"]
                return
            self.stopped.wait(PAUSE)

    @property
    def acknowledged(self) -> list[Write]:
        return [write for write in self.writes if write.acknowledged]


class Readers(Callers):
    """Each thread reads the same path again and again."""

    def __init__(self, clinic: Clinic, path: str = PATH, threads: int = 2, pace: float = PACE) -> None:
        super().__init__(clinic, threads, pace)
        self.path = path

    def once(self) -> None:
        answer = self.call(lambda: self.clinic.client.get(self.path))
        if not answer or answer.status != 200:
            self.stopped.wait(PAUSE)


def keep_calling(fault: Window, *callers: Callers) -> None:
    """They call on after the fault, more slowly, for as long as errors could come that must not."""
    for each in callers:
        each.pace = max(each.pace, WATCHING_PACE)
    time.sleep(max(0.0, fault.ended + WATCHED - time.monotonic()))


def warm_up(clinic: Clinic, writes: int = 40) -> None:
    """Afterwards the server has connected, prepared and cached what load makes it."""
    with Writers(clinic) as writers:
        eventually(lambda: len(writers.acknowledged) >= writes, 30, "writes are acknowledged")


def retry(clinic: Clinic, write: Write, within: float = 10) -> Answer:
    """Sends a write again, as it was, until it is done."""
    deadline = time.monotonic() + within
    while True:
        answer = post(clinic, write)
        if answer.status != 503 or time.monotonic() > deadline:
            assert answer.status == 201, answer
            return answer
        time.sleep(PAUSE)


@dataclass(frozen=True)
class Ledger:
    acknowledged: int
    lost: int
    doubled: int


def ledger(clinic: Clinic, admin, writes: list[Write]) -> Ledger:
    """What became of writes, by SQL: each may stand once, an acknowledged one must, under the id that was named."""
    stored = admin.rows(
        "select name, array_agg(id::text) from shared.patient where tenant_id = %s and name = any(%s) group by name",
        clinic.id, [write.name for write in writes])
    ids = dict(stored)
    acknowledged = [write for write in writes if write.acknowledged]
    lost = [write for write in acknowledged if write.acknowledged not in ids.get(write.name, [])]
    doubled = [name for name, found in ids.items() if len(found) > 1]
    return Ledger(len(acknowledged), len(lost), len(doubled))


def assert_each_write_stands_once(clinic: Clinic, admin, writes: list[Write]) -> Ledger:
    """What was acknowledged is there before anything is sent again. After a retry of what was not, and of some that
    were: the same objects, nothing twice or half."""
    found = ledger(clinic, admin, writes)
    assert (found.lost, found.doubled) == (0, 0)
    for write in writes:
        if not write.acknowledged:
            write.acknowledged = retry(clinic, write).json()["id"]
    for write in writes[:: max(1, len(writes) // 40)]:
        answer = retry(clinic, write)
        assert answer.json()["id"] == write.acknowledged, f"{write} was lost or doubled"
        assert answer.header("idempotency-replayed") == "true"
    found_again = ledger(clinic, admin, writes)
    assert (found_again.acknowledged, found_again.lost, found_again.doubled) == (len(writes), 0, 0)
    admin.do("analyze shared.patient, shared.audit_entry")  # a move fills tables faster than PostgreSQL counts them
    audited = admin.value(
        """select count(*) from shared.patient p join shared.audit_entry a
           on a.tenant_id = p.tenant_id and a.object_id = p.id and a.action = 'patients.create'
           where p.tenant_id = %s and p.name = any(%s)""", clinic.id, [write.name for write in writes])
    assert audited == len(writes), "a write without its audit, or with two"
    return found
