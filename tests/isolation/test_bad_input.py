"""What a client gets wrong is answered with what is wrong, and as OpenAPI says."""

import json
import secrets
from concurrent.futures import ThreadPoolExecutor

import pytest

from cases import CASES
from routes import all_routes, over, unsafe
from support.clinics import expect, register_body, token

LIST, ONE = "/api/v1/patients", "/api/v1/patients/{}"


def with_body():
    return [route for route in unsafe() if CASES[route.operation_id].takes_body]


def reading():
    return [route for route in all_routes() if not route.unsafe and not CASES[route.operation_id].single_use]


def session(world, case):
    return world.browser(world.a).sending(sec_fetch_site="same-origin") if case.session == "cookies" else world.a.client


def errors_of(answer) -> dict[str, set[str]]:
    assert (answer.status, answer.code) == (400, "validation_failed"), answer
    return {field: {error["code"] for error in errors} for field, errors in answer.json()["errors"].items()}


@over(with_body)
def test_malformed_json_is_a_parse_error(world, route):
    case = CASES[route.operation_id]
    caller, parameters = session(world, case), case.own(world.a)
    for body in (b"", b"{", b"{}}", b"nul", b"{'a': 1}", b'{"a": 1,}', b'{"a": NaN}', b'{"a": "\xff"}',
                 b'{"a": "\\ud800"}',
                 b"\xef\xbb\xbf{}x", b'{"a": "\x00"}', b"[" * 100_000, b'{"a":' * 5_000 + b"1" + b"}" * 5_000):
        answer = world.call(route, caller, world.a, parameters=parameters, body=body,
                            headers={"Content-Type": "application/json"})
        assert (answer.status, answer.code) == (400, "parse_error"), body[:40]


@over(with_body)
def test_a_body_must_be_an_object(world, route):
    case = CASES[route.operation_id]
    caller, parameters = session(world, case), case.own(world.a)
    for body in ([], [{}], "text", 1, None, True):
        answer = world.call(route, caller, world.a, parameters=parameters, json=body)
        assert answer.status == 400, body
        assert answer.code in ("validation_failed", "parse_error"), body


@over(with_body)
def test_a_field_of_a_wrong_type_and_an_unknown_one_are_named_at_once(world, route):
    case = CASES[route.operation_id]
    fields = case.body(world.a)
    wrong = {name: [value] for name, value in fields.items()}
    answer = world.call(route, session(world, case), world.a, parameters=case.own(world.a),
                        json={**wrong, "no_such_field": 1})
    found = errors_of(answer)
    assert set(found) == {*fields, "no_such_field"}
    assert found["no_such_field"] == {"unknown_field"}


@over(with_body)
def test_a_doubled_field_is_refused(world, route):
    """Two parsers that pick different ones disagree about what was asked."""
    case = CASES[route.operation_id]
    fields = case.body(world.a) or {"x": 1}
    name, value = next(iter(fields.items()))
    rest = json.dumps(fields)[1:]
    body = f"{{{json.dumps(name)}: {json.dumps(value)}, {rest}".encode()
    answer = world.call(route, session(world, case), world.a, parameters=case.own(world.a), body=body,
                        headers={"Content-Type": "application/json"})
    assert answer.status == 400


@over(with_body)
def test_a_body_that_is_too_large_is_refused(world, route):
    case = CASES[route.operation_id]
    caller, parameters = session(world, case), case.existing(world.a)
    for client, size in ((caller, 2 << 20), (world.direct(caller), 2 << 20), (caller, 11 << 20)):
        body = b'{"name":"' + b"a" * size + b'"}'
        answer = client.send(route.method, route.at(**parameters), body=body,
                             headers={"Content-Type": "application/json"})
        assert (answer.status, answer.code) == (413, "too_large"), size


@over(with_body)
def test_another_media_type_is_refused(world, route):
    case = CASES[route.operation_id]
    caller, parameters = session(world, case), case.existing(world.a)
    for media_type in ("text/json", "application/xml", "application/json-seq", "application/jsonp", "",
                       "application/json, text/plain"):
        answer = world.call(route, caller, world.a, parameters=parameters, body=b"{}",
                            headers={"Content-Type": media_type})
        assert (answer.status, answer.code) == (415, "unsupported_media_type"), media_type
    for media_type in ("application/json; charset=utf-8", "APPLICATION/JSON"):
        answer = world.call(route, caller, world.a, parameters=parameters, body=b"{",
                            headers={"Content-Type": media_type})
        assert answer.status == 400, media_type


@over(reading)
def test_a_query_that_is_not_declared_is_refused(world, route):
    case = CASES[route.operation_id]
    caller = session(world, case)
    answer = world.call(route, caller, world.a, query={**case.query(world.a), "no_such_parameter": 1})
    assert answer.status == 400 or route.operation_id in ("healthz", "readyz", "jwks", "openapi")


@pytest.mark.parametrize("query", [
    "limit=0", "limit=101", "limit=x", "limit=", "limit=-1", "limit=1.5", "limit=99999999999999999999",
    "ordering=phone", "ordering=-",
    "ordering=name,number", "sex=none", "archived=maybe", "search=%ff", "search=%00", "search=%", "cursor=%zz",
])
def test_a_query_with_a_bad_value_is_refused(world, query):
    answer = world.a.client.get(f"{LIST}?{query}")
    assert answer.status == 400 and answer.code in ("validation_failed", "parse_error")


def test_missing_unknown_and_wrong_fields_are_named_together(world):
    body = {"sex": "x", "age": "old", "pincode": "1", "guardian_name": 5, "colour": "red"}
    found = errors_of(world.a.client.post(LIST, body))
    assert found == {"name": {"required"}, "sex": {"invalid_choice"}, "age": {"invalid"}, "pincode": {"invalid"},
                     "guardian_name": {"invalid"}, "colour": {"unknown_field"}}


@pytest.mark.parametrize(("changes", "field", "code"), [
    ({"name": ""}, "name", "blank"), ({"name": "  "}, "name", "blank"), ({"name": None}, "name", "null"),
    ({"name": "a" * 201}, "name", "max_length"), ({"sex": None}, "sex", "null"),
    ({"age": 131}, "age", "max_value"), ({"age": -1}, "age", "min_value"), ({"age": 1.5}, "age", "invalid"),
    ({"age": True}, "age", "invalid"), ({"email": "no"}, "email", "invalid"),
    ({"phone": "12"}, "phone", "invalid"), ({"phone": "+00000000000"}, "phone", "invalid"),
    ({"pincode": "012345"}, "pincode", "invalid"),
    ({"phone_relation": "boss"}, "phone_relation", "invalid_choice"), ({"address": "a" * 501}, "address", "max_length"),
    ({"city": "a" * 101}, "city", "max_length"),
])
def test_a_bad_value_is_named_with_its_code(world, changes, field, code):
    assert errors_of(world.a.client.post(LIST, {**world.a.patient_body(), **changes})) == {field: {code}}


@pytest.mark.parametrize("changes", [{"name": "a\u0000b"}, {"age": 10**30}])
def test_what_no_field_could_hold_is_a_parse_error(world, changes):
    answer = world.a.client.post(LIST, {**world.a.patient_body(), **changes})
    assert (answer.status, answer.code) == (400, "parse_error")


@pytest.mark.parametrize("birth",
                         ["2024-02-30", "2024-13-01", "24-01-01", "2024-1-1", "2999-01-01", "1700-01-01", "x", "", 5,
                                   "2024-01-01T00:00:00Z"])
def test_a_date_of_birth_that_is_none_is_refused(world, birth):
    body = world.a.patient_body(date_of_birth=birth)
    del body["age"]
    assert set(errors_of(world.a.client.post(LIST, body))) == {"date_of_birth"}


def test_one_of_age_and_date_of_birth_is_asked_for(world):
    body = world.a.patient_body()
    both = world.a.client.post(LIST, {**body, "date_of_birth": "1990-05-05"})
    del body["age"]
    for answer in (both, world.a.client.post(LIST, body)):
        assert answer.status == 400
        assert set(errors_of(answer)) & {"age", "date_of_birth", "non_field_errors"}


@pytest.mark.parametrize("phone",
                         ["9876543210", "09876543210", "+91 98765 43210", "98765-43210", "+919876543210",
                          "919876543210"])
def test_a_phone_is_taken_as_it_is_typed_in_india(world, phone):
    made = expect(world.a.client.post(LIST, world.a.patient_body(phone=phone)), 201)
    assert made.json()["phone"] == "+919876543210"


def test_a_taken_name_is_a_conflict_that_names_the_field(world):
    answer = world.root.post("/api/v1/auth/register",
                             register_body(world.b.slug, email=f"{secrets.token_hex(4)}@people.example"))
    assert (answer.status, answer.code) == (409, "slug_taken")
    assert answer.json()["errors"]["slug"]


@pytest.mark.parametrize("slug",
                         ["", "a", "ab", "1abc", "-abc", "abc-", "ABC", "a b", "a.b", "a--b", "www", "api", "admin",
                          "x" * 41, "é" * 5])
def test_a_name_that_cannot_be_a_sub_domain_is_refused(world, slug):
    answer = world.root.post("/api/v1/auth/register", register_body(slug))
    assert "slug" in errors_of(answer)


def test_a_known_address_with_a_wrong_password_is_a_conflict(world):
    body = register_body(f"new-{secrets.token_hex(5)}", email=world.a.email, password="another-password-99")
    answer = world.root.post("/api/v1/auth/register", body)
    assert (answer.status, answer.code) == (409, "account_exists")


@pytest.mark.parametrize("password", ["", "short", "a" * 11, "password1234", "x" * 2000])
def test_a_weak_password_is_refused(world, password):
    answer = world.root.post("/api/v1/auth/register", register_body(f"new-{secrets.token_hex(5)}", password=password))
    assert "password" in errors_of(answer)


def test_a_stale_version_is_refused_and_changes_nothing(world):
    made = expect(world.a.client.post(LIST, world.a.patient_body()), 201)
    path, etag = ONE.format(made.json()["id"]), made.header("etag")
    newer = expect(world.a.client.patch(path, {"city": "Kollam"}, headers={"If-Match": etag}), 200)
    for method, body in (("PATCH", {"city": "Idukki"}), ("DELETE", None)):
        change = {"json": body} if body else {}
        answer = world.a.client.send(method, path, headers={"If-Match": etag}, **change)
        assert (answer.status, answer.code) == (412, "version_conflict")
    now = expect(world.a.client.get(path), 200)
    assert (now.json(), now.header("etag")) == (newer.json(), newer.header("etag"))
    expect(world.a.client.patch(path, {"city": "Idukki"}, headers={"If-Match": f"W/{newer.header('etag')}"}), 200)


def test_a_key_that_is_used_again_answers_the_same_object(world):
    headers, body = {"Idempotency-Key": secrets.token_hex(8)}, world.a.patient_body()
    first = expect(world.a.client.post(LIST, body, headers=headers), 201)
    again = expect(world.a.client.post(LIST, body, headers=headers), 201)
    assert again.json() == first.json()
    assert (first.header("idempotency-replayed"), again.header("idempotency-replayed")) == (None, "true")
    other = world.a.client.post(LIST, {**body, "age": 42}, headers=headers)
    assert (other.status, other.code) == (422, "idempotency_mismatch")


def test_one_key_sent_at_once_has_one_effect(world):
    headers, body = {"Idempotency-Key": secrets.token_hex(8)}, world.a.patient_body()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: world.a.client.post(LIST, body, headers=headers), range(8)))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


@over(reading)
def test_a_valid_request_is_answered_as_openapi_says(world, route):
    case = CASES[route.operation_id]
    answer = world.call(route, session(world, case), world.a)
    assert answer.status == case.status
    if (answer.header("content-type") or "").endswith("json") and case.session != "none":
        assert answer.header("cache-control") == "no-store"


def test_a_problem_varies_in_its_request_id_only(world):
    for send in (lambda: world.a.client.post(LIST, {}), lambda: world.a.client.get(ONE.format("x")),
                 lambda: token(world.root, "a@b.example")):
        first, second = send(), send()
        assert first.comparable() == second.comparable()
        assert first.json()["request_id"] != second.json()["request_id"]
        assert set(first.json()) >= {"type", "title", "status", "code", "detail", "request_id"}
        assert first.json()["status"] == first.status
