"""support/contract.py, which every suite relies on: an answer that the document does not promise is found, and the
message says where."""

import json
import subprocess
import sys

import pytest
from harness import ROOT

from support.contract import Contract
from support.wire import Answer

NOTE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "lines"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "lines": {"type": "array", "items": {"type": "string"}},
        "at": {"type": "string", "format": "time-local"},
        "answers": {"anyOf": [{"$ref": "#/components/schemas/Note"}, {"type": "null"}]},
    },
}
PROBLEM = {
    "type": "object",
    "additionalProperties": False,
    "required": ["code"],
    "properties": {"code": {"type": "string", "enum": ["not_found"]}},
}


def of(media_type, schema):
    return {"description": "", "content": {media_type: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}}


DOCUMENT = {
    "paths": {
        "/notes/{id}": {
            "get": {
                "operationId": "notes_retrieve",
                "responses": {
                    "200": of("application/json", "Note"),
                    "404": {"$ref": "#/components/responses/NotFound"},
                },
            },
            "delete": {"operationId": "notes_archive", "responses": {"204": {"description": ""}}},
        },
        "/notes/newest": {"get": {"operationId": "notes_newest", "responses": {"204": {"description": ""}}}},
    },
    "components": {
        "schemas": {"Note": NOTE, "Problem": PROBLEM},
        "responses": {"NotFound": of("application/problem+json", "Problem")},
    },
}
ID = "01930f6e-8d2a-7cc1-9f3b-2a6b8c1d4e5f"
WHOLE = {"id": ID, "lines": ["a"]}


def answer(status, body=None, media_type="application/json"):
    data = b"" if body is None else json.dumps(body).encode()
    return Answer(b"", b"", status, [("Content-Type", media_type)] if data else [], data)


def problem(code):
    return answer(404, {"code": code}, "application/problem+json")


KEPT = {
    "an object": ("GET", "/notes/1?x=1", answer(200, WHOLE)),
    "a format that is only named": ("GET", "/notes/1", answer(200, {**WHOLE, "at": "soon"})),
    "some members of it, as was asked": ("GET", "/notes/1?fields=id", answer(200, {"id": ID})),
    "some members of what is within it": ("GET", "/notes/1?fields=answers.id", answer(200, {"answers": {"id": ID}})),
    "a problem": ("GET", "/notes/1", problem("not_found")),
    "no body where none is promised": ("DELETE", "/notes/1", answer(204)),
    "HEAD, which has the head of GET": ("HEAD", "/notes/1", answer(200)),
    "a written path before a named one": ("GET", "/notes/newest", answer(204)),
    "a refusal where there is no operation": ("GET", "/elsewhere", problem("whatever")),
    "what a browser asks before": ("OPTIONS", "/notes/1", answer(204)),
}
BROKEN = {
    "a status": ("GET", "/notes/1", answer(201, WHOLE), "the status 201 is not among 200 404"),
    "a media type": ("GET", "/notes/1", answer(200, WHOLE, "text/json"), "200 is text/json, not application/json"),
    "no body": ("GET", "/notes/1", answer(200), "200 has no body where application/json is promised"),
    "a body where none is": ("DELETE", "/notes/1", answer(204, WHOLE), "204 is application/json, not empty"),
    "a member that is missing": ("GET", "/notes/1", answer(200, {"id": ID}), "at /: 'lines' is a required property"),
    "a member that nobody declared": (
        "GET", "/notes/1", answer(200, {**WHOLE, "more": 1}), "at /: Additional properties are not allowed ('more'"),
    "a type": ("GET", "/notes/1", answer(200, {**WHOLE, "lines": ["a", 1]}), "at /lines/1: 1 is not of type 'string'"),
    "a format": ("GET", "/notes/1", answer(200, {**WHOLE, "id": "1"}), "at /id: '1' is not a 'uuid'"),
    "a problem's code": ("GET", "/notes/1", problem("gone"), "at /code: 'gone' is not one of ['not_found']"),
    "a success where there is no operation": ("GET", "/elsewhere", answer(200, {}), "no operation GET /elsewhere"),
}  # fmt: skip


@pytest.mark.parametrize("method, target, said", KEPT.values(), ids=KEPT)
def test_what_is_promised_passes(method, target, said):
    Contract(DOCUMENT).check(method, target, said)


@pytest.mark.parametrize("method, target, said, fault", BROKEN.values(), ids=BROKEN)
def test_what_is_not_promised_is_found(method, target, said, fault):
    with pytest.raises(AssertionError) as raised:
        Contract(DOCUMENT).check(method, target, said)
    assert fault in str(raised.value)
    if "no operation" not in fault:
        assert "notes_" in str(raised.value)


def check_exchanges(folder):
    run = subprocess.run([sys.executable, ROOT / "tests/support/exchanges.py", folder], capture_output=True, text=True)
    assert run.stderr == ""
    return run.returncode, run.stdout.splitlines()


def write(folder, *bodies):
    lines = [DOCUMENT] + [
        {"method": "GET", "target": "/notes/1", "status": 200, "content_type": "application/json",
         "body": json.dumps(body)} for body in bodies
    ]  # fmt: skip
    (folder / "1.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))


def test_exchanges_that_keep_to_the_document_pass(tmp_path):
    write(tmp_path, WHOLE, WHOLE)
    assert check_exchanges(tmp_path) == (0, [])


def test_exchanges_that_do_not_are_listed_once_each(tmp_path):
    write(tmp_path, {"id": ID}, WHOLE, {"id": ID.replace("0", "1")}, {"lines": []})
    code, lines = check_exchanges(tmp_path)
    assert code == 1
    found = [line for line in lines if line.startswith("notes_retrieve")]
    assert [line.rsplit(": ", 1)[-1] for line in found] == ["'lines' is a required property", "'id' is a required property"]


def test_a_suite_that_writes_no_exchanges_is_a_fault(tmp_path):
    assert check_exchanges(tmp_path) == (1, [f"{tmp_path}: no test has written an exchange"])


@pytest.mark.parametrize("schema", [
    {"type": "array", "prefixItems": [{"type": "string"}]},
    {"$ref": "#/components/schemas/Problem", "maxProperties": 1},
])  # fmt: skip
def test_a_document_that_the_quick_check_would_pass_over_in_silence_is_no_contract(schema):
    schemas = {**DOCUMENT["components"]["schemas"], "Other": schema}
    with pytest.raises(AssertionError, match="quick check|beside a"):
        Contract({**DOCUMENT, "components": {**DOCUMENT["components"], "schemas": schemas}})
