"""What ends in one process is over in every other within a second, and at once where the polling is broken."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import replace

import pytest

from support.clinics import expect, sign_up, token
from support.waiting import eventually

PATH = "/api/v1/patients"
WITHIN = 1.0  # docs/security.md
IN_A_ROW = 16  # each on a connection of its own, so that every loop of the process is asked


@pytest.fixture
def other(installation, server):
    """A second process over the same database."""
    running = installation.server(TERRACE_THREADS="2").start()
    yield running
    running.stop()


def at(process, client):
    return replace(client, address=process.address)


def seconds_to(status: int, client, since: float) -> float:
    """From `since` to the last request that was answered otherwise."""
    last = since

    def all_say_so():
        nonlocal last
        for _ in range(IN_A_ROW):
            asked = time.monotonic()
            if client.get(PATH).status != status:
                last = asked
                return False
        return True

    eventually(all_say_so, 10, f"every loop answers {status}", every=0)
    return last - since


def signed_in(clinic):
    """One more session of the owner, as a program and as a browser."""
    access_token = expect(token(clinic.client, clinic.email), 200).json()["access_token"]
    return clinic.client.with_token(access_token), clinic.client.with_cookies({"__Host-at": access_token})


def sign_out(browser) -> float:
    expect(browser.post("/api/v1/auth/logout", {}, headers={"Sec-Fetch-Site": "same-origin"}), 204)
    return time.monotonic()


def test_a_signed_out_session_is_refused_elsewhere(clinic, other):
    program, browser = signed_in(clinic)
    assert seconds_to(200, at(other, program), time.monotonic()) < WITHIN
    assert seconds_to(401, at(other, program), sign_out(browser)) < WITHIN
    expect(at(other, clinic.client).get(PATH), 200)


def test_a_session_that_is_ended_from_the_list_is_refused_elsewhere(clinic, other):
    program, browser = signed_in(clinic)
    sessions = expect(clinic.client.get("/api/v1/auth/sessions"), 200).json()["results"]
    assert [session["current"] for session in sessions] == [True, False]
    expect(at(other, program).get(PATH), 200)
    expect(clinic.client.delete(f"/api/v1/auth/sessions/{sessions[1]['id']}"), 204)
    assert seconds_to(401, at(other, program), time.monotonic()) < WITHIN


def test_signing_out_everywhere_is_everywhere(clinic, other):
    programs = [signed_in(clinic)[0] for _ in range(3)]
    expect(programs[0].post("/api/v1/auth/logout-all", {}), 204)
    ended = time.monotonic()
    for client in (*programs, clinic.client):
        assert seconds_to(401, at(other, client), ended) < WITHIN
    assert signed_in(clinic)[0].get(PATH).status == 200


def test_an_operator_signs_a_person_out_of_every_process(installation, clinic, server, other):
    program, _ = signed_in(clinic)
    shown = installation.run("user", "sessions", clinic.email.upper())
    assert shown.returncode == 0 and shown.stdout.count(clinic.slug) == 2, shown
    done = installation.run("user", "sign-out", clinic.email)
    ended = time.monotonic()
    assert (done.returncode, done.stdout) == (0, f"Ended 2 sessions of {clinic.email}.\n"), done
    for process in (server, other):
        assert seconds_to(401, at(process, program), ended) < WITHIN
    assert installation.run("user", "sign-out", "nobody@people.example").returncode == 1


def test_a_removed_member_is_refused_elsewhere(server, clinic, other, admin):
    guest = sign_up(server.client(), lambda slug: server.client(slug).host, "guest")
    admin.add_member(clinic.id, guest.user_id, "doctor")
    session = expect(token(clinic.client, guest.email), 200).json()["access_token"]
    client = at(other, clinic.client.with_token(session))
    assert seconds_to(200, client, time.monotonic()) < WITHIN
    admin.do("update catalog.membership set role_slug = 'member' where user_id = %s and tenant_id = %s",
             guest.user_id, clinic.id)
    assert seconds_to(403, client, time.monotonic()) < WITHIN
    admin.do("update catalog.membership set role_slug = 'doctor' where user_id = %s and tenant_id = %s",
             guest.user_id, clinic.id)
    assert seconds_to(200, client, time.monotonic()) < WITHIN
    assert seconds_to(403, client, admin.remove_member(clinic.id, guest.user_id)) < WITHIN


@contextmanager
def deafness(admin):
    """No process can read what changes."""
    admin.do("revoke select on catalog.change from terrace_platform")
    try:
        yield
    finally:
        admin.do("grant select on catalog.change to terrace_platform")


def test_who_cannot_poll_asks_postgresql_at_every_request(clinic, other, admin):
    program, browser = signed_in(clinic)
    expect(at(other, program).get(PATH), 200)
    with deafness(admin):
        # The knowledge of the last good poll counts for five seconds.
        assert seconds_to(401, at(other, program), sign_out(browser)) < 5 + WITHIN
        for _ in range(3):
            program, browser = signed_in(clinic)
            expect(at(other, program).get(PATH), 200)
            sign_out(browser)
            assert at(other, program).get(PATH).status == 401, "at once: nothing is taken from memory"


def test_who_can_poll_again_knows_what_has_ended_meanwhile(clinic, other, admin):
    program, browser = signed_in(clinic)
    expect(at(other, program).get(PATH), 200)
    with deafness(admin):
        eventually(lambda: "change_feed.lost" in other.output(), 5, "the polling is broken")
        sign_out(browser)
    eventually(lambda: "change_feed.back" in other.output(), 5, "the polling works again")
    assert seconds_to(401, at(other, program), time.monotonic()) < WITHIN
