"""`terrace keys rotate` under two running servers: nobody is signed out, and nothing fails."""

from __future__ import annotations

import base64
import json
import threading

import pytest

from support.clinics import expect, token
from support.waiting import eventually

HEARD_WITHIN = 15  # servers read the keys every ten seconds


@pytest.fixture
def servers(installation, server):
    second = installation.server().start()
    yield server, second
    second.stop()


def key_of(access_token: str) -> str:
    header = access_token.split(".")[0]
    return json.loads(base64.urlsafe_b64decode(header + "=="))["kid"]


def published(server) -> set[str]:
    return {key["kid"] for key in expect(server.client().get("/.well-known/jwks.json"), 200).json()["keys"]}


def listed(installation) -> dict[str, str]:
    """The state of each key, as an operator sees it."""
    done = installation.run("keys", "list")
    assert done.returncode == 0, done
    return dict(line.split()[:2] for line in done.stdout.splitlines()[1:])


class Session:
    """A program that calls with its access token, and refreshes it all the while."""

    def __init__(self, server, clinic) -> None:
        self.client = server.client(clinic.slug)
        self.tokens = expect(token(self.client, clinic.email), 200).json()
        self.answered: dict[int, int] = {}
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Session:
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._stopped.set()
        self._thread.join(timeout=15)

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._count(self.client.with_token(self.tokens["access_token"]).get("/api/v1/auth/me"))
            body = {"grant_type": "refresh_token", "refresh_token": self.tokens["refresh_token"]}
            answer = self._count(self.client.post("/api/v1/auth/token", body))
            if answer.status == 200:
                self.tokens = answer.json()

    def _count(self, answer):
        self.answered[answer.status] = self.answered.get(answer.status, 0) + 1
        return answer


def test_a_rotation_signs_nobody_out(installation, servers, clinic, admin):
    old_token = expect(token(clinic.client, clinic.email), 200).json()["access_token"]
    old = key_of(old_token)
    assert listed(installation)[old] == "signing"

    def old_token_is_good():
        return [server.client(clinic.slug).with_token(old_token).get("/api/v1/auth/me").status for server in servers]

    with Session(servers[0], clinic) as first, Session(servers[1], clinic) as second:
        done = installation.run("keys", "rotate")
        assert done.returncode == 0, done
        (new,) = [kid for kid, state in listed(installation).items() if state == "next"]
        assert new in done.stdout
        for server in servers:
            eventually(lambda: published(server) == {old, new}, HEARD_WITHIN, "the next key is published")
        assert key_of(first.tokens["access_token"]) == key_of(second.tokens["access_token"]) == old, "not yet"

        again = installation.run("keys", "rotate")
        assert again.returncode == 1 and "has not begun to sign" in again.stderr, again

        # Six minutes later.
        admin.do("update catalog.signing_key set not_before = now() where kid = %s", new)
        for session in (first, second):
            eventually(lambda: key_of(session.tokens["access_token"]) == new, HEARD_WITHIN, "the new key signs")
        assert listed(installation) == {new: "signing", old: "verifies"}
        assert [published(server) for server in servers] == [{old, new}] * 2
        assert old_token_is_good() == [200, 200]

        # A quarter of an hour later no token of the old key can be alive.
        admin.do("update catalog.signing_key set not_before = not_before - interval '15 minutes'")
        for server in servers:
            eventually(lambda: published(server) == {new}, HEARD_WITHIN, "the old key is gone")
    assert old_token_is_good() == [401, 401]
    for session in (first, second):
        assert set(session.answered) == {200}, session.answered


def test_a_retired_key_verifies_nothing_and_is_replaced(installation, servers, clinic):
    tokens = expect(token(clinic.client, clinic.email), 200).json()
    old_token = tokens["access_token"]
    known = key_of(old_token)
    assert installation.run("keys", "retire", known).returncode == 0
    for server in servers:
        eventually(lambda: known not in published(server) and published(server), HEARD_WITHIN, "another key signs")
        client = server.client(clinic.slug)
        assert client.with_token(old_token).get("/api/v1/auth/me").status == 401
        body = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
        tokens = expect(client.post("/api/v1/auth/token", body), 200).json()
        expect(client.with_token(tokens["access_token"]).get("/api/v1/auth/me"), 200)
    assert listed(installation)[known] == "retired"
    assert installation.run("keys", "retire", "no-such-key").returncode == 1
