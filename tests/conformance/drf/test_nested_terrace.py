"""Objects within objects at Terrace, beside what the cases compare: the wall between organisations, and OpenAPI's word
for every form of an answer."""

from __future__ import annotations

import jsonschema
import pytest

from support.clinics import expect

KITS = "/api/v1/kits"
BOX = {"code": "K1", "name": "Box", "parts": [{"code": "bolt", "place": 1}, {"code": "nut", "place": 2}]}


@pytest.fixture
def owner(terrace):
    yield terrace.client.with_token(terrace.tokens["owner"])
    terrace.forget()


@pytest.fixture
def theirs(terrace):
    """A kit of another organisation; each test leaves the last one's behind."""
    stranger = terrace.stranger
    kit = stranger.get(f"{KITS}?limit=1").json()["results"]
    return kit[0] if kit else expect(stranger.post(KITS, BOX), 201).json()


def test_parts_of_another_organisation_are_not_written_through_a_kit(terrace, owner, theirs):
    mine = expect(owner.post(KITS, BOX), 201).json()
    path, stolen = f"{KITS}/{mine['id']}", theirs["parts"][0]["id"]
    for method in ("PATCH", "PUT"):
        body = {**BOX, "parts": [{"id": stolen, "code": "stolen"}]}
        answer = expect(owner.send(method, path, json=body), 400)
        assert [*answer.json()["errors"]] == ["parts.0.id"]
        assert answer.json()["errors"]["parts.0.id"][0]["code"] == "does_not_exist"
    assert expect(owner.get(path), 200).json() == mine
    assert expect(terrace.stranger.get(f"{KITS}/{theirs['id']}"), 200).json() == theirs


def test_a_kit_of_another_organisation_has_no_parts_to_see_or_write(terrace, owner, theirs):
    path = f"{KITS}/{theirs['id']}"
    for answer in (owner.get(f"{path}?expand=maker"), owner.send("PATCH", path, json={"parts": []}),
                   owner.post("/api/v1/parts", {"kit_id": theirs["id"], "code": "bolt"})):  # fmt: skip
        assert answer.status in (400, 404)
        assert theirs["parts"][0]["id"].encode() not in answer.body
    assert expect(owner.get(f"{KITS}?expand=maker"), 200).json()["results"] == []
    assert expect(terrace.stranger.get(path), 200).json() == theirs


def test_a_maker_of_another_organisation_is_not_expanded(terrace, owner):
    maker = expect(terrace.stranger.post("/api/v1/makers", {"code": "secret"}), 201).json()["id"]
    refused = expect(owner.post(f"{KITS}", {**BOX, "maker_id": maker}), 400)
    assert [*refused.json()["errors"]] == ["maker_id"]


def test_openapi_tells_every_form_of_a_kit(terrace, owner):
    document = expect(owner.get("/api/v1/openapi.json"), 200).json()
    resolver = jsonschema.RefResolver("", document)

    def check(value, schema):
        jsonschema.Draft202012Validator({"$ref": f"#/components/schemas/{schema}"}, resolver=resolver).validate(value)

    check(BOX, "KitCreate")
    made = expect(owner.post(KITS, {**BOX, "maker_id": terrace.ids["maker"]}), 201).json()
    path, first = f"{KITS}/{made['id']}", made["parts"][0]["id"]
    check(made, "Kit")
    check(expect(owner.get(f"{path}?expand=maker"), 200).json(), "Kit")
    check(expect(owner.get(f"{KITS}?expand=maker"), 200).json(), "KitPage")
    change = {"parts": [{"id": first, "quantity": 2}, {"code": "cap"}]}
    check(change, "KitUpdate")
    check(expect(owner.send("PATCH", path, json=change), 200).json(), "Kit")
    whole = {**BOX, "parts": [{"id": first, "code": "bolt"}, {"code": "cap"}]}
    check(whole, "KitReplace")
    expect(owner.send("PUT", path, json=whole), 200)
    for wrong in ({"parts": [{"id": first, "kit_id": first}]}, {"parts": [{"quantity": 2}]}, {"parts": None}):
        with pytest.raises(jsonschema.ValidationError):
            check(wrong, "KitUpdate")
    assert document["components"]["schemas"]["KitExpansion"]["enum"] == ["parts", "maker"]
    assert "parts.quantity" in document["components"]["schemas"]["KitField"]["enum"]
