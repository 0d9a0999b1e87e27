"""What an answer says, in one form for both sides: a fact is a name and a text. Addresses, ids and times that each
side chooses for itself are replaced by what they stand for."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from urllib.parse import urlsplit

from support.wire import Answer

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")
OWN_TIMES = {"created_at", "updated_at"}
ABSENT = "absent"

Facts = dict[str, str]


def observe(answer: Answer, names: dict[str, str], method: str, ties: str = "") -> Facts:
    """`names`: what known ids stand for; `ties`: the field whose equal values stand in any order."""
    body = _parse(answer)
    facts = {"outcome": str(answer.status), "media": (answer.header("content-type") or "").split(";")[0] or ABSENT}
    if answer.status >= 400:
        _observe_error(facts, body)
    elif method == "OPTIONS":
        facts["writes"] = _writes(body) if isinstance(body, dict) else ABSENT
    elif isinstance(body, dict) and "results" in body:
        _observe_page(facts, body, names, ties)
    elif isinstance(body, list):
        _observe_page(facts, {"results": body}, names, ties)
    elif body is not None:
        _flatten(facts, "value", _renamed(body, names))
    elif answer.body:
        facts["body"] = f"{len(answer.body)} bytes, {hashlib.sha256(answer.body).hexdigest()[:8]}"
    _observe_headers(facts, answer, names, method)
    return facts


def _parse(answer: Answer):
    media_type = (answer.header("content-type") or "").split(";")[0]
    if media_type not in ("application/json", "application/problem+json") or not answer.body:
        return None
    return answer.json()


def _writes(body: dict) -> str:
    """What each method needs that the caller may use with a whole body, as both sides tell it: `POST code name`."""
    if "operations" in body:
        bodies = {told["method"]: told["body"] for told in body["operations"] if "body" in told}
        needed = {method: body.get("oneOf", [body])[0]["required"] for method, body in bodies.items()}
    else:
        needed = {method: [name for name, field in fields.items() if field["required"]]
                  for method, fields in body.get("actions", {}).items()}
    return "; ".join(" ".join([method, *sorted(needed[method])]) for method in ("POST", "PUT") if method in needed)


def _observe_headers(facts: Facts, answer: Answer, names: dict[str, str], method: str) -> None:
    allow = answer.header("allow")
    methods = " ".join(sorted(re.split(r",\s*", allow))) if allow else ABSENT
    facts["allow" if answer.status == 405 or method == "OPTIONS" else "allow elsewhere"] = methods
    facts["challenge"] = (answer.header("www-authenticate") or ABSENT).split(" ")[0]
    facts["retry-after"] = "given" if answer.header("retry-after") else ABSENT
    facts["vary"] = answer.header("vary") or ABSENT
    facts["cache"] = answer.header("cache-control") or ABSENT
    facts["disposition"] = (answer.header("content-disposition") or ABSENT).split(";")[0]
    facts["range"] = answer.header("content-range") or ABSENT
    facts["ranges"] = answer.header("accept-ranges") or ABSENT
    facts["last-modified"] = "given" if answer.header("last-modified") else ABSENT
    facts["policy"] = answer.header("content-security-policy") or ABSENT
    facts["etag"] = "given" if answer.header("etag") else ABSENT
    location = answer.header("location")
    facts["location"] = _address(location, names) if location else ABSENT


def _address(url: str, names: dict[str, str]) -> str:
    path = UUID.sub(lambda found: names.get(found.group(), "<id>"), urlsplit(url).path)
    return f"{'absolute' if urlsplit(url).scheme else 'path'} {path}"


def details_of(body) -> tuple[str, str, dict[str, list[tuple[str, str]]]]:
    """Code and text of a single error, or the errors by field, of either side."""
    if not isinstance(body, dict):
        return "not JSON", "", {}
    if "code" in body:
        fields: dict[str, list[tuple[str, str]]] = {}
        _gather(fields, "", body.get("errors", {}))
        return body["code"], body.get("detail", ""), fields
    details = body["errors"]
    if isinstance(details, dict) and isinstance(details.get("code"), str):
        return details["code"], str(details["message"]), {}
    if isinstance(details, dict) and set(details) >= {"code", "detail"}:  # as simplejwt has it
        return details["code"]["message"], str(details["detail"]["message"]), {}
    fields = {}
    _gather(fields, "", details)
    return "", "", fields


def _gather(fields: dict, path: str, node) -> None:
    """Errors are nested dictionaries and lists; a leaf is `{message, code}`."""
    if isinstance(node, dict) and set(node) == {"message", "code"}:
        fields.setdefault(path or "non_field_errors", []).append((node["code"], str(node["message"])))
    elif isinstance(node, dict):
        for name, child in node.items():
            _gather(fields, f"{path}.{name}" if path else str(name), child)
    elif isinstance(node, list):
        leaves = all(isinstance(child, dict) and set(child) == {"message", "code"} for child in node)
        for index, child in enumerate(node):
            _gather(fields, path if leaves else f"{path}.{index}" if path else str(index), child)


def _observe_error(facts: Facts, body) -> None:
    code, detail, fields = details_of(body)
    if fields:
        told = (f"{name}:{','.join(sorted(code for code, _ in fields[name]))}" for name in sorted(fields))
        facts["outcome"] += " " + " ".join(told)
        for name, faults in fields.items():
            facts[f"message {name}"] = " | ".join(sorted(message for _, message in faults))
    else:
        facts["outcome"] += f" {code}"
        facts["detail"] = detail


def _observe_page(facts: Facts, body: dict, names: dict[str, str], ties: str) -> None:
    rows = in_one_order(body["results"], ties)
    facts["rows"] = codes_of(rows)
    for index, row in enumerate(rows):
        _flatten(facts, f"value {index}", _renamed(row, names))
    for name in {"next", "previous"} & set(body):
        facts[name] = "link" if body.get(name) else "null"
        if body.get(name):
            facts["link form"] = "absolute" if urlsplit(body[name]).scheme else "path"
    for name in set(body) - {"results", "next", "previous"}:
        facts[f"page {name}"] = json.dumps(body[name])


def in_one_order(rows: list[dict], ties: str) -> list[dict]:
    """Rows that follow each other with one value of `ties`, by code."""
    if not ties:
        return rows
    groups = itertools.groupby(rows, key=lambda row: row[ties])
    return [row for _, group in groups for row in sorted(group, key=lambda row: row["code"])]


def codes_of(rows: list[dict]) -> str:
    return " ".join(row["code"] if row else "null" for row in rows) or "none"


def _renamed(value, names: dict[str, str], key: str = ""):
    if isinstance(value, dict):
        return {name: _renamed(child, names, name) for name, child in value.items()}
    if isinstance(value, list):
        return [_renamed(child, names, key) for child in value]
    if isinstance(value, str):
        if key in OWN_TIMES and INSTANT.fullmatch(value):
            return "<time>"
        if key == "id" or key.endswith("_id"):
            return names.get(value, "<id>" if UUID.fullmatch(value) else value)
        if key == "url":
            return _address(value, names)
    return value


def _flatten(facts: Facts, path: str, value) -> None:
    if isinstance(value, dict):
        for name, child in value.items():
            _flatten(facts, f"{path} {name}", child)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, child in enumerate(value):
            _flatten(facts, f"{path} {index}", child)
    else:
        facts[path] = json.dumps(value, ensure_ascii=False)
