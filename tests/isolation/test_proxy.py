"""A peer that is no proxy of ours says in vain for whom it speaks: on loopback every peer is one, so here none is."""

from __future__ import annotations

import pytest

from support.clinics import expect, sign_up


@pytest.fixture
def two(installation):
    """Two clinics on a server that trusts an address where nobody is."""
    made = installation.copy("untrusting")
    made.make_places(2)
    server = made.server(TERRACE_TRUSTED_PROXIES="192.0.2.1/32").start()
    try:
        yield [sign_up(server.client(), lambda slug: server.client(slug).host, name) for name in ("aaa", "bbb")]
    finally:
        server.stop()


def test_what_a_stranger_forwards_is_not_believed(two):
    a, b = two
    own = expect(a.client.get("/api/v1/auth/me"), 200)
    seen = a.client.get("/api/v1/auth/me", headers={"X-Forwarded-Host": b.host, "X-Forwarded-Proto": "https"})
    assert seen.comparable() == own.comparable()
