"""The databases of the bench: a seeded one of each kind is kept, and what is measured is a fresh copy of it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from pathlib import Path

import psycopg

from bench.support.console import BenchError, step
from bench.support.settings import ROOT, Settings

KINDS = ("terrace", "peers")


def connect(settings: Settings, name: str) -> psycopg.Connection:
    return psycopg.connect(settings.database_url(name), autocommit=True)


def recreate(settings: Settings, name: str, template: str = "template1") -> None:
    with connect(settings, "postgres") as admin:
        admin.execute(f"drop database if exists {name} with (force)")
        admin.execute(f"create database {name} template {template} strategy file_copy")


def run_logged(settings: Settings, name: str, command: list[str], environment: dict[str, str]) -> None:
    """Runs a program to its end; its output goes to the log NAME, whose end is shown when it fails."""
    log = settings.logs / f"{name}.log"
    with open(log, "wb") as out:
        status = subprocess.run(
            command, env=environment, cwd=settings.home, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        ).returncode
    if status != 0:
        end = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise BenchError(f"{' '.join(command)} ended with {status}:\n{end}\nThe whole log: {log}")


def migrate(settings: Settings, name: str = "terrace") -> None:
    """Brings a database up to date; on a copy it gives the rights that belong to a database, which are not copied."""
    environment = {**os.environ, "DATABASE_URL": settings.database_url(name)}
    run_logged(settings, "migrate", [settings.binary, "migrate"], environment)


def stamp(settings: Settings) -> dict[str, object]:
    """What the seeded databases depend on."""
    digest = hashlib.sha256()
    sources = [ROOT / "migrations", ROOT / "bench/peers/drf/sql", ROOT / "bench/peers/drf/clinic/migrations"]
    files = [path for folder in sources for path in sorted(folder.rglob("*")) if path.suffix in {".sql", ".py"}]
    for path in [*files, *(ROOT / "bench/support" / name for name in ("ids.py", "seed.py"))]:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    sizes = [settings.tenants, settings.patients, settings.big_patients]
    return {"sources": digest.hexdigest(), "sizes": sizes}


def _stamp_file(settings: Settings) -> Path:
    return settings.home / "seed.json"


def is_seeded(settings: Settings) -> bool:
    try:
        return json.loads(_stamp_file(settings).read_text()) == stamp(settings)
    except (FileNotFoundError, json.JSONDecodeError):
        return False


def keep_as_seeded(settings: Settings) -> None:
    for kind in KINDS:
        with step(f"Keeping the seeded database {kind}"):
            recreate(settings, f"{kind}_seed", kind)
    _stamp_file(settings).write_text(json.dumps(stamp(settings)))


def forget_seeded(settings: Settings) -> None:
    _stamp_file(settings).unlink(missing_ok=True)


def restore_seeded(settings: Settings) -> None:
    """Fresh copies, so that no run works on what the one before wrote; in memory, as in a service that has run for a
    while."""
    for kind in KINDS:
        recreate(settings, kind, f"{kind}_seed")
    migrate(settings)
    for kind in KINDS:
        with connect(settings, kind) as admin:
            admin.execute("create extension pg_prewarm")
            admin.execute(
                "select pg_prewarm(oid) from pg_class where relkind in ('r', 'i')"
                " and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)"
            )
            admin.execute("drop extension pg_prewarm")
    with connect(settings, "postgres") as admin:
        admin.execute("checkpoint")
