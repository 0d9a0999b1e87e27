"""The server's own table of routes, and requests made from it."""

from __future__ import annotations

import functools
import json
import re
import subprocess
from dataclasses import dataclass
from typing import Callable

import pytest

from support.stack import binary

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    operation_id: str
    access: str  # open, signed_in, permission
    permission: str | None
    tenant: bool  # acts within one tenant
    any_host: bool

    @property
    def parameters(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)

    @property
    def unsafe(self) -> bool:
        return self.method in UNSAFE

    def at(self, **values: str) -> str:
        return self.path.format(**values)

    def __str__(self) -> str:
        return self.operation_id


@functools.cache
def all_routes() -> tuple[Route, ...]:
    done = subprocess.run([binary(), "routes", "--json"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, f"terrace routes failed:\n{done.stderr}"
    return tuple(Route(**row) for row in json.loads(done.stdout))


def guarded() -> list[Route]:
    """Routes that ask for a session; OPTIONS tells more to who has one."""
    return [route for route in all_routes() if route.access != "open"]


def refused_to_nobody(route: Route) -> int:
    """The status of a guarded route for a caller without a session."""
    return 204 if route.method == "OPTIONS" else 401


def scoped() -> list[Route]:
    """Routes that touch the rows of one tenant."""
    return [route for route in all_routes() if route.tenant]


def with_object() -> list[Route]:
    return [route for route in scoped() if route.parameters]


def unsafe() -> list[Route]:
    return [route for route in all_routes() if route.unsafe]


def over(choose: Callable[[], list[Route]]) -> pytest.MarkDecorator:
    """Runs a test once for each of these routes."""
    return pytest.mark.parametrize("route", choose(), ids=str)
