"""A small JSON client for what surrounds the measurements: signing in, one request of each kind."""

from __future__ import annotations

import http.client
import json
import time

from bench.support.console import BenchError


class Refused(BenchError):
    def __init__(self, what: str, status: int, body: str) -> None:
        super().__init__(f"{what}: {status} {body[:400]}")
        self.status = status


class Web:
    """One connection, kept; for one thread."""

    def __init__(self, port: int, host: str) -> None:
        self.host = host
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def request(self, method: str, path: str, body: object = None, token: str = "") -> dict:
        sent = {"Host": self.host}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        if body is not None:
            sent["Content-Type"] = "application/json"
        self.connection.request(method, path, None if body is None else json.dumps(body), sent)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if not 200 <= answer.status < 300:
            raise Refused(f"{method} {path}", answer.status, text)
        return json.loads(text) if text else {}

    def get(self, path: str, token: str = "") -> dict:
        return self.request("GET", path, token=token)

    def post(self, path: str, body: object, token: str = "") -> dict:
        return self.request("POST", path, body, token)

    def sign_in(self, tenant: str, email: str, password: str) -> dict:
        """Waits its turn: password hashes are bounded, and more than fit are answered 503."""
        form = {"grant_type": "password", "email": email, "password": password, "tenant": tenant}
        for _ in range(600):
            try:
                return self.post("/api/v1/auth/token", form)
            except Refused as refused:
                if refused.status not in (429, 503):
                    raise
                time.sleep(0.1)
        raise BenchError(f"Nobody could sign in at {tenant} for a minute.")

    def refresh(self, refresh_token: str) -> dict:
        return self.post("/api/v1/auth/token", {"grant_type": "refresh_token", "refresh_token": refresh_token})
