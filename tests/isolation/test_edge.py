"""Bytes that are no HTTP, and messages that two parsers could frame differently, end at the edge."""

import pytest

from support import wire
from support.hostile import GARBAGE, SMUGGLING


@pytest.fixture(params=["nginx", "api"])
def address(world, request):
    return getattr(world.stack, request.param)


def assert_serves(world):
    assert world.a.client.get("/api/v1/auth/me").status == 200
    assert world.direct(world.root).get("/healthz").status == 200


@pytest.mark.parametrize("name", SMUGGLING)
def test_a_smuggled_request_is_not_answered(world, address, name):
    """The hidden request asks for B's patients with B's token, behind A's back; it may not be answered."""
    hidden = (f"GET /api/v1/patients HTTP/1.1\r\nHost: {world.b.host}\r\n"
              f"Authorization: Bearer {world.b.client.token}\r\n\r\n").encode()
    data = SMUGGLING[name](world.a.host.encode(), hidden)
    raw = wire.provoke(address, data)
    assert world.b.canary.encode() not in raw, raw
    assert raw.count(b"HTTP/1.1 ") <= 2, raw
    assert_serves(world)


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_refused_and_the_service_goes_on(world, address, name):
    raw = wire.provoke(address, GARBAGE[name](world.a.host.encode()))
    assert not raw.startswith(b"HTTP/1.1 2"), raw
    assert_serves(world)


def test_a_header_that_ends_in_a_trailer_is_no_credential(world):
    """nginx takes chunked bodies; what their trailers say must not become a field of the request."""
    body = (b"2\r\n{}\r\n0\r\nAuthorization: Bearer " + world.a.client.token.encode() + b"\r\nX-Forwarded-Host: "
            + world.b.host.encode() + b"\r\n\r\n")
    head = (b"POST /api/v1/patients HTTP/1.1\r\nHost: " + world.a.host.encode() + b"\r\n"
            b"Content-Type: application/json\r\n"
            b"Connection: close\r\nTransfer-Encoding: chunked\r\nTrailer: Authorization\r\n\r\n")
    raw = wire.exchange(world.stack.nginx, head + body)
    assert wire.parse(b"", raw).status in (400, 401)
