"""Parallel callers that create patients under keys of their own and remember what was acknowledged."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from dataclasses import dataclass

from support.clinics import Clinic
from support.wire import Answer

PATH = "/api/v1/patients"


@dataclass
class Write:
    key: str
    name: str
    acknowledged: str | None = None  # the id that a 201 named
    refused: int | None = None  # the status of an answer that was no 201

    @property
    def body(self) -> dict:
        return {"name": self.name, "sex": "unknown", "age": 30}


def post(clinic: Clinic, write: Write, timeout: float = 15) -> Answer:
    return clinic.client.post(PATH, write.body, headers={"Idempotency-Key": write.key}, timeout=timeout)


class Writers:
    """Each thread writes one patient after the other until `stop` or a lost connection."""

    def __init__(self, clinic: Clinic, threads: int = 8) -> None:
        self.clinic = clinic
        self.mark = secrets.token_hex(4)
        self.writes: list[Write] = []
        self._numbers = itertools.count()
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(threads)]

    def __enter__(self) -> Writers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exception) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join(timeout=30)
            assert not thread.is_alive(), "a writer hangs"

    def _run(self) -> None:
        while not self._stopped.is_set():
            number = next(self._numbers)
            write = Write(key=f"{self.mark}-{number}", name=f"Patient {self.mark} {number}")
            self.writes.append(write)
            try:
                answer = post(self.clinic, write)
            except (ConnectionError, TimeoutError):
                return
            if answer.status == 201:
                write.acknowledged = answer.json()["id"]
            else:
                write.refused = answer.status

    @property
    def acknowledged(self) -> list[Write]:
        return [write for write in self.writes if write.acknowledged]


def retry(clinic: Clinic, write: Write, within: float = 10) -> Answer:
    """Sends a write again, as it was, until it is done."""
    deadline = time.monotonic() + within
    while True:
        answer = post(clinic, write)
        if answer.status != 503 or time.monotonic() > deadline:
            assert answer.status == 201, answer
            return answer
        time.sleep(0.05)


def assert_each_write_stands_once(clinic: Clinic, admin, writes: list[Write]) -> None:
    """After a retry of every write: what was acknowledged is the same object, and nothing stands twice or half."""
    for write in writes:
        answer = retry(clinic, write)
        if write.acknowledged:
            assert answer.json()["id"] == write.acknowledged, f"{write} was lost or doubled"
            assert answer.header("idempotency-replayed") == "true"
    names = [write.name for write in writes]
    stored = admin.rows(
        "select name, count(*) from shared.patient where tenant_id = %s and name = any(%s) group by name",
        clinic.id, names)
    assert dict(stored) == {name: 1 for name in names}
    audited = admin.value(
        """select count(*) from shared.patient p join shared.audit_entry a
           on a.tenant_id = p.tenant_id and a.object_id = p.id and a.action = 'patients.create'
           where p.tenant_id = %s and p.name = any(%s)""", clinic.id, names)
    assert audited == len(names), "a write without its audit, or with two"
