"""Migrations over many places of one tenant each, cut off wherever it falls, end with the same tables everywhere."""

import os
import random
import shutil
import subprocess
import time

import psycopg
import pytest

from drill import ROOT
from support.server import Installation

PLACES = int(os.environ.get("TERRACE_MIGRATE_PLACES", "12"))
KILLS = int(os.environ.get("TERRACE_MIGRATE_KILLS", "4"))
SEED = int(os.environ.get("TERRACE_MIGRATE_SEED", time.time_ns() % 10**6))


@pytest.fixture
def apart(cluster, installation, tmp_path):
    """An installation of its own, whose migrations are a copy that may get more."""
    made = Installation(installation.binary, cluster, f"places_{SEED}")
    shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    made.environment["TERRACE_MIGRATIONS"] = str(tmp_path / "migrations")
    # Passwords of roles come from it, and roles are the whole cluster's.
    made.environment["TERRACE_SECRET"] = installation.environment["TERRACE_SECRET"]
    made.migrate()
    return made


def add_migration(apart, number):
    folder = apart.environment["TERRACE_MIGRATIONS"]
    with open(f"{folder}/tenant/9{number:03}_more.sql", "w", encoding="utf-8") as file:
        file.write(f"alter table shared.patient add column more_{number} text;\n"
                   f"create index patient_more_{number}_idx on shared.patient (tenant_id, more_{number}, id);\n")


def test_a_migration_that_is_killed_converges(apart, cluster):
    """Each place is migrated once or not at all; the next run goes on where it ended."""
    assert apart.run("tenant", "spare", "--count", str(PLACES), timeout=600).returncode == 0
    admin = psycopg.connect(apart.admin_url, autocommit=True)
    chance = random.Random(SEED)
    print(f"TERRACE_MIGRATE_SEED={SEED}")
    for kill in range(KILLS):
        add_migration(apart, kill)
        run = subprocess.Popen([apart.binary, "migrate", "--jobs", "2"], cwd=apart.folder,
                               env={**apart.environment, "DATABASE_URL": apart.admin_url},
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            run.wait(timeout=chance.uniform(0.05, 0.1 + 0.06 * PLACES))
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
        began = time.monotonic()
        done = apart.run("migrate", "--jobs", "2", timeout=600)
        assert done.returncode == 0, done.stdout + done.stderr
        print(f"{done.stdout.splitlines()[-1]} {time.monotonic() - began:.2f} s")
        states = admin.execute("select state, count(*), count(distinct fingerprint) from catalog.place group by 1").fetchall()
        assert states == [("ready", PLACES, 1)], f"seed {SEED}, kill {kill}"
    began = time.monotonic()
    nothing = apart.run("migrate")
    print(f"{PLACES} places, nothing pending: {time.monotonic() - began:.2f} s")
    assert nothing.stdout == "Nothing to apply: the database is up to date.\n"
    admin.close()
    cluster.drop_database(apart.database)
