"""The attack classes, each as the requests to one route by which somebody of clinic A reaches for clinic B.

Every request is made twice: about what B has, and about what nobody has. Where `hidden` the two answers must be equal.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any, Callable, Iterator

from cases import CASES, Case
from hosts import SPOOFS
from routes import Route
from support.clinics import Clinic

NEVER = "01900000-0000-7000-8000-00000000dead"


@dataclass(frozen=True)
class Target:
    """What an attack is about: of B, or of nobody."""

    parameters: dict[str, str]
    id: str
    other: str  # the id of another object
    tenant: str
    user: str
    word: str
    phone: str
    email: str
    cursor: str
    key: str
    tag: str
    file: str
    refresh_token: str


def of_nobody(parameters: list[str]) -> Target:
    return Target(
        {name: "0" if name == "ordinal" else NEVER for name in parameters}, NEVER, NEVER[:-1] + "e", NEVER[:-1] + "f",
        NEVER[:-1] + "a", f"zor{secrets.token_hex(5)}", f"+9198{secrets.randbelow(10**8):08d}",
        f"{secrets.token_hex(6)}@people.example", secrets.token_urlsafe(90), f"key-{secrets.token_hex(6)}", '"7-0"', NEVER,
        secrets.token_urlsafe(51))


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    target: Target
    hidden: bool = False  # what is asked for may not show whether it is there
    rest: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Try:
    """A route, the valid request to it, and what the attack is about."""

    route: Route
    case: Case
    a: Clinic
    own: dict[str, str]  # path parameters of an object of A
    target: Target

    def request(self, parameters: dict[str, str] | None = None, *, path: str | None = None, method: str | None = None,
                hidden: bool = False, body: Any = None, query: Any = None, headers: dict | None = None) -> Request:
        """The valid request with changes."""
        case, route = self.case, self.route
        rest: dict[str, Any] = {"query": case.query(self.a) if query is None else query, "headers": headers or {}}
        if case.raw is not None and body is None:
            rest["body"] = case.raw
            rest["headers"] = {"Content-Type": "application/octet-stream", **rest["headers"]}
        elif route.unsafe:
            rest["json"] = body if body is not None else case.body(self.a) if case.takes_body else {}
        return Request(method or route.method, path or route.at(**(self.own if parameters is None else parameters)),
                       self.target, hidden, rest)

    def on_theirs(self, **changes) -> Request:
        return self.request(self.target.parameters, hidden=True, **changes)

    def with_id(self, shape: str) -> str:
        return self.route.at(**{**self.target.parameters, "id": shape})

    @property
    def named(self) -> bool:
        return bool(self.route.parameters)

    @property
    def fields(self) -> dict:
        return self.case.body(self.a) if self.case.takes_body else {}


Tries = Iterator[Request]


def id_in_path(t: Try) -> Tries:
    if t.named:
        yield t.on_theirs()


def id_in_query(t: Try) -> Tries:
    for name in ("id", "ids", "patient_id", "user_id", "session"):
        yield t.request(query={**t.case.query(t.a), name: t.target.id}, hidden=True)


def id_in_body(t: Try) -> Tries:
    if t.case.takes_body:
        for name in ("id", "household_id", "patient_id", "user_id", "file_id", "session_id"):
            yield t.request(body={**t.fields, name: t.target.id})


def id_nested(t: Try) -> Tries:
    """Of another under one's own, and the other way round."""
    if t.named:
        yield t.request(path=f"{t.route.at(**t.own)}/{t.target.id}", hidden=True)
        yield t.request(path=f"{t.route.at(**t.target.parameters)}/{t.own['id']}", hidden=True)
    if t.case.takes_body:
        yield t.request(body={**t.fields, "patient": {"id": t.target.id}}, hidden=True)


def id_in_array(t: Try) -> Tries:
    """Mixed with one's own."""
    mine = t.a.patients[0]["id"]
    for ids in ([t.target.id], [mine, t.target.id], [t.target.id, mine]):
        if t.route.unsafe and t.case.raw is None:
            yield t.request(body=[{"id": one, "version": 1} for one in ids], hidden=True)
            yield t.request(body={"ids": ids}, hidden=True)
        else:
            yield t.request(query={"id__in": ",".join(ids)}, hidden=True)


def id_in_header(t: Try) -> Tries:
    for name in ("X-Object-Id", "X-User-Id", "X-Session-Id", "X-Request-Id"):
        yield t.request(t.target.parameters if t.named else None, headers={name: t.target.id}, hidden=t.named)


def id_in_cursor(t: Try) -> Tries:
    for query in ({}, {"limit": 1}, {"ordering": "name"}):
        yield t.request(query={**query, "cursor": t.target.cursor}, hidden=True)


def id_in_filter(t: Try) -> Tries:
    for query in ({"search": t.target.word}, {"search": t.target.phone}, {"search": t.target.word, "archived": "true"},
                  {"search": t.target.word, "count": "exact"}, {"phone": t.target.phone}, {"name": t.target.word},
                  {"household_id": t.target.id}, {"ordering": t.target.id}, {"ordering": "tenant_id"},
                  {"expand": t.target.id}, {"fields": "tenant_id"}):
        yield t.request(query=query, hidden=True)


def tenant_in_body(t: Try) -> Tries:
    if t.case.takes_body:
        for name in ("tenant_id", "tenant", "tid", "organization", "organization_id"):
            yield t.request(body={**t.fields, name: t.target.tenant})


def method_overridden(t: Try) -> Tries:
    for name in ("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"):
        for method in ("DELETE", "PATCH", "GET"):
            yield t.request(t.target.parameters, headers={name: method}, hidden=t.named)


def other_methods(t: Try) -> Tries:
    for method in ("HEAD", "OPTIONS"):
        if t.named:
            yield Request(method, t.route.at(**t.target.parameters), t.target, True)


def parameter_twice(t: Try) -> Tries:
    for name, mine, theirs in (("search", t.a.word, t.target.word), ("id", t.a.patients[0]["id"], t.target.id),
                               ("cursor", "x", t.target.cursor), ("limit", "1", "1")):
        yield t.request(query=[(name, mine), (name, theirs)], hidden=True)


def types_juggled(t: Try) -> Tries:
    if t.named:
        for shape in ("0", "-1", "null", "true", "[]", "%7B%7D", "1e3", "NaN", f"%5B%22{t.target.id}%22%5D"):
            yield t.request(path=t.with_id(shape), hidden=True)
    if t.case.takes_body:
        for value in ([t.target.id], {"id": t.target.id}, 7, None, True):
            yield t.request(body={name: value for name in t.fields} or {"id": value})


def id_in_another_shape(t: Try) -> Tries:
    if t.named:
        id_ = t.target.id
        for shape in (id_.upper(), id_.replace("-", ""), f"%7B{id_}%7D", f"urn:uuid:{id_}", f"%20{id_}", f"{id_}%00",
                      f"{id_}%0a", f"{id_}%27--", "".join(chr(0xFF10 + int(c)) if c.isdigit() else c for c in id_)):
            yield t.request(path=t.with_id(shape), hidden=True)


def path_in_another_shape(t: Try) -> Tries:
    if t.named:
        mine, theirs = t.route.at(**t.own), t.route.at(**t.target.parameters)
        last = theirs.rpartition("/")[2]
        for path in (f"{theirs}/", f"{mine}/../{last}", f"{mine}%2f..%2f{last}", f"{theirs};x", f"{theirs}.json",
                     theirs.replace("/v1/", "/v1//"), theirs.replace("/v1/", "/v2/"), f"{theirs}%20"):
            yield t.request(path=path, hidden=True)


def another_host(t: Try) -> Tries:
    yield t.on_theirs() if t.named else t.request()


def header_names_tenant(t: Try) -> Tries:
    for name in SPOOFS:
        yield t.request(t.target.parameters if t.named else None, headers={name: t.target.tenant}, hidden=t.named)


def validators(t: Try) -> Tries:
    for name in ("If-Match", "If-None-Match", "If-Range"):
        for value in (t.target.tag, "*"):
            if t.named:
                yield t.on_theirs(headers={name: value})


def key_of_theirs(t: Try) -> Tries:
    if t.case.keyed:
        yield t.request(headers={"Idempotency-Key": t.target.key})
        if t.named:
            yield t.on_theirs(headers={"Idempotency-Key": t.target.key})


def file_swapped(t: Try) -> Tries:
    if "files" in t.route.path and t.named:
        for headers in ({"Range": "bytes=0-1"}, {"Range": "bytes=0-1", "If-Range": t.target.tag}, {}):
            yield t.request({**t.own, "id": t.target.file}, headers=headers, hidden=True)
    if t.case.takes_body:
        yield t.request(body={**t.fields, "photo": t.target.file}, hidden=True)


def token_swapped(t: Try) -> Tries:
    if t.route.access == "open" and t.route.unsafe:
        yield t.request(body={"grant_type": "refresh_token", "refresh_token": t.target.refresh_token + "x"}, hidden=True)
        yield t.request(body={"code": t.target.refresh_token}, hidden=True)
        yield t.request(body={"email": t.target.email, "password": "not-the-right-one-1"}, hidden=True)


def download_swapped(t: Try) -> Tries:
    if t.case.pages:
        for form in ("csv", "ndjson"):
            yield t.request(query={"format": form, "search": t.target.word}, headers={"Accept": "*/*"}, hidden=True)
            yield t.request(query={"format": form, "cursor": t.target.cursor}, headers={"Accept": "*/*"}, hidden=True)


# Stale tokens and a session in two tenants are attackers of test_matrix.py, on all of these.
CLASSES: dict[str, Callable[[Try], Tries]] = {
    attack.__name__: attack
    for attack in (id_in_path, id_in_query, id_in_body, id_nested, id_in_array, id_in_header, id_in_cursor, id_in_filter,
                   tenant_in_body, method_overridden, other_methods, parameter_twice, types_juggled, id_in_another_shape,
                   path_in_another_shape, another_host, header_names_tenant, validators, key_of_theirs, file_swapped,
                   token_swapped, download_swapped)
}


def case_of(route: Route) -> Case:
    return CASES[route.operation_id]
