"""Another clinic's ids, cursors, filters, keys and versions."""

import csv
import io
import json

import pytest

from cases import CASES
from objects import first_cursor
from routes import all_routes, over, with_object
from support.clinics import expect

NEVER = "01900000-0000-7000-8000-00000000dead"


def with_body():
    return [route for route in with_object() if CASES[route.operation_id].takes_body]


def paged():
    return [route for route in all_routes() if CASES[route.operation_id].pages]


def searching():
    return [route for route in all_routes() if CASES[route.operation_id].searches]


def keyed():
    return [route for route in all_routes() if CASES[route.operation_id].keyed]


@over(with_object)
def test_an_object_of_another_clinic_looks_like_one_that_never_was(world, route):
    case = CASES[route.operation_id]
    never = {name: NEVER for name in route.parameters}
    for patient in world.b.patients:
        theirs, etag = case.existing(world.b), f'"{patient["version"]}-0"'
        if str(route).startswith("patients_"):
            theirs["id"] = patient["id"]
        for change in ({}, {"headers": {"If-Match": etag}},
                       {"headers": {"Idempotency-Key": next(iter(world.b.keys.values()))}},
                       {"headers": {"If-None-Match": "*"}}, {"query": {"tenant_id": world.b.id}}):
            seen = world.call(route, world.a.client, world.a, parameters=theirs, **change)
            missing = world.call(route, world.a.client, world.a, parameters=never, **change)
            assert seen.comparable() == missing.comparable(), change
            assert seen.status == 404 or "query" in change, change


@over(with_body)
def test_an_object_out_of_sight_is_not_found_before_its_body_is_looked_at(world, route):
    for body in ({"no_such_field": 1}, {"name": None, "age": "x"}):
        answer = world.call(route, world.a.client, world.a, parameters=CASES[route.operation_id].existing(world.b),
                            json=body)
        assert (answer.status, answer.code) == (404, "not_found")


@over(with_object)
def test_head_tells_no_more_than_get(world, route):
    theirs = route.at(**CASES[route.operation_id].existing(world.b))
    never = route.at(**{name: NEVER for name in route.parameters})
    seen, missing = world.a.client.send("HEAD", theirs), world.a.client.send("HEAD", never)
    assert seen.comparable() == missing.comparable()
    assert seen.status in (404, 405) and seen.body == b""


@over(paged)
def test_a_cursor_of_another_clinic_leads_to_nothing_of_its(world, route):
    cursor = first_cursor(world.b.client, route.path)
    for rest in ({"limit": 1}, {"limit": 100}, {"limit": 1, "ordering": "name"}):
        answer = world.call(route, world.a.client, world.a, query={**rest, "cursor": cursor})
        assert (answer.status, answer.code) == (400, "parse_error")


ANY_FORM = {"Accept": "*/*"}


def rows_of(text: bytes, form: str) -> list[dict]:
    if form == "csv":
        return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    return [json.loads(line) for line in text.splitlines()]


@over(paged)
@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_a_download_of_a_list_has_all_rows_of_its_clinic_and_no_others(world, route, form):
    """What others have is refused by the client itself, which knows their words."""
    archived = [{}, {"archived": "true"}] if "archived" in world.root.contract.query_names(route.path) else [{}]
    for more in archived:
        page = expect(world.b.client.get(route.path, query={"limit": 100, **more}), 200).json()
        assert page["next"] is None
        answer = world.call(route, world.b.client, world.b, query={"format": form, **more}, headers=ANY_FORM)
        assert [row["id"] for row in rows_of(answer.body, form)] == [row["id"] for row in page["results"]]
        own = world.call(route, world.a.client, world.a, query={"format": form, **more}, headers=ANY_FORM)
        assert own.status == 200


@over(searching)
@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_a_download_of_a_search_finds_nothing_of_another_clinic(world, route, form):
    for probe in CASES[route.operation_id].probes(world.b):
        query = {name: value for name, value in probe.items() if name != "limit"}
        if "format" in world.root.contract.query_names(route.path):
            query["format"] = form
            assert world.call(route, world.a.client, world.a, query=query, headers=ANY_FORM).status == 200


@over(paged)
def test_a_broken_cursor_is_a_parse_error(world, route):
    cursor = first_cursor(world.a.client, route.path)
    for broken in ("x", cursor[:-3], f"{cursor}AAAA", "' or 1=1 --", "AAAA" * 100, "\u0000", "%"):
        answer = world.call(route, world.a.client, world.a, query={"limit": 1, "cursor": broken})
        assert answer.status == 400, broken


@over(paged)
def test_paging_through_shows_each_own_object_once(world, route):
    seen, target = [], f"{route.path}?limit=2"
    while target:
        page = expect(world.a.client.get(target), 200).json()
        assert len(page["results"]) <= 2
        seen += [row["id"] for row in page["results"]]
        target = page["next"]
        assert target is None or target.startswith("/api/v1/")
    assert len(seen) == len(set(seen))
    kept = world.a.objects[route.operation_id.removesuffix("_list")]
    assert {row["id"] for row in kept if row["archived_at"] is None} <= set(seen)
    assert not {row["id"] for row in kept if row["archived_at"] is not None} & set(seen)


@over(searching)
def test_what_only_another_clinic_knows_finds_nothing(world, route):
    for query in CASES[route.operation_id].probes(world.b):
        theirs = world.call(route, world.a.client, world.a, query=query).json()
        rows = theirs.get("results", [])
        assert not [row for row in rows if row["id"] in world.b.ids or world.b.canary in str(row)], query
        if world.b.word in str(query.values()) or world.b.phone in str(query.values()):
            assert rows == [], query


@over(searching)
def test_the_same_questions_find_the_own_objects(world, route):
    """Else the test above could not fail."""
    probes = CASES[route.operation_id].probes(world.a)
    found = [query for query in probes if world.call(route, world.a.client, world.a, query=query).json()["results"]]
    assert found == probes


@over(keyed)
def test_a_key_of_another_clinic_replays_nothing(world, route):
    case = CASES[route.operation_id]
    body = (case.same or case.body)(world.a)
    first = world.call(route, world.a.client, world.a, json=body, headers={"Idempotency-Key": world.b.keys[str(route)]})
    assert first.status == case.status
    assert first.header("idempotency-replayed") is None
    assert not first.body or first.json().get("id") not in world.b.ids
