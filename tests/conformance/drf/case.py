"""A case: one request, or a few in a row, that both sides are asked. Cases are data; cases/ lists them by point of the
checklist (the 59 points of what Django REST Framework gives)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

UNSET: Any = object()
JSON = "application/json"
# What a new gadget needs; a case says only what it is about.
BASE = {"code": "ZZ1", "name": "Lamp"}


@dataclass(frozen=True)
class Upload:
    """A file that a step sends: there as a part of a multipart body, here uploaded first and then written by its id."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"  # what the client calls it


@dataclass(frozen=True)
class Step:
    """A request. In `path`, `body` and the values of `headers`, `{made}` is the id of the object that the case was given,
    `{new}` that of the step before, `{part0}` that of its first part, `{AA1}` that of the stock's AA1, `{maker}` that of a maker,
    `{owner}`, `{reader}`, `{clerk}` and `{outsider}` those of people, `{etag}` the ETag of the step before."""

    method: str
    path: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    # The path and the body at Django REST Framework, where it needs others for the same question.
    drf: str = ""
    drf_body: bytes | None = None
    who: str = ""  # where another asks than in the rest of the case
    files: dict[str, Upload] = field(default_factory=dict)  # by field, beside those of `body`
    # Instead of `path`: the address of the file that this field had in the last answer; `first picture`: in the first.
    file_of: str = ""


@dataclass(frozen=True)
class Case:
    point: int
    title: str
    steps: tuple[Step, ...]
    who: str = "owner"  # or reader, clerk, outsider, nobody; or what stands after `Bearer `
    given: dict | None = None  # the fields of an object that is there before
    given_at: str = "/gadgets"
    times: int = 1  # how often the first request is sent; its last answer is compared
    walks: bool = False  # follow `next` to the end and `previous` back
    ties: str = ""  # a field whose equal values stand in any order
    differs: tuple[str, ...] = ()  # the rows of docs/drf.md that this case needs

    @property
    def id(self) -> str:
        return f"{self.point:02} {self.title}"


def step(method: str, path: str, body: Any = UNSET, query: dict | list | str = "", headers: dict | None = None,
         raw: bytes | None = None, drf: str = "", drf_body: Any = UNSET, who: str = "") -> Step:
    query = query if isinstance(query, str) else urlencode(query)
    suffix = f"?{query}" if query else ""
    headers = dict(headers or {})
    if body is not UNSET:
        raw = json.dumps(body).encode()
    if raw is not None and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = JSON
    return Step(method, path + suffix, raw, {name: value for name, value in headers.items() if value is not None},
                drf + suffix if drf else "", None if drf_body is UNSET else json.dumps(drf_body).encode(), who)


def sent(method: str, path: str, fields: dict | None = None, who: str = "", headers: dict | None = None,
         **files: Upload) -> Step:
    """A body with files."""
    return Step(method, path, json.dumps(fields or {}).encode(), headers or {}, who=who, files=files)


def fetched(of: str, method: str = "GET", headers: dict | None = None, who: str = "") -> Step:
    """A file at its address."""
    return Step(method, "", None, headers or {}, who=who, file_of=of)


def case(point: int, title: str, first: Step, *, then: tuple[Step, ...] = (), differs: str | tuple[str, ...] = (),
         **rest) -> Case:
    named = (differs,) if isinstance(differs, str) else differs
    return Case(point, title, (first, *then), differs=named, **rest)


def create(point: int, title: str, fields: dict, **rest) -> Case:
    """POST of a whole gadget with these fields; one that is UNSET is left out."""
    body = {name: value for name, value in {**BASE, **fields}.items() if value is not UNSET}
    return case(point, title, step("POST", "/gadgets", body), **rest)


def change(point: int, title: str, fields: dict, given: dict | None = None, **rest) -> Case:
    """PATCH of one that is there, then a look at it."""
    return case(point, title, step("PATCH", "/gadgets/{made}", fields), then=(step("GET", "/gadgets/{made}"),),
                given=given or {}, **rest)


def replace(point: int, title: str, fields: dict, given: dict | None = None, **rest) -> Case:
    """PUT of one that is there, then a look at it."""
    return case(point, title, step("PUT", "/gadgets/{made}", fields), then=(step("GET", "/gadgets/{made}"),),
                given=given or {}, **rest)


def listed(point: int, title: str, query: dict | list | str = "", drf: str = "", **rest) -> Case:
    """GET of the list over the stock."""
    return case(point, title, step("GET", "/gadgets", query=query, drf=drf), **rest)


def walk(point: int, title: str, query: dict | str = "", **rest) -> Case:
    return case(point, title, step("GET", "/gadgets", query=query), walks=True, **rest)


def send(point: int, title: str, method: str, path: str, body: Any = UNSET, *, query: dict | list | str = "",
         headers: dict | None = None, raw: bytes | None = None, drf: str = "", drf_body: Any = UNSET, **rest) -> Case:
    return case(point, title, step(method, path, body, query, headers, raw, drf, drf_body), **rest)
