"""What the served OpenAPI document promises of each answer."""

from __future__ import annotations

import jsonschema

from routes import Route
from support.wire import Answer

FORBIDDEN_HEADERS = ("access-control-", "x-powered-by")


class Contract:
    def __init__(self, document: dict) -> None:
        self.document = document
        self.resolver = jsonschema.RefResolver("", document)
        jsonschema.Draft202012Validator.check_schema(document.get("components", {}).get("schemas", {}))

    def check(self, route: Route, answer: Answer) -> None:
        self._check_headers(route, answer)
        operation = self.document["paths"][route.path][route.method.lower()]
        described = operation["responses"].get(str(answer.status))
        assert described is not None, f"{route}: OpenAPI does not know status {answer.status}: {answer!r}"
        while "$ref" in described:
            described = self.resolver.resolve(described["$ref"])[1]
        self._check_content(route, answer, described.get("content", {}))

    def _check_content(self, route: Route, answer: Answer, content: dict) -> None:
        content = {name.split(";")[0]: described for name, described in content.items()}
        media_type = (answer.header("content-type") or "").split(";")[0]
        if not answer.body:
            assert not content or answer.status == 304, f"{route}: an empty body where {list(content)} is promised"
            return
        assert media_type in content, f"{route}: content type {media_type!r} is not in {list(content)}: {answer!r}"
        schema = content[media_type].get("schema")
        if schema and media_type.endswith("json"):
            validator = jsonschema.Draft202012Validator(schema, resolver=self.resolver)
            faults = [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(answer.json())]
            assert not faults, f"{route}: the body is not as OpenAPI says: {faults}\n{answer!r}"

    def _check_headers(self, route: Route, answer: Answer) -> None:
        for name, value in answer.headers:
            assert not name.lower().startswith(FORBIDDEN_HEADERS), f"{route}: sends {name}: {value}"
        server = answer.header("server") or ""
        assert not any(character.isdigit() for character in server), f"{route}: Server tells a version: {server}"
        if route.access != "open":
            assert answer.header("cache-control") == "no-store", f"{route}: data without Cache-Control: no-store"
        assert answer.header("x-content-type-options") == "nosniff", f"{route}: no nosniff"
