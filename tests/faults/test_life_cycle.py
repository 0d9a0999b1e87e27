"""A tenant is suspended, deleted and erased while people are signed in: nobody gets in, nothing of another is touched, and an
erasure that is killed is finished by the next one, whose certificate says what was there."""

import hashlib
import json
import os
import pty
import random
import subprocess
import time

import psycopg
import pytest

from support.clinics import register_body, sign_up
from support.waiting import eventually

MODES = ("shared", "schema", "database")
ROWS = int(os.environ.get("TERRACE_ERASE_ROWS", "3000"))
KILLS = int(os.environ.get("TERRACE_ERASE_KILLS", "2"))
SEED = int(os.environ.get("TERRACE_ERASE_SEED", time.time_ns() % 10**6))
WITHIN = 1.0  # seconds, from the end of an act until the last session has heard of it


@pytest.fixture
def neighbour(server):
    return sign_up(server.client(), lambda slug: server.client(slug).host, "neighbour")


def do(installation, *arguments):
    done = installation.run("tenant", *arguments, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def start(installation, *arguments):
    return subprocess.Popen([installation.binary, "tenant", *arguments], cwd=installation.folder,
                            env={**installation.environment, "DATABASE_URL": installation.admin_url},
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def bring(installation, clinic, mode):
    do(installation, "move", clinic.slug, "--to", mode)
    clinic.new_patient()


def fill(clinic, admin, rows):
    """So many patients, past the API, in shared tables."""
    admin.do(
        """insert into shared.patient (tenant_id, id, number, name, name_sort, sex, born_on, dob_precision)
           select %s, gen_random_uuid(), 1000000 + n, 'Row ' || n, 'row ' || n, 'unknown', '1980-01-01', 'estimated'
             from generate_series(1, %s) n""", clinic.id, rows)


def eventually_answers(client, expected, send=None):
    """Seconds until `expected`, (status, code), is what every loop of the server says: each hears for itself."""
    began = time.monotonic()
    send = send or (lambda: client.get("/api/v1/patients"))
    seen = []

    def settled():
        asked = time.monotonic()
        answer = send()
        code = answer.code if answer.status >= 400 else None
        if (answer.status, code) == expected:
            seen.append(asked)
        else:
            seen.clear()
        return seen[0] if len(seen) == 20 else None

    return eventually(settled, 10, f"{expected} from every loop") - began


def database_of(clinic, installation, admin):
    """A connection to where the clinic's rows are, and their schema."""
    schema, database = admin.rows("select schema_name, database_name from catalog.tenant where slug = %s", clinic.slug)[0]
    return psycopg.connect(installation.cluster.url(database or installation.database), autocommit=True), schema


def states(clinic, installation, admin):
    """The state in the catalog and that in the place."""
    place, _ = database_of(clinic, installation, admin)
    with place:
        here = place.execute("select state from shared.tenant_place where tenant_id = %s", (clinic.id,)).fetchone()[0]
    return admin.value("select state from catalog.tenant where slug = %s", clinic.slug), here


def rows_left(clinic, installation):
    """Every table of every database of the installation that holds a row with the clinic's id, but for those that tell of
    its end."""
    found = []
    with psycopg.connect(installation.cluster.url("postgres")) as cluster:
        databases = [name for (name,) in cluster.execute(
            "select datname from pg_database where datname = %s or datname ~ '^t_'", (installation.database,))]
    for database in databases:
        with psycopg.connect(installation.cluster.url(database)) as connection:
            tables = connection.execute(
                """select c.oid::regclass::text, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
                   where c.relkind = 'r' and a.atttypid = 'uuid'::regtype and a.attnum > 0 and not a.attisdropped
                     and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'""").fetchall()
            for table, column in tables:
                if table in ("catalog.change", "catalog.tenant_event", "catalog.erasure"):
                    continue
                if connection.execute(f"select from {table} where {column} = %s limit 1", (clinic.id,)).fetchone() is not None:
                    found.append((database, table, column))
    return found


def certificate_of(installation, name):
    told = json.loads(do(installation, "certificate", name))
    canonical = json.dumps(told["certificate"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(canonical.encode()).hexdigest() == told["sha256"]
    return told["certificate"]


@pytest.mark.parametrize("mode", MODES)
def test_a_suspended_clinic_is_shut_within_a_second_and_comes_back(installation, server, clinic, admin, mode):
    bring(installation, clinic, mode)
    assert "is now suspended" in do(installation, "suspend", clinic.slug, "--reason", "unpaid", "--by", "meera")
    assert eventually_answers(clinic.client, (403, "tenant_suspended")) < WITHIN
    assert states(clinic, installation, admin) == ("suspended", "suspended")
    assert "suspended" in do(installation, "show", clinic.slug)

    do(installation, "read-only", clinic.slug)
    eventually_answers(clinic.client, (200, None))
    eventually_answers(clinic.client, (403, "tenant_read_only"),
                       lambda: clinic.client.post("/api/v1/patients", clinic.patient_body()))
    do(installation, "reactivate", clinic.slug)
    eventually(lambda: clinic.client.post("/api/v1/patients", clinic.patient_body()).status == 201, 5, "writes")
    events = admin.rows("select action, actor, reason from catalog.tenant_event where tenant_id = %s order by sequence",
                        clinic.id)
    assert [action for action, _, _ in events] == ["suspend", "read_only", "reactivate"]
    assert events[0][1:] == ("meera", "unpaid")


@pytest.mark.parametrize("mode", MODES)
def test_a_deleted_clinic_keeps_its_name_and_comes_back(installation, server, clinic, admin, mode):
    bring(installation, clinic, mode)
    before = len(clinic.client.get("/api/v1/patients").json()["results"])
    assert "is now being deleted" in do(installation, "delete", clinic.slug, "--yes")
    assert eventually_answers(clinic.client, (404, "unknown_host")) < WITHIN
    at_root = server.client().with_token(clinic.client.token)
    eventually_answers(at_root, (401, "not_authenticated"))
    assert states(clinic, installation, admin) == ("deleting", "suspended")
    assert "erased after" in do(installation, "show", clinic.slug)
    body = {"grant_type": "refresh_token", "refresh_token": clinic.refresh_token}
    assert server.client().post("/api/v1/auth/token", body).status == 401
    taken = server.client().post("/api/v1/auth/register", register_body(clinic.slug, email="x@people.example"))
    assert (taken.status, taken.code) == (409, "slug_taken")

    assert "Erased" not in do(installation, "erase-due"), "its 30 days are not over"
    do(installation, "reactivate", clinic.slug)
    eventually_answers(clinic.client, (200, None))
    assert len(clinic.client.get("/api/v1/patients").json()["results"]) == before
    eventually(lambda: clinic.client.post("/api/v1/patients", clinic.patient_body()).status == 201, 5, "writes")


def test_a_clinic_whose_days_are_over_is_erased_and_its_name_is_free(installation, server, clinic, neighbour, admin):
    do(installation, "delete", clinic.slug, "--yes")
    admin.do("update catalog.tenant set delete_after = now() where id = %s", clinic.id)
    before = admin.fingerprint(neighbour.id)
    assert f"Erased {clinic.slug}" in do(installation, "erase-due")
    assert rows_left(clinic, installation) == []
    assert admin.fingerprint(neighbour.id) == before
    assert admin.rows("select from catalog.user_account where id = %s", clinic.user_id) == []
    assert certificate_of(installation, clinic.id) == certificate_of(installation, clinic.slug)
    eventually_answers(clinic.client, (404, "unknown_host"))
    eventually(lambda: server.client().post("/api/v1/auth/register", register_body(clinic.slug)).status == 201, 10,
               "the name is free")


@pytest.mark.parametrize("mode", MODES)
def test_an_erasure_that_is_killed_is_finished_by_the_next(installation, server, neighbour, admin, mode):
    """At whatever point: nothing is left, nothing of another is touched, and the certificate says what was there."""
    chance = random.Random(SEED)
    print(f"TERRACE_ERASE_SEED={SEED}")
    for kill in range(KILLS):
        clinic = sign_up(server.client(), lambda slug: server.client(slug).host, "gone")
        fill(clinic, admin, ROWS)
        bring(installation, clinic, mode)
        do(installation, "delete", clinic.slug, "--yes")
        before = admin.fingerprint(neighbour.id)
        eraser = start(installation, "delete", clinic.slug, "--now", "--yes")
        try:
            eraser.wait(timeout=chance.uniform(1.8, 2.6))
        except subprocess.TimeoutExpired:
            eraser.kill()
            eraser.wait()

        def is_gone():
            done = installation.run("tenant", "delete", clinic.slug, "--now", "--yes")
            return done.returncode == 0 or "no tenant has the slug" in done.stderr

        eventually(is_gone, 60, f"it is erased: seed {SEED}, kill {kill}")
        assert rows_left(clinic, installation) == [], f"seed {SEED}, kill {kill}"
        assert admin.fingerprint(neighbour.id) == before
        certificate = certificate_of(installation, clinic.slug)
        counted = {table["table"]: table["rows"] for table in certificate["tables"]}
        assert counted["patient"] == ROWS + 1
        assert certificate["isolation"] == mode and certificate["persons"] == 1
        assert {table["table"]: table["rows"] for table in certificate["catalog"]}["catalog.session"] == 1
        places = admin.rows("select from catalog.place where taken_at is not null and tenant_id = %s", clinic.id)
        assert places == []


@pytest.mark.parametrize("mode", ["shared", "database"])
def test_operators_who_act_at_once_take_turns(installation, server, clinic, admin, mode):
    """Each finds what the one before has left; in the end catalog and place agree."""
    bring(installation, clinic, mode)
    acts = [start(installation, act, clinic.slug) for act in ("suspend", "reactivate", "read-only", "suspend")]
    told = [act.communicate(timeout=60)[0] for act in acts]
    assert [act.returncode for act in acts] == [0] * len(acts), told
    catalog, place = states(clinic, installation, admin)
    assert catalog == place
    changed = sum("is now" in line for line in told)
    assert admin.value("select count(*) from catalog.tenant_event where tenant_id = %s", clinic.id) == changed


def test_a_move_and_a_suspension_exclude_each_other(installation, server, clinic, admin):
    """Whichever comes second is refused or waits; in the end the tenant is shut wherever it is."""
    fill(clinic, admin, ROWS)
    mover = start(installation, "move", clinic.slug, "--to", "database")
    assert mover.stdout.readline().startswith("Copied")
    eventually(lambda: installation.run("tenant", "suspend", clinic.slug).returncode == 0, 60, "the move is over")
    assert mover.communicate(timeout=60)[0] and mover.returncode == 0
    assert admin.value("select isolation from catalog.tenant where slug = %s", clinic.slug) == "database"
    assert states(clinic, installation, admin) == ("suspended", "suspended")
    do(installation, "move", clinic.slug, "--to", "shared")
    assert states(clinic, installation, admin) == ("suspended", "suspended"), "moving it opens nothing"


def test_nobody_deletes_a_clinic_by_a_slip(installation, server, clinic, admin):
    refused = installation.run("tenant", "delete", clinic.slug)
    assert refused.returncode != 0 and "--yes" in refused.stderr
    for typed, ends, state in (("another", 1, "active"), (clinic.slug, 0, "deleting")):
        ours, theirs = pty.openpty()
        asked = subprocess.Popen([installation.binary, "tenant", "delete", clinic.slug], cwd=installation.folder,
                                 env={**installation.environment, "DATABASE_URL": installation.admin_url},
                                 stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.write(ours, f"{typed}\n".encode())
        asked.communicate(timeout=60)
        os.close(ours)
        os.close(theirs)
        assert asked.returncode == ends
        assert admin.value("select state from catalog.tenant where slug = %s", clinic.slug) == state


def test_a_slug_that_nobody_has_is_named(installation, server):
    for act in ("suspend", "reactivate", "read-only"):
        done = installation.run("tenant", act, "nobody-here")
        assert done.returncode != 0 and "no tenant has the slug nobody-here" in done.stderr
    done = installation.run("tenant", "certificate", "nobody-here")
    assert done.returncode != 0 and "no certificate" in done.stderr
