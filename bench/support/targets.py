"""Whom wrk asks for what: a file a server (its form: bench/wrk/common.lua)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench.support import ids
from bench.support.database import connect
from bench.support.programs import Peer
from bench.support.sessions import Sessions, host
from bench.support.settings import Settings


def write(path: Path, lines: Iterable[tuple[str, str, str]]) -> Path:
    path.write_text("".join("\t".join(line) + "\n" for line in lines))
    path.chmod(0o600)
    return path


def of_terrace(settings: Settings, sessions: Sessions, tenants: Iterable[int] | None = None) -> Path:
    """All tenants but the big one, or those that are named."""
    chosen = list(tenants or range(1, settings.tenants + 1))
    name = "terrace" if tenants is None else f"terrace-{'-'.join(map(str, chosen))}"
    return write(
        settings.home / f"{name}.targets",
        (
            (
                host(settings, tenant),
                sessions.access_tokens[tenant],
                "".join(ids.patient_id(tenant, patient) for patient in range(1, settings.patients + 1)),
            )
            for tenant in chosen
        ),
    )


def of_peer(settings: Settings, peer: Peer) -> Path:
    with connect(settings, "peers") as admin:
        rows = admin.execute(
            "select tenant_id::text, string_agg(id::text, '') from patient where number <= %s group by 1",
            [settings.patients],
        )
        patients = dict(rows.fetchall())
    lines = (line.split() for line in peer.run("tokens", str(settings.tenants)).splitlines())
    return write(
        settings.home / f"{peer.name.replace(' ', '-')}.targets",
        (("localhost", token, patients[tenant]) for tenant, token in lines),
    )
