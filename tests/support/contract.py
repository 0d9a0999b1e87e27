"""What an OpenAPI document promises of each answer. A suite gives its clients the document of the program that they
speak to, so that no answer in any test goes against it."""

from __future__ import annotations

import json
import re
import subprocess
from functools import partial
from typing import Callable, Iterator
from urllib.parse import parse_qsl

import fastjsonschema
import jsonschema

from support.wire import Answer

CHECKED_FORMATS = jsonschema.FormatChecker(("uuid", "date", "email", "ipv4", "ipv6"))
OPERATIONS = {"HEAD": "get", **{method.upper(): method for method in ("get", "put", "post", "delete", "patch", "options")}}
# Said of a browser's or a proxy's question, before any operation is looked for.
OUTSIDE_OPERATIONS = {"OPTIONS", "TRACE", "CONNECT"}

JSON_TYPES = {"application/json", "application/problem+json"}

# What fastjsonschema, which knows no later draft than 7, would pass over in silence; and so what may stand beside a $ref.
LATER_KEYWORDS = {"unevaluatedProperties", "unevaluatedItems", "prefixItems", "dependentRequired", "dependentSchemas"}
BESIDE_A_REFERENCE = {"$ref", "description", "title", "default", "examples", "readOnly", "writeOnly", "deprecated"}


class Contract:
    def __init__(self, document: dict) -> None:
        self.document = document
        self.resolver = jsonschema.RefResolver("", document)
        for schema in document["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)
        _assert_no_later_keyword(document)
        self.formats = {str(node["format"]) for node in _nodes(document) if "format" in node}
        self._quick: dict[int, Callable] = {}  # by the schema's identity: the document holds them all
        # A written segment goes before a named one: `/patients/duplicates` is no `/patients/{id}`.
        self.paths = sorted(((_pattern(path), path) for path in document["paths"]), key=lambda pair: pair[1].count("{"))

    @staticmethod
    def of_program(binary: str) -> Contract:
        """As `terrace openapi` prints it."""
        done = subprocess.run([binary, "openapi"], capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, f"{binary} openapi failed:\n{done.stderr}"
        return Contract(json.loads(done.stdout))

    def query_names(self, path: str) -> set[str]:
        """The parameters that GET of this path takes in its query."""
        parameters = self.document["paths"][path]["get"].get("parameters", [])
        return {parameter["name"] for parameter in parameters if parameter["in"] == "query"}

    def check(self, method: str, target: str, answer: Answer) -> None:
        """Raises AssertionError that names the operation, the status and the place in the body."""
        operation = self._operation(method, target)
        if operation is None:
            assert answer.status >= 400 or method in OUTSIDE_OPERATIONS, \
                f"OpenAPI has no operation {method} {target}, but it succeeds: {answer!r}"
            return
        sparse = "fields" in dict(parse_qsl(target.partition("?")[2]))
        faults = list(self._faults(operation, method, answer, sparse))
        assert not faults, f"{operation['operationId']} goes against OpenAPI: " + "; ".join(faults) + f"\n{answer!r}"

    def _operation(self, method: str, target: str) -> dict | None:
        path = target.partition("?")[0]
        for pattern, name in self.paths:
            if pattern.fullmatch(path):
                return self.document["paths"][name].get(OPERATIONS.get(method))
        return None

    def _faults(self, operation: dict, method: str, answer: Answer, sparse: bool) -> Iterator[str]:
        described = operation["responses"].get(str(answer.status))
        if described is None:
            yield f"the status {answer.status} is not among {' '.join(operation['responses'])}"
            return
        while "$ref" in described:
            described = self.resolver.resolve(described["$ref"])[1]
        content = {name.split(";")[0]: of_type for name, of_type in described.get("content", {}).items()}
        media_type = (answer.header("content-type") or "").split(";")[0]
        if not answer.body:
            lines = media_type in content and media_type not in JSON_TYPES  # no line is a text, too
            if content and method != "HEAD" and not lines:
                yield f"{answer.status} has no body where {' or '.join(content)} is promised"
        elif media_type not in content and "*/*" not in content:
            yield f"{answer.status} is {media_type or 'of no type'}, not {' or '.join(content) or 'empty'}"
        elif media_type in JSON_TYPES and "schema" in content.get(media_type, {}):
            yield from self._faults_of_body(content[media_type]["schema"], answer, sparse and answer.status == 200)

    def _faults_of_body(self, schema: dict, answer: Answer, sparse: bool) -> Iterator[str]:
        """`sparse`: the request named the members that it wants of an object (`fields=`); a page has all of its own."""
        body = answer.json()
        if self._conforms(schema, body):
            return
        validator = jsonschema.Draft202012Validator(schema, resolver=self.resolver, format_checker=CHECKED_FORMATS)
        for fault in validator.iter_errors(body):
            if sparse and _was_not_asked_for(fault):
                continue
            # Of many forms the one that comes nearest says most.
            nearest = jsonschema.exceptions.best_match([fault])
            path = nearest.absolute_path
            yield f"{answer.status}, at {_place(path)}: {nearest.message[:300]}"

    def _conforms(self, schema: dict, body) -> bool:
        """In a tenth of the time that it takes to say what is wrong: callers of the drills get hundreds of answers a second."""
        check = self._quick.get(id(schema))
        if check is None:
            whole = {**schema, "components": self.document["components"]}
            formats = {name: partial(CHECKED_FORMATS.conforms, format=name) for name in self.formats}
            check = self._quick[id(schema)] = fastjsonschema.compile(whole, formats=formats)
        try:
            check(body)
            return True
        except fastjsonschema.JsonSchemaValueException:
            return False


def _nodes(document) -> Iterator[dict]:
    """Each object in it, itself first."""
    if isinstance(document, dict):
        yield document
    for inner in document.values() if isinstance(document, dict) else document if isinstance(document, list) else ():
        yield from _nodes(inner)


def _assert_no_later_keyword(document: dict) -> None:
    for node in _nodes(document):
        assert not LATER_KEYWORDS & node.keys(), f"the quick check knows no {LATER_KEYWORDS & node.keys()}"
        assert not isinstance(node.get("$ref"), str) or node.keys() <= BESIDE_A_REFERENCE, f"beside a $ref: {list(node)}"


def _was_not_asked_for(fault: jsonschema.ValidationError) -> bool:
    """Whether only members are missing, of the object or of one of the forms that it may have (an object or null)."""
    if fault.validator in ("anyOf", "oneOf"):
        forms: dict[int, list[jsonschema.ValidationError]] = {}
        for inner in fault.context:
            forms.setdefault(inner.relative_schema_path[0], []).append(inner)
        return any(all(map(_was_not_asked_for, faults)) for faults in forms.values())
    return fault.validator == "required" and "results" not in fault.instance


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile("".join("[^/]+" if part.startswith("{") else re.escape(part)
                              for part in re.split(r"({\w+})", path)))


def _place(path) -> str:
    return "/" + "/".join(map(str, path))
