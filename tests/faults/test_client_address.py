"""Whose address counts: believed from trusted proxies only, and what sessions, audit and throttle go by."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from support.clinics import PASSWORD, expect, register_body, sign_up
from support.nginx import Nginx

TOKEN, REGISTER = "/api/v1/auth/token", "/api/v1/auth/register"


@pytest.fixture
def serve(installation, cluster):
    """Starts servers with variables of one's own."""
    started = []

    def start(**environment):
        started.append(installation.server(**environment).start())
        return started[-1]

    yield start
    for server in started:
        server.stop()


def a_clinic(server):
    return sign_up(server.client(), lambda slug: server.client(slug).host, "clinic")


def sign_in(client, email: str, forwarded: str | None = None, password: str = PASSWORD):
    body = {"grant_type": "password", "email": email, "password": password}
    return client.anonymous().post(TOKEN, body, headers={"X-Forwarded-For": forwarded} if forwarded else {})


def seen_address(client, clinic, admin, forwarded: str | None) -> str:
    """The address of a new session, which its audit must name too."""
    tokens = expect(sign_in(client, clinic.email, forwarded), 200).json()
    sessions = expect(client.with_token(tokens["access_token"]).get("/api/v1/auth/sessions"), 200)
    (current,) = [session for session in sessions.json()["results"] if session["current"]]
    audited = admin.value("select client_address from shared.audit_entry where action = 'session.open' "
                          "and object_id = %s", current["id"])
    assert audited == current["ip"]
    return current["ip"]


@pytest.mark.parametrize(("trusted", "forwarded", "client"), [
    ("127.0.0.0/8,::1", None, "127.0.0.1"),
    ("127.0.0.0/8,::1", "203.0.113.9", "203.0.113.9"),
    ("127.0.0.0/8", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
    ("127.0.0.0/8", "203.0.113.9, 10.1.2.3", "10.1.2.3"),
    ("127.0.0.0/8, 10.0.0.0/8", "198.51.100.1, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
    ("127.0.0.1, fd00::/8", "2001:DB8::0001, fd12::5", "2001:db8::1"),
    ("127.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
    ("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
    ("127.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
    ("127.0.0.1", "203.0.113.9, unknown", "127.0.0.1"),
    ("10.0.0.0/8", "203.0.113.9", "127.0.0.1"),
    ("127.0.0.2", "203.0.113.9", "127.0.0.1"),
    ("::1", "203.0.113.9", "127.0.0.1"),
])
def test_the_client_is_the_nearest_that_is_no_trusted_proxy(serve, admin, trusted, forwarded, client):
    server = serve(TERRACE_TRUSTED_PROXIES=trusted)
    clinic = a_clinic(server)
    assert seen_address(server.client(clinic.slug), clinic, admin, forwarded) == client


@pytest.fixture
def through_nginx(tmp_path):
    """Clients of a server behind an nginx that trusts these proxies, as the one that ends TLS."""
    started = []

    def clients(server, trusted: str):
        started.append(Nginx(tmp_path, [server.address], TERRACE_TRUSTED_PROXIES=trusted).start())
        return lambda slug=None: replace(server.client(slug), address=started[-1].address)

    yield clients
    for nginx in started:
        nginx.stop()


@pytest.mark.parametrize(("trusted", "forwarded", "seen"), [
    ("", "203.0.113.9", "127.0.0.1"),
    ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
    ("127.0.0.1", None, "127.0.0.1"),
    ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
    ("127.0.0.1, 10.0.0.0/8,fd00::/8", "203.0.113.9, 2001:DB8::1, fd12::5, 10.1.2.3", "2001:db8::1"),
    ("10.0.0.0/8", "203.0.113.9", "127.0.0.1"),
    ("127.0.0.2", "203.0.113.9", "127.0.0.1"),
])
def test_nginx_believes_the_proxies_before_it_and_nobody_else(serve, through_nginx, admin, trusted, forwarded, seen):
    server = serve()
    clinic = a_clinic(server)
    client = through_nginx(server, trusted)
    assert seen_address(client(clinic.slug), clinic, admin, forwarded) == seen


def test_who_fails_behind_the_proxy_that_ends_tls_locks_nobody_else_out(serve, through_nginx):
    server = serve(**LIMITS)
    clinic, client = a_clinic(server), through_nginx(server, "127.0.0.1")
    for number in range(12):
        assert sign_in(client(), f"{number}@people.example", "203.0.113.9", WRONG).status == 401, number
    assert_throttled(sign_in(client(), clinic.email, "203.0.113.9"), 900)
    assert_throttled(sign_in(client(), clinic.email, "203.0.113.10, 203.0.113.9"), 900)
    expect(sign_in(client(), clinic.email, "203.0.113.10"), 200)


def test_a_stranger_is_not_believed_about_the_host_either(serve):
    server = serve(TERRACE_TRUSTED_PROXIES="10.0.0.0/8")
    clinic = a_clinic(server)
    for headers in ({"X-Forwarded-Host": "no-such-clinic.localhost:18999"}, {"X-Forwarded-Host": "evil.example"}):
        expect(clinic.client.get("/api/v1/auth/me", headers=headers), 200)


def test_two_lines_of_what_a_proxy_says_are_refused(server):
    """A proxy that adds its own line to a forged one: nobody could tell which is whose."""
    client = server.client()
    for headers in ({"X-Forwarded-For": "1.2.3.4", "x-forwarded-for": "203.0.113.9"},
                    {"X-Forwarded-Host": "a.example", "x-forwarded-host": "b.example"}):
        assert client.get("/healthz", headers=headers).status == 400


LIMITS = {"TERRACE_THREADS": "4", "TERRACE_THROTTLE_ACCOUNT_FAILURES": "6", "TERRACE_THROTTLE_ADDRESS_FAILURES": "12",
          "TERRACE_THROTTLE_SIGN_UPS": "3"}
WRONG = "not-the-right-one-1"


def assert_throttled(answer, most_seconds: int):
    assert (answer.status, answer.code) == (429, "throttled")
    assert 0 < int(answer.header("retry-after")) <= most_seconds


def fail(server, email: str, address: str, times: int) -> list[int]:
    """Four at a time, each on a connection of its own: every loop of the process takes part."""
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda _: sign_in(server.client(), email, address, WRONG), range(times))
        return sorted(answer.status for answer in answers)


def test_the_loops_of_a_process_count_together(serve):
    server = serve(**LIMITS)
    clinic = a_clinic(server)
    assert fail(server, clinic.email, "203.0.113.9", 20) == [401] * 6 + [429] * 14
    assert_throttled(sign_in(server.client(), clinic.email, "203.0.113.9"), 900)
    expect(sign_in(server.client(), clinic.email, "203.0.113.10"), 200)


def test_a_success_forgives_no_failure(serve):
    server = serve(**LIMITS)
    clinic, own = a_clinic(server), a_clinic(server)
    for _ in range(5):
        assert sign_in(server.client(), clinic.email, "203.0.113.9", WRONG).status == 401
        expect(sign_in(server.client(), clinic.email, "203.0.113.9"), 200)
    assert sign_in(server.client(), clinic.email, "203.0.113.9", WRONG).status == 401
    assert_throttled(sign_in(server.client(), clinic.email, "203.0.113.9"), 900)
    for _ in range(6):  # twelve from this address by now, whatever its own account does
        expect(sign_in(server.client(), own.email, "203.0.113.9"), 200)
        sign_in(server.client(), f"{secrets.token_hex(4)}@people.example", "203.0.113.9", WRONG)
    assert_throttled(sign_in(server.client(), own.email, "203.0.113.9"), 900)


def test_an_address_is_held_up_over_all_accounts_and_a_network_is_one(serve):
    server = serve(**LIMITS)
    clinic = a_clinic(server)
    for number in range(12):
        answer = sign_in(server.client(), f"{number}@people.example", f"2001:db8:1:2::{number:x}", WRONG)
        assert answer.status == 401, number
    assert_throttled(sign_in(server.client(), clinic.email, "2001:db8:1:2:ffff::1"), 900)
    expect(sign_in(server.client(), clinic.email, "2001:db8:1:3::1"), 200)


def test_the_password_of_a_sign_up_counts_as_a_sign_in(serve):
    server = serve(**{**LIMITS, "TERRACE_THROTTLE_SIGN_UPS": "100"})
    clinic = a_clinic(server)

    def guess():
        body = register_body(f"new-{secrets.token_hex(5)}", email=clinic.email, password=WRONG)
        return server.client().post(REGISTER, body, headers={"X-Forwarded-For": "203.0.113.9"})

    assert [guess().code for _ in range(6)] == ["account_exists"] * 6
    assert_throttled(guess(), 900)
    assert_throttled(sign_in(server.client(), clinic.email, "203.0.113.9"), 900)


def test_sign_ups_are_counted_by_the_hour(serve):
    server = serve(**LIMITS)

    def register(address: str):
        body = register_body(f"new-{secrets.token_hex(5)}")
        return server.client().post(REGISTER, body, headers={"X-Forwarded-For": address})

    assert [register("203.0.113.9").status for _ in range(3)] == [201] * 3
    assert_throttled(register("203.0.113.9"), 3600)
    expect(register("203.0.113.10"), 201)


def test_a_forged_address_is_no_way_around(serve):
    server = serve(**LIMITS, TERRACE_TRUSTED_PROXIES="10.0.0.0/8")
    clinic = a_clinic(server)
    answers = [sign_in(server.client(), clinic.email, f"203.0.113.{number}", WRONG) for number in range(8)]
    assert [answer.status for answer in answers] == [401] * 6 + [429] * 2
