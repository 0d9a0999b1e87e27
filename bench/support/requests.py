"""Requests of Terrace as bytes, for the clients that send them on sockets of their own."""

from __future__ import annotations

import json
import random

from bench.support import ids
from bench.support.sessions import Sessions, host
from bench.support.settings import Settings


class Requests:
    """Of one tenant, with its receptionist's token."""

    def __init__(self, settings: Settings, sessions: Sessions, tenant: int) -> None:
        self.settings, self.tenant = settings, tenant
        self.headers = f"Host: {host(settings, tenant)}\r\nAuthorization: Bearer {sessions.access_tokens[tenant]}\r\n"

    def get(self, path: str) -> bytes:
        return f"GET {path} HTTP/1.1\r\n{self.headers}\r\n".encode()

    def reads(self) -> list[bytes]:
        """One patient and the list, in turn."""
        patients = (ids.patient_id(self.tenant, patient) for patient in range(1, self.settings.patients + 1))
        paths = (path for patient in patients for path in (f"/api/v1/patients/{patient}", "/api/v1/patients"))
        return [self.get(path) for path in paths]

    def searches(self) -> list[bytes]:
        return [self.get(f"/api/v1/patients?search={word}") for word in ("agar", "kulk", "fern", "redd", "josh")]

    def new_patients(self, count: int) -> list[bytes]:
        return [self._new_patient() for _ in range(count)]

    def _new_patient(self) -> bytes:
        phone = f"+918{random.randrange(10**9):09d}"
        body = json.dumps({"name": "Kavita Joshi", "sex": "female", "date_of_birth": "1980-05-15", "phone": phone})
        head = f"POST /api/v1/patients HTTP/1.1\r\n{self.headers}Content-Type: application/json\r\n"
        return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()
