"""Makes the pgbench script of each workload from what one request of it makes Terrace send."""

from __future__ import annotations

import random
import time
from pathlib import Path

from bench.support import ids, pgbench
from bench.support.programs import Terrace
from bench.support.sessions import Sessions, host
from bench.support.settings import Settings
from bench.support.statements import Executed, log_statements, record
from bench.support.web import Web

TENANT, PATIENT = 1, 1
PLACES_KNOWN = 2  # seconds: from then on reads trust that a tenant's place is known, and say less to PostgreSQL


def units_of(executed: list[Executed]) -> list[list[Executed]]:
    """A unit is a header (settings, a lock) and what follows until the next header."""
    units: list[list[Executed]] = []
    in_header = False
    for each in executed:
        is_header = each.sql.startswith("select set_config(") or "pg_advisory_xact_lock_shared" in each.sql
        if not units or (is_header and not in_header):
            units.append([])
        units[-1].append(each)
        in_header = is_header
    return units


def scripts(settings: Settings, sessions: Sessions) -> dict[str, Path]:
    """A file a workload, from a server of its own whose statements are logged."""
    log_statements(settings, True)
    try:
        with Terrace(settings).serving():
            sessions.refresh()
            time.sleep(PLACES_KNOWN)
            return {name: _write(settings, name, text) for name, text in _texts(settings, sessions).items()}
    finally:
        log_statements(settings, False)


def _write(settings: Settings, name: str, text: str) -> Path:
    path = settings.home / f"pgbench-{name}.sql"
    path.write_text(text)
    return path


def _texts(settings: Settings, sessions: Sessions) -> dict[str, str]:
    web = Web(settings.api_port, host(settings, TENANT))
    token = sessions.access_tokens[TENANT]
    tenant, patient = ids.tenant_id(TENANT), ids.patient_id(TENANT, PATIENT)
    created: dict = {}

    def make() -> None:
        phone = f"8{random.randrange(10**9):09d}"
        body = {"name": "Asha Sharma", "sex": "female", "date_of_birth": "1970-02-15", "phone": f"+91{phone}"}
        body |= {"phone_relation": "self", "address": "12, Station Road", "city": "Pune", "pincode": "411014"}
        created.update(web.post("/api/v1/patients", body, token))

    def change() -> None:
        body = {"address": f"{random.randrange(9999)}, Market Road", "city": "Nashik"}
        web.request("PATCH", f"/api/v1/patients/{patient}", body, token)

    requests = {
        "get": lambda: web.get(f"/api/v1/patients/{patient}", token),
        "list": lambda: web.get("/api/v1/patients", token),
        "search": lambda: web.get("/api/v1/patients?search=agar", token),
        "post": make,
        "patch": change,
    }
    texts = {}
    for name, request in requests.items():
        for _ in range(3):  # so that more than one lane has prepared it; preparing is not logged as executing
            request()
        units = units_of(record(settings, request))
        new = name == "post"
        sample = pgbench.Sample(
            tenant=tenant,
            patient="" if new else patient,
            number=str(created["number"]) if new else "",
            phone=created["phone"][3:] if new else "",
        )
        changed = ("address", "city") if name == "patch" else ()
        texts[name] = pgbench.script(
            settings, ([pgbench.statement(each, sample, changed=changed) for each in unit] for unit in units)
        )
    return texts
