"""Two twin clinics on the running stack, and a third for what must not happen to the two."""

from __future__ import annotations

import os
import secrets
import subprocess
import time
from dataclasses import dataclass, replace
from functools import cached_property

import pytest

import tokens
from cases import CASES, Case
from chance import SEED
from headers import check_headers
from resources import RESOURCES
from routes import Route, all_routes
from support.client import Client, Tally
from support.clinics import PASSWORD, Clinic, expect, fill, sign_up, token
from support.contract import Contract
from support.database import Admin
from support.stack import Stack, binary
from support.wire import Answer


@dataclass(repr=False)
class World:
    stack: Stack
    admin: Admin
    root: Client  # anonymous, at the root host, through nginx
    a: Clinic
    b: Clinic
    browsers: int = 0  # opened since the twins signed in

    @cached_property
    def spare(self) -> Clinic:
        """A clinic that tests may break; the twins stay whole."""
        return self.new_clinic("spare")

    def new_clinic(self, name: str) -> Clinic:
        return sign_up(self.root, self.stack.host, name)

    def caller(self, route: Route) -> Clinic:
        """The clinic that sends valid requests to `route`."""
        if not CASES[route.operation_id].signs_out:
            return self.a
        clinic = self.new_clinic("leaver")
        clinic.client = replace(clinic.client, forbidden=self.b.secrets())
        return clinic

    def direct(self, client: Client) -> Client:
        """The same caller past nginx, at the API's own port."""
        return replace(client, address=self.stack.api)

    def reaching(self, route: Route, client: Client) -> Client:
        """The same caller where the route is answered."""
        return self.direct(client) if CASES[route.operation_id].direct else client

    def browser(self, clinic: Clinic) -> Client:
        """The owner's session in a browser, by cookies, on the clinic's host."""
        self.browsers += 1
        credentials = {"email": clinic.email, "password": PASSWORD}
        signed_in = expect(self.root.at(clinic.host).post("/api/v1/auth/login", credentials), 200)
        return replace(clinic.client, token=None, cookies=signed_in.cookies())

    def use_keys(self, clinic: Clinic) -> None:
        """Each write that takes an Idempotency-Key, once; creation without the clinic's canary, so that another clinic
        can send the very same bytes."""
        for route in all_routes():
            if route.operation_id in CASES and CASES[route.operation_id].keyed:
                case: Case = CASES[route.operation_id]
                clinic.keys[route.operation_id] = key = f"key-{route}-{clinic.canary}-{secrets.token_hex(6)}"
                body = {"json": case.same(clinic)} if case.same else {}
                answer = self.call(route, clinic.client, clinic, headers={"Idempotency-Key": key}, **body)
                assert answer.status == case.status, answer

    def keep_signed_in(self) -> None:
        """Access tokens live five minutes, a whole run longer; and whoever signs in a hundred times more ends the session."""
        crowded = self.browsers > 50
        if crowded:
            self.browsers = 0
        for clinic in (self.a, self.b):
            old = tokens.claims(clinic.client.token)["exp"] - time.time() < 150
            if old or crowded or not self.is_signed_in(clinic):
                fresh = expect(token(self.root.at(clinic.host), clinic.email), 200).json()
                clinic.refresh_token = fresh["refresh_token"]
                clinic.client = replace(clinic.client, token=fresh["access_token"])

    def is_signed_in(self, clinic: Clinic) -> bool:
        return clinic.client.get("/api/v1/auth/me").status != 401

    def plant(self, clinic: Clinic) -> None:
        """The clinic's canary where no request of today puts a text of its own."""
        place = self.admin.place(clinic.id)
        place.do("update {tenant}.role set name = slug || %s where tenant_id = %s", clinic.canary, clinic.id)
        place.do("insert into {tenant}.settings (tenant_id, name, value) values (%s, 'a.b', %s)", clinic.id, clinic.canary)

    def call(self, route: Route, client: Client, clinic: Clinic, **changes) -> Answer:
        """The valid request to `route` about `clinic`, with changes."""
        case: Case = CASES[route.operation_id]
        parameters = changes.pop("parameters", None)
        if parameters is None:
            parameters = case.own(clinic)
        request = {"query": case.query(clinic), "json": case.body(clinic), **changes}
        if case.raw is not None and "body" not in changes and "json" not in changes:
            request["body"] = case.raw
            request["headers"] = {"Content-Type": "application/octet-stream", **(request.get("headers") or {})}
        if "body" in request:
            request.pop("json")
        client = self.reaching(route, client)
        answer = client.send(route.method, route.at(**parameters), **request)
        check_headers(route, answer)
        return answer


def isolation_mode() -> str:
    """What bin/test --isolation-mode asks for. In `mixed` the twins live in two modes and all others in the third."""
    return os.environ.get("TERRACE_TEST_ISOLATION", "shared")


def move(stack: Stack, clinic: Clinic, mode: str) -> None:
    done = subprocess.run([binary(), "tenant", "move", clinic.slug, "--to", mode], capture_output=True, text=True, timeout=60,
                          env={**os.environ, "DATABASE_URL": stack.database_url})
    assert done.returncode == 0, done.stdout + done.stderr


def pytest_sessionstart():
    """Says at once, and once, what is missing."""
    Stack.from_environment()
    binary()


MAKES_HOLES = "test_mutants.py"


@pytest.hookimpl(tryfirst=True)  # before xdist looks for the marks
def pytest_collection_modifyitems(items):
    """With two workers (-n 2 --dist loadgroup): one makes its holes, all on one cluster of its own, beside the other's attacks
    on the stack, and then attacks too."""
    for item in items:
        if item.path.name == MAKES_HOLES:
            item.add_marker(pytest.mark.xdist_group("copies"))
    items.sort(key=lambda item: item.path.name != MAKES_HOLES)


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["answers"] = Tally.answers


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    Tally.answers += getattr(node, "workeroutput", {}).get("answers", 0)


def pytest_terminal_summary(terminalreporter):
    """How much was tried, and which holes made on purpose nobody saw."""
    terminalreporter.write_line(f"{Tally.answers} answers were held against the words of another clinic;"
                                f" TERRACE_SEED={SEED} draws the same again")
    stats = terminalreporter.stats
    killed, survived = ([report.nodeid for outcome in outcomes for report in stats.get(outcome, [])
                         if "mutant" in getattr(report, "keywords", {})]
                        for outcomes in (["passed"], ["failed", "error"]))
    if killed or survived:
        terminalreporter.write_line(f"mutants in SQL: {len(killed)} of {len(killed) + len(survived)} found")
    for name in survived:
        terminalreporter.write_line(f"survived: {name}")


@pytest.fixture(scope="session")
def stack() -> Stack:
    return Stack.from_environment()


@pytest.fixture(scope="session")
def world(stack: Stack) -> World:
    contract = Contract(expect(Client(stack.nginx, stack.host(None)).get("/api/v1/openapi.json"), 200).json())
    root = Client(stack.nginx, stack.host(None), contract=contract)
    admin = Admin(stack.database_url)
    a, b = (sign_up(root, stack.host, name) for name in ("twin-a", "twin-b"))
    if isolation_mode() == "mixed":
        move(stack, a, "database")
        move(stack, b, "schema")
    made = World(stack, admin, root, a, b)
    for clinic in (a, b):
        fill(clinic)
        for resource in RESOURCES:
            resource.fill(clinic)
    made.plant(b)
    made.use_keys(b)
    for clinic in (a, b):
        for resource in RESOURCES:
            rows = admin.place(clinic.id).rows(
                f"select id::text from {{tenant}}.{resource.table} where tenant_id = %s", clinic.id)
            clinic.ids |= {row[0] for row in rows}
    # From here on neither may see a word of the other.
    a.client, b.client = replace(a.client, forbidden=b.secrets()), replace(b.client, forbidden=a.secrets())
    return made


@pytest.fixture(autouse=True)
def b_stays_unchanged(request):
    """Whatever a test lets others do, the rows of clinic B are the same afterwards."""
    if "world" not in request.fixturenames:
        yield
        return
    world: World = request.getfixturevalue("world")
    world.keep_signed_in()
    before = world.admin.fingerprint(world.b.id)
    yield
    assert world.admin.fingerprint(world.b.id) == before, "rows of clinic B changed"
