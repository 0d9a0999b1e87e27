"""The hand-off of a session between hosts, step by step as a browser walks it (ARCHITECTURE.md, "Sessions")."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit

from support.client import Client
from support.clinics import expect
from support.wire import Answer

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Entry:
    """What the tenant's host asked for: its nonce cookie, and where it sent the browser."""

    cookies: dict[str, str]
    target: str


def query_of(location: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def relative(location: str) -> str:
    parts = urlsplit(location)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def begin(visitor: Client, next_path: str = "/patients") -> Entry:
    """`GET /auth/enter` on the tenant's host."""
    answer = expect(visitor.get("/api/v1/auth/enter", query={"next": next_path}), 302)
    return Entry(answer.cookies(), answer.header("location"))


def hand_off(root_session: Client, entry: Entry) -> Answer:
    """The root host's step, with the session that the browser has there."""
    return root_session.get(relative(entry.target))


def code_of(answer: Answer) -> str | None:
    return query_of(expect(answer, 302).header("location")).get("code")


def finish(visitor: Client, entry: Entry, code: str) -> Answer:
    with_nonce = replace(visitor, cookies={**visitor.cookies, **entry.cookies})
    return with_nonce.post("/api/v1/auth/enter", {"code": code}, headers=SAME_ORIGIN)
