"""An action that a resource declares gets its case without a word."""

from dataclasses import dataclass, field

import derived
from cases import Case
from derived import Cases, derive, sample, steps_to

TRANSITIONS = [("confirm", ["requested"], "confirmed"), ("finish", ["confirmed"], "done"),
               ("cancel", ["requested", "confirmed"], "cancelled")]


def operation(name: str, schema: str = "EmptyRequest", **more) -> dict:
    return {"operationId": f"bookings_{name}", "requestBody": {"content": {"application/json": {
        "schema": {"$ref": f"#/components/schemas/{schema}"}}}}, **more}


def openapi() -> dict:
    paths = {f"/api/v1/bookings/{{id}}/{name}": {"post": operation(name, "Cancel" if name == "cancel" else "EmptyRequest",
             **{"x-transitions": [{"field": "status", "from": sources, "to": target}]})}
             for name, sources, target in TRANSITIONS}
    paths["/api/v1/bookings/{id}/move"] = {"post": operation("move", "Move")}
    paths["/api/v1/bookings/shift"] = {"post": operation("shift", "Move")}
    paths["/api/v1/bookings/{id}"] = {"get": {"operationId": "bookings_retrieve"}}
    paths["/api/v1/bookings/{id}/move"]["options"] = {"operationId": "bookings_move_options"}
    return {"paths": paths, "components": {"schemas": {
        "EmptyRequest": {"type": "object", "additionalProperties": False},
        "Cancel": {"type": "object", "required": ["reason"],
                   "properties": {"reason": {"type": "string", "minLength": 3, "maxLength": 40}}},
        "Move": {"type": "object", "required": ["room", "kind", "at"], "properties": {
            "room": {"type": "integer", "minimum": 2}, "kind": {"type": "string", "enum": ["wet", "dry"]},
            "at": {"type": ["string", "null"], "format": "date"}, "note": {"type": "string"}}},
    }}}


@dataclass
class Answer:
    status: int
    body: dict

    def json(self) -> dict:
        return self.body


@dataclass
class Bookings:
    """A clinic with one booking, which keeps to its transitions."""

    state: str = "requested"
    asked: list = field(default_factory=list)

    @property
    def client(self):
        return self

    def get(self, _path):
        return Answer(200, {"status": self.state})

    def post(self, path, body):
        self.asked.append((path, body))
        for name, sources, target in TRANSITIONS:
            if path.endswith(f"/{name}") and self.state in sources:
                self.state = target
                return Answer(200, {})
        return Answer(409, {})


def by_hand() -> dict:
    return {"bookings_update": Case(own=lambda _clinic: {"id": "7"}, existing=lambda _clinic: {"id": "1"}, keyed=True),
            "bookings_create": Case(status=201, keyed=True)}


def test_a_body_is_the_smallest_that_is_allowed():
    schemas = openapi()["components"]["schemas"]
    assert sample({"$ref": "#/components/schemas/Move"}, schemas) == {"room": 2, "kind": "wet", "at": "2030-01-31"}
    assert sample({"$ref": "#/components/schemas/Cancel"}, schemas) == {"reason": "aaa"}
    assert sample({"$ref": "#/components/schemas/EmptyRequest"}, schemas) == {}


def test_an_action_on_an_object_is_called_on_one_of_its_resource():
    case = derive("bookings_move", by_hand(), openapi())
    assert (case.own(None), case.existing(None), case.status, case.keyed) == ({"id": "7"}, {"id": "1"}, 200, True)
    assert case.body(None) == {"room": 2, "kind": "wet", "at": "2030-01-31"}
    assert case.takes_body


def test_an_action_on_the_list_names_no_object():
    case = derive("bookings_shift", by_hand(), openapi())
    assert (case.own(None), case.status, case.keyed) == ({}, 200, True)


def test_an_object_is_led_to_the_state_that_a_transition_takes():
    clinic = Bookings()
    assert derive("bookings_finish", by_hand(), openapi()).own(clinic) == {"id": "7"}
    assert clinic.state == "confirmed"
    assert clinic.asked == [("/api/v1/bookings/7/confirm", {})]
    assert steps_to(TRANSITIONS, "requested", ["done"]) == ["confirm", "finish"]


def test_options_are_asked_about_the_object_of_their_path():
    cases = Cases(by_hand())
    cases["bookings_move"] = derive("bookings_move", by_hand(), openapi())
    case = derive("bookings_move_options", cases, openapi())
    assert (case.own(None), case.existing(None), case.status) == ({"id": "7"}, {"id": "1"}, 200)
    assert not case.takes_body and not case.keyed
    assert derive("bookings_move_options", {}, openapi()) is None


def test_what_is_no_action_has_no_case_of_its_own():
    assert derive("bookings_retrieve", by_hand(), openapi()) is None
    assert derive("bookings_move", {}, openapi()) is None


def test_the_cases_by_hand_and_the_derived_are_one_table(monkeypatch):
    monkeypatch.setattr(derived, "document", openapi)
    cases = Cases(by_hand())
    assert "bookings_move" in cases and "bookings_update" in cases
    assert "bookings_retrieve" not in cases and "no_such_operation" not in cases
    assert cases["bookings_move"].body(None) == {"room": 2, "kind": "wet", "at": "2030-01-31"}
