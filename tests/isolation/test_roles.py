"""Who may do what: every role against every route that asks for a permission."""

from dataclasses import replace

import pytest

from cases import CASES
from routes import all_routes, over
from support.clinics import expect, sign_up, token

UPLOAD = "files.upload"
# Decided here once more, apart from the code: the desk and the clinicians keep patients, archiving is the owner's.
EVERYDAY = {
    UPLOAD,
    "patients.read",
    "patients.create",
    "patients.update",
}
EVERYTHING = EVERYDAY | {
    "patients.archive",
}
ALLOWED = {
    "owner": EVERYTHING,
    "admin": EVERYTHING,
    "doctor": EVERYDAY,
    "nurse": EVERYDAY,
    "receptionist": EVERYDAY,
    "member": set(),
}


def guarded_by_permission():
    return [route for route in all_routes() if route.access == "permission"]


@pytest.fixture(scope="module")
def people(world):
    """One person a role in clinic A, each of them the owner of another clinic."""
    clients = {"owner": world.a.client}
    for role in ALLOWED.keys() - {"owner"}:
        person = sign_up(world.root, world.stack.host, role)
        world.admin.add_member(world.a.id, person.user_id, role)
        session = expect(token(world.root, person.email, world.a.slug), 200).json()
        clients[role] = replace(world.a.client, token=session["access_token"])
    return clients


def test_no_permission_is_unknown_to_this_table():
    assert {route.permission for route in guarded_by_permission()} == EVERYTHING


@over(guarded_by_permission)
@pytest.mark.parametrize("role", sorted(ALLOWED))
def test_a_role_may_do_what_it_is_for_and_nothing_else(world, people, route, role):
    # An upload is its uploader's alone; other objects are the clinic's.
    own = route.permission == UPLOAD and UPLOAD in ALLOWED[role]
    answer = world.call(route, people[role], replace(world.a, client=people[role]) if own else world.a)
    if route.permission in ALLOWED[role]:
        assert answer.status == CASES[route.operation_id].status
    else:
        assert (answer.status, answer.code) == (403, "permission_denied")


@over(guarded_by_permission)
def test_without_permission_an_object_cannot_be_told_from_none(world, people, route):
    """Neither by id nor by an invalid body does a refusal say whether there is something."""
    if not route.parameters:
        return
    never = {name: "01900000-0000-7000-8000-00000000dead" for name in route.parameters}
    existing = CASES[route.operation_id].existing
    answers = [world.call(route, people["member"], world.a, parameters=parameters)
               for parameters in (existing(world.a), existing(world.b), never)]
    assert len({str(answer.comparable()) for answer in answers}) == 1


@pytest.mark.parametrize("role", sorted(ALLOWED))
def test_me_tells_what_the_role_may(world, people, role):
    me = expect(people[role].get("/api/v1/auth/me"), 200).json()
    assert me["role"]["slug"] == role
    assert set(me["permissions"]) == ALLOWED[role]


def test_a_role_of_one_clinic_is_worth_nothing_in_another(world, people):
    """A doctor of A is the owner of a clinic of their own; neither reaches B."""
    for client in people.values():
        at_b = client.at(world.b.host).get("/api/v1/patients")
        assert (at_b.status, at_b.code) == (403, "tenant_mismatch")
