"""Signed-in receptionists of Terrace. They sign in once, when the databases are seeded; each run goes on from there by
refresh tokens, since a sign-in costs a password hash and access tokens live for five minutes."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.support import ids
from bench.support.console import step
from bench.support.settings import Settings
from bench.support.web import Refused, Web

PASSWORD = "quiet-ledger-of-the-bench"
FRESH_FOR = 150  # seconds: half of an access token's life


def email(tenant: int) -> str:
    return f"receptionist@{ids.slug(tenant)}.example"


def host(settings: Settings, tenant: int) -> str:
    return f"{ids.slug(tenant)}.localhost:{settings.origin_port}"


class Sessions:
    """The access token of each tenant's receptionist, by the tenant's number. Of one copy of the databases; what it
    does needs a running server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.refresh_tokens: dict[int, str] = {}
        self.access_tokens: dict[int, str] = {}
        self.refreshed_at = 0.0

    @property
    def file(self) -> Path:
        return self.settings.home / "sessions.json"

    def open_all(self) -> None:
        """The tokens that the first `refresh` begins with; tenant 0 is the big one."""
        self._take(self._for_each(self._sign_in, range(self.settings.tenants + 1)))
        with open(os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
            json.dump(self.refresh_tokens, out)

    def refresh(self) -> None:
        """Nothing while the tokens have half of their life before them. The first time: from the tokens that were kept,
        which nobody has used in databases freshly restored."""
        if self.access_tokens and time.monotonic() - self.refreshed_at < FRESH_FOR:
            return
        if not self.refresh_tokens:
            self.refresh_tokens = {int(tenant): token for tenant, token in json.loads(self.file.read_text()).items()}
        try:
            self._take(self._for_each(self._refresh, self.refresh_tokens))
        except Refused:
            with step("Signing in anew, since the kept sessions have ended"):
                self._take(self._for_each(self._sign_in, range(self.settings.tenants + 1)))

    def _sign_in(self, web: Web, tenant: int) -> dict:
        return web.sign_in(ids.slug(tenant), email(tenant), PASSWORD)

    def _refresh(self, web: Web, tenant: int) -> dict:
        return web.refresh(self.refresh_tokens[tenant])

    def _for_each(self, work: Callable[[Web, int], dict], tenants: Iterable[int]) -> dict[int, dict]:
        def run(share: list[int]) -> dict[int, dict]:
            web = Web(self.settings.api_port, f"localhost:{self.settings.origin_port}")
            return {tenant: work(web, tenant) for tenant in share}

        everybody = list(tenants)
        pairs: dict[int, dict] = {}
        with ThreadPoolExecutor(4) as pool:
            for part in pool.map(run, (everybody[i::4] for i in range(4))):
                pairs |= part
        return pairs

    def _take(self, pairs: dict[int, dict]) -> None:
        self.refresh_tokens = {tenant: pair["refresh_token"] for tenant, pair in pairs.items()}
        self.access_tokens = {tenant: pair["access_token"] for tenant, pair in pairs.items()}
        self.refreshed_at = time.monotonic()
