"""Who may do what: every role against every route that asks for a permission."""

from dataclasses import replace

import pytest

import tokens
from cases import CASES
from routes import all_routes, over
from support.clinics import PIXEL, expect, sign_up, token
from support.waiting import eventually

UPLOAD = "files.upload"
# Decided here once more, apart from the code: the desk and the clinicians keep patients, archiving is the owner's.
EVERYDAY = {
    UPLOAD,
    "patients.read",
    "patients.create",
    "patients.update",
}
EVERYTHING = EVERYDAY | {
    "organization.update",
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


def telling():
    return [route for route in all_routes() if route.method == "OPTIONS"]


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


@over(telling)
@pytest.mark.parametrize("role", sorted(ALLOWED))
def test_options_tell_a_role_what_it_may(world, people, route, role):
    """What is said beforehand is what happens: the test above is about the same routes."""
    told = expect(world.call(route, people[role], world.a), 200).json()["operations"]
    here = {other.operation_id: other for other in all_routes() if other.path == route.path and other.method != "OPTIONS"}
    assert {operation["operation"] for operation in told} == set(here)
    for operation in told:
        permission = here[operation["operation"]].permission
        may = permission is None or permission in ALLOWED[role]
        assert operation["permissions"] == [permission] * (permission is not None)
        assert (operation["permitted"], operation.get("refusal")) == (may, None if may else "permission_denied")


def test_options_show_at_once_that_a_permission_is_gone(world):
    person = sign_up(world.root, world.stack.host, "dropped")
    world.admin.add_member(world.a.id, person.user_id, "doctor")
    client = replace(world.a.client, token=expect(token(world.root, person.email, world.a.slug), 200).json()["access_token"])
    assert "patients_create" in permitted(client)
    world.admin.do("update catalog.membership set role_slug = 'member' where tenant_id = %s and user_id = %s",
                   world.a.id, person.user_id)
    eventually(lambda: permitted(client) == set(), 1.5, "a role without permissions is told that it may do nothing")
    # Each loop of the server hears of it by itself.
    eventually(lambda: client.get("/api/v1/patients").status == 403, 1.5, "nor may it read")


def permitted(client) -> set[str]:
    told = expect(client.send("OPTIONS", "/api/v1/patients"), 200).json()["operations"]
    return {operation["operation"] for operation in told if operation["permitted"]}


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


def test_an_upload_is_its_uploaders_alone(world, people):
    """Until an object holds it; also for those who may do everything."""
    uploader = replace(world.a, client=people["doctor"])
    begun, stored = uploader.new_upload(), uploader.new_file()
    for role in ("owner", "nurse"):
        client = people[role]
        assert client.get(f"/api/v1/files/{stored['id']}").status == 404, role
        for upload in (begun, stored):
            assert client.delete(f"/api/v1/files/{upload['id']}").status == 404, role
        sent = client.send("PUT", f"/api/v1/files/{begun['id']}/chunks/0", body=PIXEL,
                           headers={"Content-Type": "application/octet-stream"})
        assert sent.status == 404, role
    expect(people["doctor"].get(f"/api/v1/files/{stored['id']}", headers={"Accept": "*/*"}), 200)


@pytest.mark.parametrize("role", sorted(ALLOWED))
def test_me_tells_what_the_role_may(world, people, role):
    me = expect(people[role].get("/api/v1/auth/me"), 200).json()
    assert me["role"]["slug"] == role
    assert me["user"]["id"] == tokens.claims(people[role].token)["sub"]
    assert set(me["permissions"]) == ALLOWED[role]


def test_a_role_of_one_clinic_is_worth_nothing_in_another(world, people):
    """A doctor of A is the owner of a clinic of their own; neither reaches B."""
    for client in people.values():
        at_b = client.at(world.b.host).get("/api/v1/patients")
        assert (at_b.status, at_b.code) == (403, "tenant_mismatch")
