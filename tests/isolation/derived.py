"""Cases of actions and of OPTIONS, made from the route table and from OpenAPI: they need none by hand.

An action on one object is called on a fresh object of its resource, which the resource's own `<plural>_update` case
makes; a transition is led there by those before it. Its body is the smallest that OpenAPI allows. OPTIONS of a path is
asked about what the path's first operation is called on.
"""

from __future__ import annotations

import functools
import json
import re
import subprocess
from collections import deque
from dataclasses import replace

from support.stack import binary

OBJECT_ACTION = re.compile(r"/api/v1/(\w+)/{id}/([a-z][a-z0-9-]*)")
LIST_ACTION = re.compile(r"/api/v1/(\w+)/([a-z][a-z0-9-]*)")


@functools.cache
def document() -> dict:
    done = subprocess.run([binary(), "openapi"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, f"terrace openapi failed:\n{done.stderr}"
    return json.loads(done.stdout)


def operations(openapi: dict) -> dict[str, tuple[str, str, dict]]:
    """Method, path and operation by operation id."""
    return {
        operation["operationId"]: (method.upper(), path, operation)
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
        if isinstance(operation, dict) and "operationId" in operation
    }


def sample(schema: dict, schemas: dict):
    """The smallest value that a schema allows, as far as our schemas go."""
    if "$ref" in schema:
        return sample(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas)
    if "anyOf" in schema:
        return sample(schema["anyOf"][0], schemas)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "object":
        return {name: sample(schema["properties"][name], schemas) for name in schema.get("required", [])}
    if kind == "array":
        return [sample(schema["items"], schemas)] * schema.get("minItems", 0)
    if kind == "boolean":
        return True
    if kind in ("integer", "number"):
        return schema.get("minimum", 1)
    formats = {"uuid": "01900000-0000-7000-8000-000000000001", "date": "2030-01-31", "duration": "PT30M",
               "date-time": "2030-01-31T09:30:00Z", "time-local": "09:30", "email": "a@b.example",
               "phone": "+919812345678", "uri": "https://terrace.example/"}
    return formats.get(schema.get("format"), "a" * max(schema.get("minLength", 1), 1))


def body_of(openapi: dict, operation: dict):
    schemas = openapi["components"]["schemas"]
    return sample(operation["requestBody"]["content"]["application/json"]["schema"], schemas)


def steps_to(transitions: list[tuple[str, list[str], str]], begin: str, allowed: list[str]) -> list[str]:
    """The names of the transitions that lead from `begin` to one of the allowed states, the fewest."""
    ways = deque([(begin, [])])
    seen = {begin}
    while ways:
        state, steps = ways.popleft()
        if state in allowed:
            return steps
        for name, sources, target in transitions:
            if state in sources and target not in seen:
                seen.add(target)
                ways.append((target, [*steps, name]))
    raise AssertionError(f"no transition leads from {begin} to {allowed}")


def led_to(openapi: dict, plural: str, transition: dict, fresh):
    """A builder of an object in a state that the transition takes."""
    known = operations(openapi).values()
    transitions = [
        (path.rsplit("/", 1)[-1], step["from"], step["to"])
        for _, path, operation in known
        if path.startswith(f"/api/v1/{plural}/{{id}}/")
        for step in operation.get("x-transitions", [])
        if step["field"] == transition["field"]
    ]
    by_name = {path.rsplit("/", 1)[-1]: operation for _, path, operation in known if "x-transitions" in operation}

    def build(clinic):
        parameters = fresh(clinic)
        at = f"/api/v1/{plural}/{parameters['id']}"
        state = clinic.client.get(at).json()[transition["field"]]
        for name in steps_to(transitions, state, transition["from"]):
            answer = clinic.client.post(f"{at}/{name}", body_of(openapi, by_name[name]))
            assert answer.status == 200, answer
        return parameters

    return build


def of_options(operation_id: str, cases: dict):
    """That of the path's first operation, with nothing sent."""
    named = operation_id.removesuffix("_options")
    if named not in cases:
        return None
    plain = type(cases[named])()
    return replace(plain, own=cases[named].own, existing=cases[named].existing)


def derive(operation_id: str, cases: dict, openapi: dict):
    """The case of an action or of OPTIONS, or nothing when the route is neither, or its resource has no case."""
    method, path, operation = operations(openapi).get(operation_id, ("", "", {}))
    if method == "OPTIONS":
        return of_options(operation_id, cases)
    if method != "POST":
        return None
    body = body_of(openapi, operation)
    if found := OBJECT_ACTION.fullmatch(path):
        update = dict.get(cases, f"{found[1]}_update")
        if update is None:
            return None
        own = update.own
        for transition in operation.get("x-transitions", []):
            own = led_to(openapi, found[1], transition, own)
        return replace(update, own=own, body=lambda _clinic: body)
    found = LIST_ACTION.fullmatch(path)
    create = found and dict.get(cases, f"{found[1]}_create")
    return replace(create, status=200, body=lambda _clinic: body) if create else None


class Cases(dict):
    """The cases by hand, and those that follow from the API's own description."""

    def __missing__(self, operation_id: str):
        case = derive(operation_id, self, document())
        if case is None:
            raise KeyError(operation_id)
        return self.setdefault(operation_id, case)

    def __contains__(self, operation_id: object) -> bool:
        try:
            self[operation_id]
        except KeyError:
            return False
        return True
