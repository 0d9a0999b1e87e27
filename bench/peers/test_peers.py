"""What both peers do, with BARE=1 and without: the same routes, the same rows, the same JSON."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

import psycopg
import pytest

PEERS = Path(__file__).resolve().parent
sys.path.insert(0, str(PEERS.parents[1] / "tests"))

from support.cluster import Cluster  # noqa: E402
from support.ports import free_port  # noqa: E402
from support.waiting import eventually  # noqa: E402

LIST = "/api/v1/patients"
TENANTS, PATIENTS = 3, 60


@dataclass
class Answer:
    status: int
    body: Any


class Peer:
    """A running peer and the database behind it."""

    def __init__(self, name: str, bare: bool, database: str, tokens: list[tuple[str, str]]) -> None:
        self.name, self.bare, self.tokens = name, bare, tokens
        self.tenant = tokens[0][0]
        self.connection = psycopg.connect(database, autocommit=True)
        self.port = free_port()
        environment = {**os.environ, "DATABASE_URL": database, "PORT": str(self.port), "BARE": str(int(bare))}
        self.process = subprocess.Popen([PEERS / name / "serve"], env=environment, start_new_session=True)
        eventually(self.answers, 20, f"{name} answers")

    def answers(self) -> bool:
        assert self.process.poll() is None
        try:
            return self.send("GET", LIST, token=None).status == 401
        except OSError:
            return False

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(10) == 0
        eventually(lambda: not list_session(self.process.pid), 5, "its children have ended")
        self.connection.close()

    def send(self, method: str, path: str, body: Any = None, token: str | None = "") -> Answer:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method)
        if token is not None:
            request.add_header("Authorization", f"Bearer {token or self.tokens[0][1]}")
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return Answer(answer.status, json.load(answer))
        except urllib.error.HTTPError as error:
            return Answer(error.code, json.load(error))

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def rows(self, text: str, *values: Any) -> list[tuple]:
        return self.connection.execute(text, values).fetchall()

    def tokens_of(self, patient: str) -> set[str]:
        return {token for (token,) in self.rows("select token from patient_token where object_id = %s", patient)}

    def audit_of(self, patient: str) -> list[tuple]:
        return self.rows("select action, changes from audit_entry where object_id = %s order by at", patient)


def list_session(leader: int) -> list[str]:
    return subprocess.run(["pgrep", "--session", str(leader)], capture_output=True, text=True).stdout.split()


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    with Cluster.running() as cluster:
        url = cluster.create_database("peers")
        environment = {**os.environ, "DATABASE_URL": url}
        for command in (["migrate"], ["migrate"], ["seed", str(TENANTS), str(PATIENTS)]):
            subprocess.run([PEERS / "drf" / command[0], *command[1:]], env=environment, check=True)
        yield url


@pytest.fixture(scope="session")
def tokens(database: str) -> list[tuple[str, str]]:
    command = [PEERS / "drf" / "tokens", str(TENANTS)]
    environment = {**os.environ, "DATABASE_URL": database}
    lines = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.splitlines()
    assert len(lines) == TENANTS
    return [tuple(line.split("\t")) for line in lines]


@pytest.fixture(scope="session", params=["drf", "fastify", "drf bare", "fastify bare"])
def peer(request: pytest.FixtureRequest, database: str, tokens: list[tuple[str, str]]) -> Iterator[Peer]:
    name, _, bare = request.param.partition(" ")
    peer = Peer(name, bare == "bare", database, tokens)
    yield peer
    peer.stop()


def register(peer: Peer, **fields: Any) -> dict:
    answer = peer.send("POST", LIST, {"name": "Asha Rao", "sex": "female", "age": 30, **fields})
    assert answer.status == 201, answer.body
    return answer.body


def seeded(peer: Peer, number: int = 1) -> str:
    ((found,),) = peer.rows("select id from patient where tenant_id = %s and number = %s", peer.tenant, number)
    return str(found)


def new_phone() -> str:
    return f"9{uuid.uuid4().int % 10**9:09}"


def test_one_patient_has_every_field(peer: Peer):
    answer = peer.get(f"{LIST}/{seeded(peer)}")
    assert answer.status == 200
    document = json.loads((PEERS.parents[1] / "web" / "openapi.json").read_text(encoding="utf-8"))
    assert list(answer.body) == list(document["components"]["schemas"]["Patient"]["properties"])
    assert answer.body["number"] == 1
    assert answer.body["created_at"] == "2025-01-01T01:00:00.001000Z"


def test_the_list_is_followed_to_its_end_and_back(peer: Peer):
    numbers, pages, link = [], [], LIST + "?limit=20"
    while link:
        page = peer.get(link).body
        assert list(page) == ["results", "next", "previous"]
        numbers += [patient["created_at"] for patient in page["results"]]
        pages.append(page)
        link = page["next"]
    assert len(numbers) >= PATIENTS
    assert numbers == sorted(set(numbers), reverse=True)
    assert pages[0]["previous"] is None
    assert peer.get(pages[1]["previous"]).body["results"] == pages[0]["results"]


def test_the_list_has_twenty_at_a_time(peer: Peer):
    assert len(peer.get(LIST).body["results"]) == 20


@pytest.mark.parametrize("search", ["sharma", "an", "sha ra", "a", "9010", "nobody", "..."])
def test_search_finds_what_begins_with_each_word(peer: Peer, search: str):
    words = [word for word in search.split() if word.isalnum()]
    matches = " and ".join(
        "exists (select from patient_token where tenant_id = patient.tenant_id and object_id = patient.id"
        f" and (token like '{word}%%' or token like '<{word[::-1]}%%'))"
        for word in words
    )
    expected = peer.rows(
        f"select id from patient where tenant_id = %s and {matches or 'false'} order by created_at desc", peer.tenant
    )
    found = peer.get(f"{LIST}?limit=100&search={search.replace(' ', '+')}").body["results"]
    assert [patient["id"] for patient in found] == [str(patient) for (patient,) in expected]


def test_both_names_and_phone_ends_are_found_in_the_seed(peer: Peer):
    ((name, phone),) = peer.rows(
        "select name, phone from patient where tenant_id = %s and phone is not null order by number limit 1",
        peer.tenant,
    )
    assert peer.get(f"{LIST}?search={name.split()[0][:3]}").body["results"]
    assert peer.get(f"{LIST}?search={phone[-4:]}").body["results"]


def test_a_registration_is_done_whole(peer: Peer):
    phone = new_phone()
    patient = register(peer, phone=phone, city="Pune")
    assert patient["phone"] == f"+91{phone}" and patient["age"] == 30 and patient["date_of_birth"] is None
    ((stored,),) = peer.rows("select name_sort from patient where id = %s", patient["id"])
    assert stored == "asha rao"
    if peer.bare:
        assert peer.audit_of(patient["id"]) == [] and peer.tokens_of(patient["id"]) == set()
        assert patient["household_id"] is None
        return
    assert peer.audit_of(patient["id"]) == [("patients.create", {})]
    assert peer.tokens_of(patient["id"]) == {"asha", "rao", phone, f"91{phone}", f"<{phone[::-1]}19"}
    assert register(peer).get("number") == patient["number"] + 1
    assert register(peer, phone=phone)["household_id"] == patient["household_id"] is not None
    assert peer.get(f"{LIST}?search={phone[-6:]}").body["results"][0]["phone"] == f"+91{phone}"


def test_a_change_is_done_whole(peer: Peer):
    patient = register(peer, phone=new_phone())
    path, phone = f"{LIST}/{patient['id']}", new_phone()
    changed = peer.send("PATCH", path, {"name": "Asha Joshi", "phone": phone, "city": "Pune"})
    assert changed.status == 200
    assert (changed.body["version"], changed.body["name"], changed.body["city"]) == (2, "Asha Joshi", "Pune")
    assert peer.get(path).body == changed.body
    if peer.bare:
        return
    assert changed.body["household_id"] != patient["household_id"]
    assert peer.tokens_of(patient["id"]) == {"asha", "joshi", phone, f"91{phone}", f"<{phone[::-1]}19"}
    action, changes = peer.audit_of(patient["id"])[-1]
    assert action == "patients.update" and set(changes["fields"]) == {"name", "name_sort", "phone", "city"}
    assert peer.send("PATCH", path, {"city": "Pune"}).body["version"] == 2


def test_a_birthday_replaces_an_age(peer: Peer):
    path = f"{LIST}/{register(peer)['id']}"
    assert peer.send("PATCH", path, {"date_of_birth": "1990-05-17"}).body["dob_precision"] == "day"
    assert peer.get(path).body["date_of_birth"] == "1990-05-17"


@pytest.mark.parametrize(
    "fault",
    [
        {"name": " "},
        {"name": "a" * 201},
        {"sex": "f"},
        {"age": 131},
        {"age": None},
        {"date_of_birth": "2020-01-01"},
        {"age": None, "date_of_birth": "2999-01-01"},
        {"phone": "123"},
        {"phone_relation": "aunt"},
        {"email": "x"},
        {"pincode": "011001"},
    ],
)
def test_bad_input_is_refused(peer: Peer, fault: dict):
    before = peer.rows("select count(*) from patient")
    body = {"name": "Asha", "sex": "female", "age": 3, **fault}
    assert peer.send("POST", LIST, body).status == 400
    assert peer.rows("select count(*) from patient") == before


def test_another_tenants_patient_is_not_there(peer: Peer):
    foreign = peer.tokens[1][1]
    path = f"{LIST}/{seeded(peer)}"
    assert peer.send("GET", path, token=foreign).status == 404
    assert peer.send("PATCH", path, {"city": "Goa"}, token=foreign).status == 404
    assert peer.get(f"{LIST}/{uuid.uuid4()}").status == 404
    assert peer.get(path).body["city"] == "Pune"


def test_a_token_is_needed(peer: Peer):
    path = f"{LIST}/{seeded(peer)}"
    token = peer.tokens[0][1]
    assert peer.send("GET", path, token=None).status == 401
    assert peer.send("GET", path, token=token[:-6] + "AAAAAA").status == 401
    assert peer.send("POST", LIST, {}, token=None).status == 401


def test_a_role_without_the_permission_is_refused(peer: Peer):
    tenant, token = peer.tokens[2]
    peer.rows("delete from role_permission where tenant_id = %s and permission <> 'patients.read' returning 1", tenant)
    assert peer.send("GET", LIST, token=token).status == 200
    assert peer.send("POST", LIST, {"name": "Asha", "sex": "female", "age": 3}, token=token).status == 403
