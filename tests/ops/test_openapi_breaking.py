"""bin/lib/openapi_breaking.py: what breaks a program written against the old document is found, what does not is not."""

import copy
import json
import subprocess
import sys

import pytest
from harness import ROOT

NOTE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "text"],
    "properties": {
        "id": {"type": "string"},
        "text": {"type": "string"},
        "mood": {"type": ["string", "null"], "enum": ["good", "bad", None]},
        "parent": {"$ref": "#/components/schemas/Note"},
    },
}
DRAFT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["text"],
    "properties": {"text": {"type": "string", "maxLength": 20}, "mood": {"type": "string", "enum": ["good", "bad"]}},
}


def content(schema):
    return {"application/json": {"schema": schema}}


def document():
    return {
        "paths": {
            "/notes": {
                "get": {
                    "operationId": "notes_list",
                    "x-permission": "notes.read",
                    "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}}],
                    "responses": {
                        "200": {
                            "description": "OK",
                            "content": content({"type": "array", "items": {"$ref": "#/components/schemas/Note"}}),
                        },
                        "404": {"$ref": "#/components/responses/NotFound"},
                    },
                },
                "post": {
                    "operationId": "notes_create",
                    "requestBody": {"required": True, "content": content({"$ref": "#/components/schemas/Draft"})},
                    "responses": {
                        "201": {"description": "Created", "content": content({"$ref": "#/components/schemas/Note"})}
                    },
                },
            },
            "/manual": {
                "get": {
                    "operationId": "manual",
                    "responses": {"200": {"description": "OK", "content": {"text/html; charset=utf-8": {}}}},
                }
            },
        },
        "components": {
            "schemas": {
                "Note": copy.deepcopy(NOTE),
                "Draft": copy.deepcopy(DRAFT),
                "Problem": {"type": "object", "properties": {"code": {"type": "string", "enum": ["not_found"]}}},
            },
            "responses": {
                "NotFound": {"description": "", "content": content({"$ref": "#/components/schemas/Problem"})}
            },
        },
    }


def breaks(tmp_path, change):
    changed = document()
    change(changed)
    files = [tmp_path / "old.json", tmp_path / "new.json"]
    for file, content_of in zip(files, (document(), changed)):
        file.write_text(json.dumps(content_of))
    run = subprocess.run(
        [sys.executable, str(ROOT / "bin/lib/openapi_breaking.py"), *map(str, files)], capture_output=True, text=True
    )
    assert run.stderr == ""
    assert run.returncode == (1 if run.stdout else 0)
    return run.stdout.splitlines()


def note(changed):
    return changed["components"]["schemas"]["Note"]


def draft(changed):
    return changed["components"]["schemas"]["Draft"]


def get(changed):
    return changed["paths"]["/notes"]["get"]


def name_mood(changed, of, choices):
    """The choices become a type of their own; in a note they may be null."""
    changed["components"]["schemas"]["Mood"] = {"type": "string", "enum": choices}
    named = {"$ref": "#/components/schemas/Mood"}
    of(changed)["properties"]["mood"] = {"anyOf": [named, {"type": "null"}]} if of is note else named


BREAKS = {
    "a path goes": (lambda d: d["paths"].pop("/notes"), "GET /notes is gone"),
    "an operation goes": (lambda d: d["paths"]["/notes"].pop("post"), "POST /notes is gone"),
    "an operation is renamed": (
        lambda d: get(d).update(operationId="list"),
        "GET /notes is called list, not notes_list",
    ),
    "another permission is asked for": (
        lambda d: get(d).update({"x-permission": "notes.admin"}),
        "GET /notes asks for the permission notes.admin, not notes.read",
    ),
    "a parameter goes": (lambda d: get(d)["parameters"].clear(), "GET /notes parameter limit is gone"),
    "a parameter is demanded": (
        lambda d: get(d)["parameters"].append({"name": "q", "in": "query", "required": True, "schema": {}}),
        "GET /notes parameter q is new and required",
    ),
    "a parameter takes less": (
        lambda d: get(d)["parameters"][0]["schema"].update(maximum=50),
        "GET /notes parameter limit has the maximum 50, was 100",
    ),
    "a success goes": (lambda d: get(d)["responses"].pop("200"), "GET /notes 200 is gone"),
    "a member of an answer goes": (lambda d: note(d)["properties"].pop("text"), "GET /notes 200[].text is gone"),
    "a member of an answer may be missing": (
        lambda d: note(d)["required"].remove("text"),
        "GET /notes 200[].text may be missing",
    ),
    "a member of an answer may be null": (
        lambda d: note(d)["properties"]["text"].update(type=["string", "null"]),
        "GET /notes 200[].text may be null",
    ),
    "an answer has a new choice": (
        lambda d: note(d)["properties"]["mood"]["enum"].append("none"),
        'GET /notes 200[].mood may be "none"',
    ),
    "an answer names its choices, one more": (
        lambda d: name_mood(d, note, ["good", "bad", "none"]),
        'GET /notes 200[].mood may be "none"',
    ),
    "a body names its choices, one less": (
        lambda d: name_mood(d, draft, ["good"]),
        'POST /notes body.mood may no longer be "bad"',
    ),
    "a member of a body is demanded": (
        lambda d: draft(d)["required"].append("mood"),
        "POST /notes body.mood is required",
    ),
    "a member of a body is no longer taken": (
        lambda d: draft(d)["properties"].pop("mood"),
        "POST /notes body.mood is no longer taken",
    ),
    "a body takes a choice less": (
        lambda d: draft(d)["properties"]["mood"]["enum"].remove("bad"),
        'POST /notes body.mood may no longer be "bad"',
    ),
    "a body takes shorter texts": (
        lambda d: draft(d)["properties"]["text"].update(maxLength=10),
        "POST /notes body.text has the maxLength 10, was 20",
    ),
    "a body is of another type": (
        lambda d: draft(d)["properties"]["text"].update(type="integer"),
        "POST /notes body.text may no longer be string",
    ),
}


@pytest.mark.parametrize("change, line", BREAKS.values(), ids=BREAKS.keys())
def test_a_break_is_named(tmp_path, change, line):
    assert line in breaks(tmp_path, change)


HARMLESS = {
    "nothing": lambda d: None,
    "an answer that names its choices": lambda d: name_mood(d, note, ["good", "bad"]),
    "a body that names its choices": lambda d: name_mood(d, draft, ["good", "bad"]),
    "a new operation": lambda d: d["paths"].update({"/more": d["paths"]["/notes"]}),
    "a new parameter that may be left out": lambda d: get(d)["parameters"].append(
        {"name": "q", "in": "query", "schema": {"type": "string"}}
    ),
    "a parameter that takes more": lambda d: get(d)["parameters"][0]["schema"].update(maximum=200),
    "a new member of an answer": lambda d: note(d)["properties"].update(colour={"type": "string"}),
    "a new member of a body that may be left out": lambda d: draft(d)["properties"].update(colour={"type": "string"}),
    "longer texts": lambda d: draft(d)["properties"]["text"].update(maxLength=30),
    "nothing demanded any more": lambda d: draft(d)["required"].clear(),
    "other words": lambda d: get(d).update(summary="Other words", description="More of them"),
    "a page for people goes": lambda d: d["paths"].pop("/manual"),
    "a new code of a problem": lambda d: d["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].append("x"),
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_programs_can_live_with_is_no_break(tmp_path, change):
    assert breaks(tmp_path, change) == []
