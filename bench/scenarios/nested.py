"""Objects within objects: a list of a hundred kits, each with its parts (a list of five) and its maker, beside the same
in Django REST Framework with `select_related` and `prefetch_related`.

The clinic has no such tables, so this runs `terrace_conformance`: the same platform with the resources of
src/conformance, on the seeded tenants and people."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path

from bench.scenarios.api_result import ratio, row
from bench.support import database
from bench.support.console import BenchError, progress, step
from bench.support.contenders import Contender, Measured, PeerContender, TerraceContender
from bench.support.programs import Peer, Terrace
from bench.support.report import Bar, Result
from bench.support.sessions import Sessions
from bench.support.settings import ROOT, Settings
from bench.support.web import Web

BAR = 20
LIST = "/api/v1/kits?limit=100&expand=maker"
PERMISSIONS = "array['kits.read', 'parts.read', 'makers.read']"


def run(settings: Settings, sessions: Sessions) -> Result:
    settings = replace(settings, binary=str(Path(settings.binary).with_name("terrace_conformance")))
    if not os.access(settings.binary, os.X_OK):
        raise BenchError(f"There is no {settings.binary}, which this scenario measures.")
    with step("nested: making the kits"):
        make_kits(settings)
    with ExitStack() as stack:
        ours = TerraceContender(settings, Sessions(settings), Terrace(settings))
        peer = Peer(settings, "drf", False, settings.peer_port)
        peer.run("setup")
        contenders = [ours, PeerContender(settings, peer)]
        for each in contenders:
            stack.enter_context(each.program.serving())
        check_answers(contenders)
        runs: dict[str, list[Measured]] = {each.name: [] for each in contenders}
        for each in contenders:
            each.load("nested", 2)
        for number in range(settings.rounds):
            for each in contenders:
                progress(f"nested: round {number + 1} of {settings.rounds}, {each.name}")
                runs[each.name].append(each.measure("nested", settings.seconds))
    return result_of(runs)


def make_kits(settings: Settings) -> None:
    environment = {**os.environ, "DATABASE_URL": settings.database_url("terrace")}
    database.run_logged(settings, "migrate-conformance", [settings.binary, "migrate"], environment)
    rows = (ROOT / "bench/sql/kits.sql").read_text()
    for name, schema, tenants in (("terrace", "shared.", "catalog.tenant"), ("peers", "", "tenant")):
        with database.connect(settings, name) as admin:
            if name == "peers":
                admin.execute((ROOT / "bench/sql/peer_kits.sql").read_text())
            admin.execute(rows.replace("{schema}", schema).replace("{tenants}", tenants))
            admin.execute(
                f"insert into {schema}role_permission (tenant_id, role_slug, permission)"
                f" select id, 'receptionist', unnest({PERMISSIONS}) from {tenants}"
            )
            for table in ("maker", "kit", "part"):
                admin.execute(f"vacuum analyze {schema}{table}")


def check_answers(contenders: list[Contender]) -> None:
    """Both answer the same: a hundred kits of five parts, with their makers."""
    pages = []
    for each in contenders:
        host, token, _ = each.targets().read_text().splitlines()[0].split("\t")
        rows = Web(each.program.port, host).get(LIST, token)["results"]
        pages.append([(kit["code"], kit["maker"]["code"], [part["code"] for part in kit["parts"]]) for kit in rows])
        if {name for kit in rows for name in kit} != set(rows[0]):
            raise BenchError(f"The kits of {each.name} differ in their members.")
    if pages[0] != pages[1] or len(pages[0]) != 100 or any(len(parts) != 5 for _, _, parts in pages[0]):
        raise BenchError("The two do not answer the same kits.")


def result_of(runs: dict[str, list[Measured]]) -> Result:
    result = Result("nested", "A list of 100 with two nested relations, 32 connections")
    head = ["", "requests/s", "p50 ms", "p99 ms", "server CPU µs", "PostgreSQL CPU µs", "Terrace is"]
    result.tables = [("", head, [row(name, measured, runs["terrace"]) for name, measured in runs.items()])]
    times = ratio(runs["terrace"], [each.rate for each in runs["drf"]])
    result.bars = [Bar("Beside Django REST Framework", f"≥ {BAR}×", f"{times:.1f}×", times >= BAR)]
    result.figures = {"runs": {name: [asdict(each) for each in measured] for name, measured in runs.items()}}
    return result
