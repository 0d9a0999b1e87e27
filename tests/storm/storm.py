"""Callers of every kind at once, who come, ask, write, sign in, and leave where they like."""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import socket
import struct
import threading
from collections import Counter

from support import wire
from support.clinics import PASSWORD, Clinic
from support.wire import Address

PATIENTS = "/api/v1/patients"
CALLERS = 16
BROKEN = [
    b"GET / HTTP/1.1\nHost: a\n\n",
    b"\x16\x03\x01\x02\x00",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n",
]


class Gone(Exception):
    """The server ended the connection, or takes none."""


class Storm:
    """Runs in a thread of its own from `with` on until its end. What the callers saw is in the attributes."""

    def __init__(self, address: Address, clinics: list[Clinic]) -> None:
        self.address = address
        self.clinics = clinics
        self.seed = secrets.randbits(32)
        self.dice = random.Random(self.seed)
        self.statuses: Counter[int] = Counter()
        self.done: Counter[str] = Counter()  # by the name of the act
        self.patients: dict[str, list[str]] = {clinic.slug: [] for clinic in clinics}  # ids that a 201 named
        self.fault: BaseException | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Storm:
        self._thread.start()
        return self

    def __exit__(self, *_exception) -> None:
        self._stopped.set()
        self._thread.join(timeout=60)
        assert not self._thread.is_alive(), "a caller hangs"

    def acts(self) -> int:
        """How many so far; raises what a caller raised."""
        if self.fault:
            raise self.fault
        return sum(self.done.values())

    def _run(self) -> None:
        try:
            asyncio.run(self._all())
        except BaseException as fault:  # the test's own thread reports it
            self.fault = fault

    async def _all(self) -> None:
        async with asyncio.TaskGroup() as callers:
            for _ in range(CALLERS):
                callers.create_task(self._call())

    async def _call(self) -> None:
        acts = [self.ask, self.ask, self.write, self.sign_in, self.leave_before_the_end, self.leave_the_answer,
                self.babble]
        while not self._stopped.is_set():
            act = self.dice.choice(acts)
            try:
                await asyncio.wait_for(act(self.dice.choice(self.clinics)), timeout=60)
                self.done[act.__name__] += 1
            except (Gone, ConnectionError):
                self.done["gone"] += 1
                await asyncio.sleep(0.01)

    # --- what a caller does ---

    async def ask(self, clinic: Clinic) -> None:
        """Several requests down one connection, pipelined."""
        requests = [self._reading(clinic) for _ in range(self.dice.randint(1, 5))]
        async with Connection(self.address) as connection:
            await connection.send(b"".join(requests))
            for request in requests:
                self._note(*await connection.answer(request))

    async def write(self, clinic: Clinic) -> None:
        """A new patient, or changes of one by two callers at once."""
        known = self.patients[clinic.slug]
        if not known or self.dice.random() < 0.5:
            status, body = await self._one(self._creation(clinic))
            if status == 201:
                known.append(json.loads(body)["id"])
            return
        target = f"{PATIENTS}/{self.dice.choice(known)}"
        change = [self._request(clinic, "PATCH", target, {"city": f"City {self.dice.random()}"}) for _ in range(2)]
        for status, _ in await asyncio.gather(*map(self._one, change)):
            assert status in (200, 409, 412, 503), status

    async def sign_in(self, clinic: Clinic) -> None:
        right = self.dice.random() < 0.7
        password = PASSWORD if right else "wrong-and-long-enough"
        body = {"grant_type": "password", "email": clinic.email, "password": password}
        status, answer = await self._one(self._request(clinic, "POST", "/api/v1/auth/token", body, signed_in=False))
        assert status in ((200, 503) if right else (401, 429, 503)), (status, answer)
        if status == 200:
            tokens = json.loads(answer)
            # A person has so many sessions at most: the one of the sign-up would end in a long storm.
            clinic.client = clinic.client.with_token(tokens["access_token"])
            refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
            again = self._request(clinic, "POST", "/api/v1/auth/token", refresh, signed_in=False)
            for status, _ in await asyncio.gather(self._one(again), self._one(again)):  # two tabs at once
                assert status in (200, 503), status

    async def leave_before_the_end(self, clinic: Clinic) -> None:
        """In the middle of a head or of a body."""
        whole = self.dice.choice([self._reading, self._creation])(clinic)
        async with Connection(self.address) as connection:
            await connection.send(whole[: self.dice.randrange(len(whole))])
            connection.leave(abruptly=self.dice.random() < 0.5)

    async def leave_the_answer(self, clinic: Clinic) -> None:
        """At once, or in the middle of an answer."""
        requests = [self.dice.choice([self._reading, self._creation])(clinic) for _ in range(self.dice.randint(1, 3))]
        async with Connection(self.address) as connection:
            await connection.send(b"".join(requests))
            if self.dice.random() < 0.7:
                await connection.reader.read(self.dice.randint(1, 600))
            connection.leave(abruptly=self.dice.random() < 0.5)

    async def babble(self, clinic: Clinic) -> None:
        """What is no request is refused, and the connection ends."""
        async with Connection(self.address) as connection:
            await connection.send(self.dice.choice(BROKEN))
            assert not (await connection.reader.read()).startswith(b"HTTP/1.1 2")

    # --- requests and answers ---

    def _reading(self, clinic: Clinic) -> bytes:
        known = self.patients[clinic.slug]
        targets = [PATIENTS, f"{PATIENTS}?search=asha&ordering=name", "/api/v1/auth/me", "/healthz", "/readyz",
                   "/api/v1/openapi.json", "/.well-known/jwks.json", "/no/such/route"]
        if known:
            targets += [f"{PATIENTS}/{self.dice.choice(known)}"] * 3
        return self._request(clinic, "GET", self.dice.choice(targets))

    def _creation(self, clinic: Clinic) -> bytes:
        key = {"Idempotency-Key": f"{self.dice.random()}"}
        return self._request(clinic, "POST", PATIENTS, clinic.patient_body(), key)

    def _request(self, clinic: Clinic, method: str, target: str, body: dict | None = None,
                 more: dict[str, str] | None = None, signed_in: bool = True) -> bytes:
        headers = {"Host": clinic.host, **(more or {})}
        if signed_in:
            headers["Authorization"] = f"Bearer {clinic.client.token}"
        data = b""
        if body is not None:
            data = json.dumps(body).encode()
            headers |= {"Content-Type": "application/json", "Content-Length": str(len(data))}
        return wire.head(method, target, list(headers.items())) + data

    async def _one(self, request: bytes) -> tuple[int, bytes]:
        async with Connection(self.address) as connection:
            await connection.send(request)
            status, body = await connection.answer(request)
            self._note(status, body)
            return status, body

    def _note(self, status: int, body: bytes) -> None:
        self.statuses[status] += 1
        assert status < 500 or status == 503, (status, body)


class Connection:
    def __init__(self, address: Address) -> None:
        self.address = address

    async def __aenter__(self) -> Connection:
        self.reader, self.writer = await asyncio.open_connection(*self.address)
        return self

    async def __aexit__(self, *_exception) -> None:
        self.writer.transport.abort()

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, request: bytes) -> tuple[int, bytes]:
        try:
            head = await self.reader.readuntil(b"\r\n\r\n")
            length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0")
            return int(head.split(b" ", 2)[1]), await self.reader.readexactly(int(length.split(b":")[1]))
        except asyncio.IncompleteReadError as cut:
            raise Gone(request[:40]) from cut

    def leave(self, abruptly: bool) -> None:
        """With a FIN, or with the RST of a client that has vanished."""
        if abruptly:
            linger = struct.pack("ii", 1, 0)
            self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.writer.transport.abort()
