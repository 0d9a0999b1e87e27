"""Random programs of one clinic, and what it observes of each step with all that differs by chance made equal."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any

from support.clinics import PIXEL, Clinic
from support.wire import Answer

NAMES = ["Asha Rao", "Vikram Shetty", "Fatima Khan", "Meera Nair", "José D'Souza", "अनीता शर्मा"]
PHONES = ["+919812345678", "+919812345679", "+918012345678", None]
WORDS = ["asha", "nair", "5678", "an", "zzz", "khan vikram", "अनीता"]
ORDERINGS = ["name", "-name", "created_at", "-number", "number"]
NEVER = "01900000-0000-7000-8000-00000000dead"
LIST, FILES = "/api/v1/patients", "/api/v1/files"

CHANCE = re.compile(
    r"(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
    r"|(?P<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)"
    r"|(?P<tag>(?<=\d-)[\w-]{6,}(?=\"))"  # an ETag's hash: it is of a body with ids
    r"|(?P<cursor>(?<=cursor=)[\w-]+)"
)
# A cursor is as long as the time in it, whose last zeros PostgreSQL leaves out.
VOLATILE = {"date", "x-request-id", "content-length"}


@dataclass(frozen=True)
class Step:
    """One request. Objects are named by their number among those made so far, so that a program can be run anywhere."""

    act: str
    object: int = 0
    details: dict[str, Any] = field(default_factory=dict)


def some_fields(chance: random.Random) -> dict:
    return {"name": chance.choice(NAMES), "sex": chance.choice(["male", "female", "other"]),
            "age": chance.randrange(1, 99), "phone": chance.choice(PHONES)}


def some_query(chance: random.Random) -> dict:
    query: dict[str, Any] = {}
    for name, values in {"limit": [1, 2, 5, 100], "ordering": ORDERINGS, "search": WORDS, "sex": ["female", "male"],
                         "archived": ["true"], "count": ["exact"], "format": ["csv"]}.items():
        if chance.random() < 0.3:
            query[name] = chance.choice(values)
    return query


def some_mistake(chance: random.Random) -> dict:
    return chance.choice([
        {"method": "GET", "path": f"{LIST}/{NEVER}"},
        {"method": "PATCH", "path": f"{LIST}/{NEVER}", "json": {"city": "Kollam"}},
        {"method": "GET", "path": LIST, "query": {"cursor": "x"}},
        {"method": "GET", "path": LIST, "query": {"tenant_id": NEVER}},
        {"method": "POST", "path": LIST, "json": {"name": "", "age": -1, "tenant_id": NEVER}},
        {"method": "POST", "path": LIST, "body": b"{"},
        {"method": "DELETE", "path": LIST},
        {"method": "GET", "path": f"{FILES}/{NEVER}"},
    ])


def program(seed: int, length: int) -> list[Step]:
    chance = random.Random(seed)
    acts = ["create"] * 4 + ["list"] * 4 + ["read", "change", "change", "archive", "restore", "duplicates", "again",
                                            "page", "mistake", "upload", "stale"]
    make = {
        "create": lambda: some_fields(chance), "again": lambda: some_fields(chance), "list": lambda: some_query(chance),
        "change": lambda: {key: value for key, value in some_fields(chance).items() if chance.random() < 0.5},
        "duplicates": lambda: {"name": chance.choice(NAMES)[:4], "phone": chance.choice(PHONES) or ""},
        "mistake": lambda: some_mistake(chance), "page": lambda: {"limit": 2, "ordering": chance.choice(ORDERINGS)},
    }
    steps = [Step("create", 0, some_fields(chance))]
    for number in range(1, length):
        act = chance.choice(acts)
        steps.append(Step(act, chance.randrange(1_000), {**make.get(act, dict)(), **({"n": number} if act == "again" else {})}))
    return steps


class Run:
    """A program in one clinic."""

    def __init__(self, clinic: Clinic) -> None:
        self.client = clinic.client
        self.clinic = clinic
        self.made: list[str] = []
        self.names: dict[str, str] = {}  # what differs by chance, as it is called in observations

    def step(self, step: Step) -> list[tuple]:
        return [self.observe(answer) for answer in getattr(self, f"_{step.act}")(step)]

    def _at(self, step: Step) -> str:
        return f"{LIST}/{self.made[step.object % len(self.made)]}"

    def _kept(self, answer: Answer) -> Answer:
        if answer.status == 201 and answer.json()["id"] not in self.made:
            self.made.append(answer.json()["id"])
        return answer

    def _create(self, step: Step):
        yield self._kept(self.client.post(LIST, step.details))

    def _again(self, step: Step):
        body, headers = {**step.details}, {"Idempotency-Key": f"key-{step.details['n']}"}
        del body["n"]
        for _ in range(2):
            yield self._kept(self.client.post(LIST, body, headers=headers))
        yield self.client.post(LIST, {**body, "age": 7}, headers=headers)

    def _list(self, step: Step):
        yield self.client.get(LIST, query=step.details, headers={"Accept": "*/*"})

    def _page(self, step: Step):
        target, query = LIST, step.details
        for _ in range(4):
            answer = self.client.get(target, query=query)
            yield answer
            target, query = answer.json()["next"], None
            if target is None:
                return

    def _read(self, step: Step):
        yield self.client.get(self._at(step))

    def _change(self, step: Step):
        yield self.client.patch(self._at(step), step.details)

    def _stale(self, step: Step):
        yield self.client.patch(self._at(step), {"city": "Kochi"}, headers={"If-Match": '"1-0"'})

    def _archive(self, step: Step):
        yield self.client.delete(self._at(step))

    def _restore(self, step: Step):
        yield self.client.post(f"{self._at(step)}/restore", {})

    def _duplicates(self, step: Step):
        yield self.client.get(f"{LIST}/duplicates", query=step.details)

    def _mistake(self, step: Step):
        yield self.client.send(**step.details)

    def _upload(self, _step: Step):
        begun = self.client.post(FILES, {"name": "a.png", "size": len(PIXEL)})
        yield begun
        at = f"{FILES}/{begun.json()['id']}"
        yield self.client.send("PUT", f"{at}/chunks/0", body=PIXEL, headers={"Content-Type": "application/octet-stream"})
        yield self.client.get(at, headers={"Accept": "*/*"})

    def observe(self, answer: Answer) -> tuple:
        headers = sorted((key.lower(), value) for key, value in answer.headers if key.lower() not in VOLATILE)
        body = answer.body.decode("utf-8", "surrogateescape")
        return answer.status, [(key, self._plain(value)) for key, value in headers], self._plain(body)

    def _plain(self, text: str) -> str:
        """Ids are called by the order in which they were first seen; times, hashes and cursors are all alike. Of equal
        objects made in one millisecond the order is chance, too: no test makes any at once."""
        text = re.sub(r'"request_id":"[^"]*"', '"request_id":""', text)

        def name(match: re.Match) -> str:
            if match.lastgroup != "id":
                return f"<{match.lastgroup}>"
            return self.names.setdefault(match[0], f"<id {len(self.names)}>")

        return CHANCE.sub(name, text)
