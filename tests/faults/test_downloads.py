"""Downloads of a whole list that do not come to their end: the client sees it, and nothing is left behind."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from threading import Barrier

import pytest

from drill import Footprint
from support.clinics import expect, sign_up
from support.database import Admin
from support.process import connections_to, resident_bytes
from support.waiting import eventually
from writers import PATH, warm_up

ROWS = 20_000
CUT_WITHIN = 13  # a client has ten seconds for each 64 KB
BACK_WITHIN = 5
AT_ONCE = 4  # of one clinic
SLOW_READERS = 20

FILL = """
    insert into shared.patient (tenant_id, id, number, name, name_sort, sex, born_on, dob_precision, address)
    select %s, gen_random_uuid(), 1000 + i, 'Patient ' || i, 'patient ' || i, 'other', '1980-01-01', 'day',
           repeat('Terrace Row ', 20)
    from generate_series(1, %s) as i
"""


@pytest.fixture
def full(clinic, installation):
    """The clinic with a list that no buffer between server and client holds."""
    Admin(installation.admin_url).do(FILL, clinic.id, ROWS)
    return clinic


def another(server, installation):
    made = sign_up(server.client(), lambda slug: server.client(slug).host, "another")
    Admin(installation.admin_url).do(FILL, made.id, ROWS)
    return made


@contextmanager
def asked(server, clinic, form: str = "csv") -> Iterator[http.client.HTTPResponse]:
    """A download whose head has come, by a client that takes little ahead of what is read."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
        connection.settimeout(30)
        connection.connect(server.address)
        connection.sendall(f"GET {PATH}?format={form} HTTP/1.1\r\nHost: {clinic.host}\r\n"
                           f"Authorization: Bearer {clinic.client.token}\r\n\r\n".encode())
        with http.client.HTTPResponse(connection) as answer:
            answer.begin()
            yield answer


@contextmanager
def download(server, clinic, form: str = "csv") -> Iterator[http.client.HTTPResponse]:
    with asked(server, clinic, form) as answer:
        assert (answer.status, answer.getheader("transfer-encoding")) == (200, "chunked")
        yield answer


def is_whole_again(server, clinic) -> bool:
    """False while the loop that the connection came to is still without PostgreSQL: each comes back by itself."""
    try:
        with download(server, clinic) as answer:
            return len(answer.read().splitlines()) == ROWS + 1
    except AssertionError:
        return False


def takes_a_little(server, clinic) -> bool:
    with asked(server, clinic) as answer:
        return answer.status == 200 and len(answer.read(1_000)) == 1_000


def test_a_download_is_whole(server, full):
    with download(server, full, "ndjson") as answer:
        numbers = [json.loads(line)["number"] for line in answer.read().splitlines()]
    assert len(numbers) == len(set(numbers)) == ROWS


def test_a_download_that_loses_postgresql_is_visibly_cut(server, full, cluster):
    with download(server, full) as answer:
        assert answer.read(10_000)
        cluster.stop("immediate")
        try:
            with pytest.raises(http.client.IncompleteRead):
                answer.read()
        finally:
            cluster.start()
    eventually(lambda: is_whole_again(server, full), BACK_WITHIN, "service is back")


@pytest.fixture
def alone(installation):
    """A server of one loop: what it knows at one request it knows at the other."""
    made = installation.server(TERRACE_THREADS="1").start()
    yield made
    made.stop()


def sign_out(clinic, admin):
    admin.do("update catalog.session set revoked_at = now() where user_id = (select user_id from catalog.membership "
             "where tenant_id = %s)", clinic.id)


def remove(clinic, admin):
    admin.do("delete from catalog.membership where tenant_id = %s", clinic.id)


def demote(clinic, admin):
    admin.do("update catalog.membership set role_slug = 'member' where tenant_id = %s", clinic.id)


@pytest.mark.parametrize(("end", "status"), [(sign_out, 401), (remove, 403), (demote, 403)])
def test_a_download_ends_with_what_admitted_it(alone, full, admin, end, status):
    client = replace(full.client, address=alone.address)
    with download(alone, full) as answer:
        assert answer.read(10_000)
        end(full, admin)
        eventually(lambda: client.get(PATH).status == status, 3, "the caller is refused")
        with pytest.raises(http.client.IncompleteRead):
            answer.read()


def test_clients_that_go_away_leave_nothing_behind(server, full, drill):
    """Downloads whose clients go away half-way leave neither memory nor descriptors."""
    warm_up(full)
    with download(server, full) as answer:
        answer.read()
    base = Footprint.of(server.process.pid)
    for _ in range(50):
        eventually(lambda: takes_a_little(server, full), BACK_WITHIN, "the place of one that has gone is free")
    drill.assert_back_to_base(server.process.pid, base)


def test_a_clinic_has_a_few_downloads_at_once(server, full, installation):
    """Of all that begin together as many go on as may; the others are refused, and nobody else is."""
    other = another(server, installation)
    begun = Barrier(3 * AT_ONCE)
    with ExitStack() as stack, ThreadPoolExecutor(begun.parties) as pool:
        def begin() -> http.client.HTTPResponse:
            begun.wait()
            return stack.enter_context(asked(server, full))

        told = [future.result() for future in [pool.submit(begin) for _ in range(begun.parties)]]
        assert sorted(answer.status for answer in told) == [200] * AT_ONCE + [429] * (begun.parties - AT_ONCE)
        refused = next(answer for answer in told if answer.status == 429)
        assert int(refused.getheader("retry-after")) > 0
        assert json.loads(refused.read())["code"] == "too_many_downloads"

        anything = {"Accept": "*/*"}
        once_more = full.client.get(f"{PATH}?format=ndjson", headers=anything)
        assert expect(once_more, 429).code == "too_many_downloads"
        assert full.client.get(PATH).status == 200
        assert full.client.get(f"{PATH}?format=csv&sex=female", headers=anything).status == 200
        with download(server, other) as answer:
            assert len(answer.read().splitlines()) == ROWS + 1
        for answer in told:
            if answer.status == 200:
                assert len(answer.read().splitlines()) == ROWS + 1
    assert is_whole_again(server, full)


def test_a_client_that_goes_away_gives_its_place_back(server, full):
    for _ in range(3):
        with ExitStack() as stack:
            for _ in range(AT_ONCE):
                assert stack.enter_context(download(server, full)).read(1_000)
        eventually(lambda: is_whole_again(server, full), CUT_WITHIN, "the places are free")


def test_slow_readers_take_little_memory_and_are_cut(server, full, installation, drill):
    """Downloads that nobody reads hold one batch each, hinder nobody, and end after ten seconds."""
    warm_up(full)
    clinics = [full, *(another(server, installation) for _ in range(SLOW_READERS // AT_ONCE - 1))] * AT_ONCE
    with ExitStack() as stack:  # what so many batches take from the system, the allocator keeps for the next
        for answer in [stack.enter_context(download(server, clinic)) for clinic in clinics]:
            assert answer.read(1_000)
    base = Footprint.of(server.process.pid)
    with ExitStack() as stack:
        slow = [stack.enter_context(download(server, clinic)) for clinic in clinics]
        for _ in range(20):
            assert full.client.get(PATH, timeout=2).status == 200
        assert resident_bytes(server.process.pid) - base.memory < 32 * 2**20
        eventually(lambda: connections_to(server.process.pid, server.port) == 0, CUT_WITHIN, "all are cut")
        for answer in slow:
            with pytest.raises((http.client.IncompleteRead, ConnectionError)):
                answer.read()
    drill.assert_back_to_base(server.process.pid, base)
