"""A caller with an identity: a host, a credential, and a list of words that it must never be shown."""

from __future__ import annotations

import json as json_module
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from support import wire
from support.contract import Contract
from support.wire import Address, Answer

UNSET: Any = object()
JSON = "application/json"


class Tally:
    """Answers of this process that were held against the words of another tenant."""

    answers = 0


@dataclass(frozen=True, repr=False)
class Client:
    address: Address
    host: str
    token: str | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    # Words of other tenants. One that the request itself carried may be echoed.
    forbidden: frozenset[str] = frozenset()
    # What every answer is held against; nothing for a server that is not ours.
    contract: Contract | None = None

    def at(self, host: str) -> Client:
        return replace(self, host=host)

    def anonymous(self) -> Client:
        return replace(self, token=None, cookies={})

    def with_token(self, token: str | None) -> Client:
        return replace(self, token=token, cookies={})

    def with_cookies(self, cookies: dict[str, str]) -> Client:
        return replace(self, token=None, cookies=dict(cookies))

    def sending(self, **headers: str) -> Client:
        """`sending(sec_fetch_site="cross-site")` adds a header to every request."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **named})

    def send(
        self,
        method: str,
        path: str,
        *,
        query: dict | list | None = None,
        json: Any = UNSET,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 15,
    ) -> Answer:
        lines = {"Host": self.host, "Accept": JSON}
        if self.token is not None:
            lines["Authorization"] = f"Bearer {self.token}"
        if self.cookies:
            lines["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if json is not UNSET:
            body = json_module.dumps(json).encode()
            lines["Content-Type"] = JSON
        lines.update(self.headers)
        lines.update(headers or {})
        target = f"{path}?{urlencode(query)}" if query else path
        answer = wire.request(self.address, method, target, list(lines.items()), body, timeout)
        self.refuse_foreign_words(answer)
        # Every answer of the API names its request; others are of nginx itself or of the web app.
        if self.contract is not None and answer.header("x-request-id"):
            self.contract.check(method, path, answer)
        return answer

    def refuse_foreign_words(self, answer: Answer) -> None:
        """The universal oracle: no byte of status line, headers or body shows a word of another tenant."""
        Tally.answers += bool(self.forbidden)
        for word in self.forbidden:
            shown = word.encode()
            if shown in answer.raw and shown not in answer.sent:
                raise AssertionError(f"{word!r} of another tenant is shown in {answer!r}\n{answer.raw!r}")

    def get(self, path: str, **rest) -> Answer:
        return self.send("GET", path, **rest)

    def post(self, path: str, json: Any = UNSET, **rest) -> Answer:
        return self.send("POST", path, json={} if json is UNSET else json, **rest)

    def patch(self, path: str, json: Any, **rest) -> Answer:
        return self.send("PATCH", path, json=json, **rest)

    def delete(self, path: str, **rest) -> Answer:
        return self.send("DELETE", path, **rest)
