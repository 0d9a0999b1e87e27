"""The running stack under test, as `bin/test` describes it in the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

VARIABLES = {
    "TERRACE_TEST_ORIGIN": "the origin that nginx serves, such as http://localhost:18000",
    "TERRACE_TEST_API": "the API's own address, such as http://127.0.0.1:18080",
    "TERRACE_TEST_DATABASE_URL": "an administrator's URL of the stack's database",
    "TERRACE_BIN": "the built program, such as build/release/terrace",
}


def require(*names: str) -> list[str]:
    """The values of variables; ends the run with the list of those that are missing."""
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        lines = [f"  {name}: {VARIABLES[name]}" for name in missing]
        pytest.exit("Not set, but needed (`bin/test` sets them):\n" + "\n".join(lines), returncode=4)
    return [os.environ[name] for name in names]


def binary() -> str:
    (path,) = require("TERRACE_BIN")
    if not os.access(path, os.X_OK):
        pytest.exit(f"TERRACE_BIN names no program: {path}", returncode=4)
    return os.path.abspath(path)


@dataclass(frozen=True)
class Stack:
    """Where the parts of the stack answer."""

    base: str  # base domain with port, "localhost:18000": the root host
    nginx: tuple[str, int]
    api: tuple[str, int]
    database_url: str

    def host(self, slug: str | None) -> str:
        return f"{slug}.{self.base}" if slug else self.base

    @staticmethod
    def from_environment() -> Stack:
        origin, api, database_url = require(
            "TERRACE_TEST_ORIGIN", "TERRACE_TEST_API", "TERRACE_TEST_DATABASE_URL"
        )
        outer, inner = urlsplit(origin), urlsplit(api)
        # Names below localhost are not in every resolver, so all connections go to the loopback address.
        return Stack(
            base=outer.netloc,
            nginx=("127.0.0.1", outer.port or 80),
            api=(inner.hostname or "127.0.0.1", inner.port or 80),
            database_url=database_url,
        )
