"""The upper bound: pgbench sends what Terrace sends for a request, pipelined, as Terrace's role, and does nothing
else. Every tenant, patient, number and phone is drawn anew."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.support import ids
from bench.support.console import BenchError
from bench.support.settings import PG_BIN, Settings
from bench.support.statements import Executed

CLIENTS = (4, 8, 16)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TENANT = f"'{ids.TENANT_PREFIX}' || :tenant"
PATIENT = f"'{ids.PATIENT_PREFIX}' || :patient"
KEPT_BY_PATCH = re.compile(r"(\w+) = \$(\d+)")
OWN_HOUSEHOLD = re.compile(r"household\.phone_e164 = \$\d+")


@dataclass(frozen=True)
class Sample:
    """The values of the one recorded request that pgbench replaces by random ones."""

    tenant: str
    patient: str = ""
    number: str = ""
    phone: str = ""  # ten digits


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _expression(value: str | None, sample: Sample) -> str:
    """The value as SQL, drawn by pgbench's variables where the recorded one was this request's own."""
    if value is None:
        return "null"
    if value == sample.tenant:
        return f"({TENANT})::uuid"
    if value == sample.patient:
        return f"({PATIENT})::uuid"
    if UUID.fullmatch(value):
        return "gen_random_uuid()"
    if sample.number and value == sample.number:
        return ":number"
    if sample.phone and (sample.phone in value or sample.phone[::-1] in value):
        text = _literal(value).replace(sample.phone, "' || :phone || '")
        return "(" + text.replace(sample.phone[::-1], "' || reverse(:phone::text) || '") + ")"
    return _literal(value)


def _keep_unchanged(sql: str, changed: Iterable[str]) -> str:
    """An update writes all columns, most with the value they have: so the update stays within its page, as with
    Terrace, only if every patient keeps its own values."""
    head, found, rest = sql.partition(" where ")
    if not head.startswith("with changed as (update"):
        return sql
    kept = KEPT_BY_PATCH.sub(lambda match: match[0] if match[1] in changed else f"{match[1]} = {match[1]}", head)
    rest = rest.replace(" and version = $3", " and version = version", 1)
    return kept + found + OWN_HOUSEHOLD.sub("household.phone_e164 = patient.phone", rest)


def statement(executed: Executed, sample: Sample, changed: Iterable[str] = ()) -> str:
    sql = _keep_unchanged(executed.sql, changed)
    if "pg_advisory_xact_lock_shared" in sql:
        return sql.replace("$1", ":tenant")
    if sql.startswith("select set_config('app.tenant_id', $1"):
        return sql.replace("$1", TENANT)
    return re.sub(r"\$(\d+)", lambda at: _expression(executed.parameters[int(at[1])], sample), sql)


def script(settings: Settings, units: Iterable[Iterable[str]]) -> str:
    """Each unit is one pipeline, and so one transaction and one round trip."""
    lines = [
        f"\\set t random(1, {settings.tenants})",
        f"\\set tenant {ids.BASE} + :t",
        f"\\set patient {ids.BASE} + :t * {ids.STRIDE} + random(1, {settings.patients})",
        "\\set number random(1000000000, 9000000000000000000)",
        "\\set phone random(7000000000, 7999999999)",
    ]
    for unit in units:
        lines += ["\\startpipeline", *(f"{sql};" for sql in unit), "\\endpipeline"]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Run:
    rate: float
    latency: float  # mean, milliseconds


def run(settings: Settings, path: Path, clients: int, seconds: float) -> Run:
    done = subprocess.run(
        [
            *(str(PG_BIN / "pgbench"), "--no-vacuum", "--protocol", "prepared", "--file", str(path)),
            *("--client", str(clients), "--jobs", "1", "--time", str(max(1, round(seconds)))),
            settings.database_url("terrace"),
        ],
        env={**os.environ, "PGOPTIONS": "-c role=terrace_app -c plan_cache_mode=force_generic_plan"},
        capture_output=True,
        text=True,
    )
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    failed = re.search(r"number of failed transactions: ([1-9]\d*)", done.stdout)
    if done.returncode != 0 or not rate or failed:
        raise BenchError(f"pgbench on {path} failed:\n{done.stdout}{done.stderr[-3000:]}")
    latency = re.search(r"latency average = ([\d.]+) ms", done.stdout)
    return Run(float(rate[1]), float(latency[1]))
