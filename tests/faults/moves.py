"""What drills of moves share: the command, where a tenant is, and what a move may not leave behind."""

import os
import random
import subprocess
import time

from support.waiting import eventually

ROWS = int(os.environ.get("TERRACE_MOVE_ROWS", "1500"))
KILLS = int(os.environ.get("TERRACE_MOVE_KILLS", "4"))
SEED = int(os.environ.get("TERRACE_MOVE_SEED", time.time_ns() % 10**6))
# Milliseconds; where a run is not asked for figures the machine may have much else to do, and a server's patience is 4 s.
LONGEST_PAUSE = 2_000 if "TERRACE_MOVE_ROWS" in os.environ else 4_000


def fill(clinic, admin, rows):
    """So many patients, past the API."""
    admin.do(
        """insert into shared.patient (tenant_id, id, number, name, name_sort, sex, born_on, dob_precision)
           select %s, gen_random_uuid(), 1000000 + n, 'Row ' || n, 'row ' || n, 'unknown', '1980-01-01', 'estimated'
             from generate_series(1, %s) n""", clinic.id, rows)


def _words(clinic, to, cluster):
    return ["tenant", "move", clinic.slug, "--to", to, *(["--cluster", cluster] if cluster else [])]


def move(installation, clinic, to, cluster=None):
    done = installation.run(*_words(clinic, to, cluster), timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def start_move(installation, clinic, to, cluster=None):
    return subprocess.Popen([installation.binary, *_words(clinic, to, cluster)],
                            env={**installation.environment, "DATABASE_URL": installation.admin_url},
                            cwd=installation.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill_at_random(mover, chance, within=4.0):
    """Whether it was killed before it had ended."""
    try:
        mover.communicate(timeout=chance.uniform(0.0, within))
        return False
    except subprocess.TimeoutExpired:
        mover.kill()
        mover.communicate()
        return True


def new_chance():
    print(f"TERRACE_MOVE_SEED={SEED}")
    return random.Random(SEED)


def commands_have_ended(admin):
    """PostgreSQL has heard of a kill."""
    eventually(lambda: admin.value("select count(*) from pg_stat_activity where application_name = 'terrace-admin'") == 0, 10,
               "PostgreSQL has heard of the kill")


def place_of(clinic, admin):
    return admin.value("select isolation from catalog.tenant where slug = %s", clinic.slug)


def leftovers(clinic, admin):
    """What a move may not leave behind, once it is over."""
    found = admin.rows("select phase from catalog.tenant_move where tenant_id = %s", clinic.id)
    found += admin.rows("select 'moving' from catalog.tenant where id = %s and moving", clinic.id)
    if place_of(clinic, admin) != "shared":
        for table in admin.tenant_tables("shared"):
            if table != "tenant_place":
                found += admin.rows(f"select '{table}' from shared.{table} where tenant_id = %s limit 1", clinic.id)
    return found
