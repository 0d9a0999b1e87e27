"""Attack classes × attackers × routes: a seeded sample, or all of it (chance.py)."""

from __future__ import annotations

import random
import secrets
from dataclasses import replace

import pytest

import attacks
import tokens
from attacks import CLASSES, Target, Try
from chance import FULL, SEED
from objects import first_cursor
from routes import all_routes, over
from support.client import Client
from support.clinics import expect, sign_up, token
from support.waiting import eventually

SAMPLE = 30  # requests a route
ROLES = ("admin", "doctor", "nurse", "receptionist", "member")
# They may do nothing anywhere.
NOBODIES = ("anonymous", "forged", "removed", "signed out", "of a shut clinic")
CHANGES_NOTHING = ("HEAD", "OPTIONS")


def member(world, role: str) -> Client:
    """Somebody with a role in A who owns a clinic of their own."""
    person = sign_up(world.root, world.stack.host, role)
    world.admin.add_member(world.a.id, person.user_id, role)
    session = expect(token(world.root, person.email, world.a.slug), 200).json()
    return replace(world.a.client, token=session["access_token"])


def removed(world) -> Client:
    client = member(world, "doctor")
    world.admin.do("delete from catalog.membership where tenant_id = %s and user_id = %s",
                   world.a.id, tokens.claims(client.token)["sub"])
    return client


def signed_out(world) -> Client:
    client = member(world, "admin")
    expect(client.post("/api/v1/auth/logout", {}), 204)
    return client


def of_a_shut_clinic(world) -> Client:
    clinic = world.new_clinic("shut")
    world.admin.do("update catalog.tenant set state = 'suspended' where id = %s", clinic.id)
    return replace(clinic.client, forbidden=world.b.secrets())


@pytest.fixture(scope="module")
def attackers(world) -> dict[str, Client]:
    browser = world.browser(world.a).sending(sec_fetch_site="same-origin")
    found = {
        "owner": world.a.client,
        "owner in a browser": browser,
        "owner at the root host": world.a.client.at(world.root.host),
        "owner past nginx": world.direct(world.a.client),
        **{role: member(world, role) for role in ROLES},
        "anonymous": world.a.client.anonymous(),
        "forged": world.a.client.with_token(tokens.with_claims(world.a.client.token, tid=world.b.id)),
        "removed": removed(world),
        "signed out": signed_out(world),
        "of a shut clinic": of_a_shut_clinic(world),
    }
    for name in ("removed", "signed out", "of a shut clinic"):
        eventually(lambda client=found[name]: is_refused(client), 5, f"{name} is refused")
    return found


def is_refused(client: Client) -> bool:
    """By every loop of the server: each hears of it for itself."""
    return all(client.get("/api/v1/patients").status in (401, 403) for _ in range(30))


@pytest.fixture(scope="module")
def theirs(world) -> dict[str, str]:
    """A cursor and a used key of B, for this file's attacks alone."""
    key = f"key-{secrets.token_hex(6)}"
    made = expect(world.b.client.post("/api/v1/patients", world.b.patient_body(), headers={"Idempotency-Key": key}), 201)
    world.b.ids.add(made.json()["id"])
    return {"cursor": first_cursor(world.b.client, "/api/v1/patients"), "key": key}


def target_in(world, route, theirs: dict[str, str]) -> Target:
    b = world.b
    patient = b.patients[0]
    existing = attacks.case_of(route).existing(b)
    return Target(existing, existing.get("id", patient["id"]), b.patients[1]["id"], b.id, b.user_id, b.word, b.phone,
                  b.email, theirs["cursor"], theirs["key"], f'"{patient["version"]}-0"', b.file["id"], b.refresh_token)


def may_use(route, name: str) -> bool:
    """Nobody is signed out by an attack of their own, and what is open asks for no session."""
    ends = attacks.case_of(route).signs_out or route.operation_id == "auth_sessions_end"
    return name in NOBODIES if ends or route.access == "open" else True


def tries(world, attackers, route, theirs):
    case = attacks.case_of(route)
    own = case.own(world.a)
    at_b = Try(route, case, world.a, own, target_in(world, route, theirs))
    at_nobody = replace(at_b, target=attacks.of_nobody(route.parameters))
    for kind, attack in CLASSES.items():
        for about_theirs, about_nobodys in zip(attack(at_b), attack(at_nobody), strict=True):
            for name, client in attackers.items():
                if may_use(route, name):
                    host = world.b.host if kind == "another_host" else client.host
                    yield kind, name, world.reaching(route, client).at(host), about_theirs, about_nobodys


def about(answer, request) -> tuple:
    """What may not tell the two apart: the answer, where what was asked for may be repeated."""
    status, headers, body = answer.comparable()
    return status, headers, body.replace(request.target.id.encode(), b"<id>")


def chosen(every: list, route) -> list:
    return every if FULL else random.Random(f"{SEED}{route}").sample(every, min(SAMPLE, len(every)))


@over(all_routes)
def test_nothing_of_another_clinic_is_reached(world, attackers, theirs, route):
    for kind, name, client, request, nobodys in chosen(list(tries(world, attackers, route, theirs)), route):
        said = f"{kind} as {name}: {request}"
        seen = client.send(request.method, request.path, **request.rest)
        assert seen.status < 500, f"{said}: {seen}"
        if name in NOBODIES and route.access != "open" and request.method not in CHANGES_NOTHING:
            assert seen.status >= 400, f"{said}: {seen}"
        # One that is about one's own and did its work, ignoring the rest, does it once.
        done = route.unsafe and seen.status < 300 and request.path == nobodys.path
        if request.hidden and not done:
            missing = client.send(nobodys.method, nobodys.path, **nobodys.rest)
            assert about(seen, request) == about(missing, nobodys), said


def test_every_class_has_tries(world, attackers, theirs):
    """Else a class could be empty and nobody would notice."""
    routes = [route for route in all_routes() if route.operation_id in ("patients_update", "files_download", "auth_login",
                                                                       "patients_list")]
    kinds = {kind for route in routes for kind, *_ in tries(world, attackers, route, theirs)}
    assert kinds == set(CLASSES)


def test_a_session_in_two_clinics_acts_in_one_at_a_time(world):
    """Two tokens of one person in turns on one connection's worth of caches: each sees its own clinic alone."""
    person = sign_up(world.root, world.stack.host, "both")
    own = replace(person.client, forbidden=frozenset(world.a.ids))
    patient = person.new_patient()
    world.admin.add_member(world.a.id, person.user_id, "doctor")
    session = expect(token(world.root, person.email, world.a.slug), 200).json()
    in_a = replace(world.a.client, token=session["access_token"], forbidden=frozenset({patient["id"]}))
    for _ in range(200 if FULL else 20):
        assert expect(own.get("/api/v1/patients"), 200).json()["results"][0]["id"] == patient["id"]
        assert in_a.get("/api/v1/auth/me").json()["role"]["slug"] == "doctor"
        assert own.get("/api/v1/auth/me").json()["role"]["slug"] == "owner"
        expect(in_a.get("/api/v1/patients"), 200)
        assert in_a.delete(f"/api/v1/patients/{world.a.patients[0]['id']}").code == "permission_denied"
