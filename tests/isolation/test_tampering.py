"""Mass assignment, doubled parameters, ids in odd shapes, wrong methods."""

import secrets

import pytest

from cases import CASES
from routes import all_routes, guarded, over, scoped, with_object
from support.client import UNSET
from support.clinics import expect


def with_body():
    return [route for route in all_routes() if CASES[route.operation_id].takes_body]


def searching():
    return [route for route in scoped() if CASES[route.operation_id].searches]


@over(with_body)
def test_a_body_cannot_name_a_tenant_or_what_the_server_decides(world, route):
    case = CASES[route.operation_id]
    parameters = case.own(world.a)
    session = world.a.client
    if case.session == "cookies":
        session = world.browser(world.a).sending(sec_fetch_site="same-origin")
    for field, value in {
        "tenant_id": world.b.id, "tenantId": world.b.id, "organization": world.b.id, "role": "owner",
        "user_id": world.b.user_id,
        "household": world.b.patients[0]["id"], "__proto__": {"tenant_id": world.b.id}, "is_admin": True,
    }.items():
        body = {**case.body(world.a), field: value}
        answer = world.call(route, session, world.a, parameters=parameters, json=body)
        assert (answer.status, answer.code) == (400, "validation_failed"), field
        assert answer.json()["errors"][field][0]["code"] == "unknown_field", field


def test_a_read_only_field_cannot_be_written(world):
    """It is left as it is, so that a client may send back what it was given."""
    theirs = world.b.patients[0]
    sent = {"id": theirs["id"], "household_id": theirs["household_id"], "number": 424242, "version": 424242,
            "created_at": "2001-01-01T00:00:00Z", "updated_at": "2001-01-01T00:00:00Z",
            "archived_at": "2001-01-01T00:00:00Z",
            "dob_precision": "day"}
    path = f"/api/v1/patients/{world.a.patients[0]['id']}"
    before = expect(world.a.client.get(path), 200).json()
    created = expect(world.a.client.post("/api/v1/patients", world.a.patient_body(**sent)), 201).json()
    changed = expect(world.a.client.patch(path, sent), 200).json()
    for field, value in sent.items():
        assert created[field] != value, field
        assert changed[field] == before[field], field
    assert expect(world.a.client.get(path), 200).json() == before
    for clinic in (world.a, world.b):
        rows = world.admin.place(clinic.id).rows("select 1 from {tenant}.patient where household_id = %s and tenant_id <> %s",
                                                 theirs["household_id"], world.b.id)
        assert not rows, clinic.slug


@over(guarded)
def test_a_query_cannot_name_a_tenant(world, route):
    case = CASES[route.operation_id]
    for name in ("tenant", "tenant_id", "tid", "organization", "_method"):
        answer = world.call(route, world.a.client, world.a, parameters=case.existing(world.a), json=case.body(world.a),
                            query={**case.query(world.a), name: world.b.id})
        assert (answer.status, answer.code) in {(400, "validation_failed"), (400, "parse_error")}, name


@over(searching)
def test_a_parameter_that_stands_twice_is_refused(world, route):
    for mine, theirs in zip(CASES[route.operation_id].probes(world.a), CASES[route.operation_id].probes(world.b)):
        doubled = [*mine.items(), *theirs.items()]
        assert world.call(route, world.a.client, world.a, query=doubled).status == 400, doubled


def odd_forms(theirs: str, own: str) -> list[str]:
    return [
        theirs.upper(), theirs.replace("-", ""), f"{{{theirs}}}", f"%7B{theirs}%7D", f"urn:uuid:{theirs}",
        f"{theirs},{own}",
        f"{own},{theirs}", f"[{theirs}]", f"%5B%22{theirs}%22%5D", f"{theirs}%00", f"{theirs}%20", f"%20{theirs}",
        f"{theirs}%0a",
        f"{theirs}/", f"{own}/../{theirs}", f"{own}%2f..%2f{theirs}", f"%2e%2e/patients/{theirs}", f"{theirs};{own}",
        f"{theirs}.json", f"{theirs}'--", f"{theirs}%27%20or%201=1", "0", "1", "-1", "null", "*", "%", "%zz", "%ff%fe",
        "..", ".",
        f"0{theirs}", theirs[:-1], f"{theirs}0", "".join(chr(0xFF10 + int(c)) if c.isdigit() else c for c in theirs),
        "x" * 3000,
    ]


@over(with_object)
def test_an_id_in_an_odd_shape_leads_nowhere(world, route):
    theirs, own = world.b.patients[0]["id"], world.a.patients[0]["id"]
    body = CASES[route.operation_id].body(world.a)
    rest = {name: "0" for name in route.parameters if name != "id"}
    for form in odd_forms(theirs, own):
        for client in (world.a.client, world.direct(world.a.client)):
            answer = client.send(route.method, route.at(id=form, **rest), json=body)
            # A route that takes no JSON says so first.
            assert answer.status in (400, 404, 405) or CASES[route.operation_id].raw and answer.status == 415 \
                or route.method == "OPTIONS" and answer.status in (200, 204), (form, answer)
            if answer.status in (200, 204, 405):  # the shape made it another path
                assert "/" in form or form in (".", "..")


@over(guarded)
def test_a_trailing_slash_or_other_case_is_another_path(world, route):
    parameters = CASES[route.operation_id].existing(world.a)
    path = route.at(**parameters)
    for other in (f"{path}/", path.replace("/api/", "/API/"), path.replace("/v1/", "/v1//"),
                  path.replace("/v1/", "/v1/./"),
                  path.replace("/v1/", "/v2/"), f"{path}%20", f"{path};x=1", f"{path}.json"):
        answer = world.direct(world.a.client).send(route.method, other, json=CASES[route.operation_id].body(world.a))
        assert answer.status in (400, 404, 405), (other, answer)


METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@over(all_routes)
def test_a_wrong_method_is_refused_with_those_that_are_allowed(world, route):
    here = {other.method for other in all_routes() if other.path == route.path}
    path = route.at(**{name: secrets.token_hex(4) for name in route.parameters})
    for method in METHODS:
        if method in here:
            continue
        answer = world.reaching(route, world.a.client).send(method, path, json={} if method != "GET" else UNSET)
        assert (answer.status, answer.code) == (405, "method_not_allowed"), method
        allowed = {name.strip() for name in answer.header("allow").split(",")}
        assert allowed == here | {"OPTIONS"} | ({"HEAD"} if "GET" in here else set())
    overridden = world.a.client.send(next(method for method in METHODS if method not in here), path,
                                     headers={"X-HTTP-Method-Override": route.method,
                                              "X-Method-Override": route.method})
    assert overridden.status == 405


@over(all_routes)
def test_options_tells_the_methods_and_opens_nothing(world, route):
    path = route.at(**CASES[route.operation_id].existing(world.b))
    answer = world.reaching(route, world.a.client.anonymous()).send("OPTIONS", path, headers={
        "Origin": "https://evil.example", "Access-Control-Request-Method": route.method,
        "Access-Control-Request-Headers": "authorization",
    })
    assert answer.status in (200, 204)
    assert route.method in answer.header("allow")
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "get", "GETX"])
def test_an_unknown_method_is_refused(world, method):
    for client in (world.a.client, world.direct(world.a.client)):
        assert client.send(method, "/api/v1/auth/me").status in (400, 405, 501)
