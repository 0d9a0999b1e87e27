"""A tenant's rows go out into a folder and come back, by commands, while people work; whoever is killed on the way leaves
nothing half done."""

import hashlib
import json
import os
import random
import secrets
import signal
import subprocess
import time
from dataclasses import replace

import pytest

from support.clinics import PASSWORD, expect, token
from support.waiting import eventually
from test_move import fill, move
from writers import PATH, Readers, Writers, assert_each_write_stands_once

ROWS = int(os.environ.get("TERRACE_DATA_ROWS", "1500"))
KILLS = int(os.environ.get("TERRACE_DATA_KILLS", "4"))
SEED = int(os.environ.get("TERRACE_DATA_SEED", time.time_ns() % 10**6))
MODES = ("shared", "schema", "database")


def start(installation, *arguments, **environment):
    return subprocess.Popen(
        [installation.binary, "tenant", *map(str, arguments)],
        env={**installation.environment, "DATABASE_URL": installation.admin_url, "TERRACE_PASSWORD": PASSWORD},
        cwd=installation.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **environment)


def run(installation, *arguments):
    """What it says, and how it ended."""
    command = start(installation, *arguments)
    return command.communicate(timeout=300)[0], command.returncode


def done(installation, *arguments):
    told, status = run(installation, *arguments)
    assert status == 0, told
    return told


def new_tenant(slug):
    return ("--new", slug, "--owner-name", "New Owner", "--owner-email", f"{slug}@people.example")


def sign_in(clinic, slug, email):
    there = clinic.client.at(clinic.host.replace(clinic.slug, slug))
    answer = expect(token(there, email, slug), 200)
    return replace(there, token=answer.json()["access_token"])


def rows_of(folder, table):
    with open(folder / "tables" / f"{table}.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def rewrite(folder, table, change):
    """Edits an archive as someone does who tells its manifest."""
    path = folder / "tables" / f"{table}.jsonl"
    text = "".join(json.dumps(change(row), ensure_ascii=False) + "\n" for row in rows_of(folder, table))
    path.write_text(text, encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for entry in manifest["tables"]:
        for file in entry["files"]:
            if file["path"] == f"tables/{table}.jsonl":
                file.update(bytes=len(text.encode()), sha256=hashlib.sha256(text.encode()).hexdigest())
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def numbers(client):
    page, found = expect(client.get(f"{PATH}?limit=100"), 200).json(), []
    while True:
        found += [patient["number"] for patient in page["results"]]
        if not page["next"]:
            return sorted(found)
        page = expect(client.get(page["next"]), 200).json()


@pytest.mark.parametrize("mode", MODES)
def test_a_new_clinic_works_with_the_rows_of_an_old_one(installation, server, clinic, admin, tmp_path, mode):
    """Its owner signs in and finds every patient, file and number; the next patient gets the next number."""
    clinic.new_patient(name="Before")
    photo = clinic.new_file()
    fill(clinic, admin, 150)
    move(installation, clinic, mode)
    done(installation, "export", clinic.slug, "--to", tmp_path / "out")
    slug = f"copy-{secrets.token_hex(4)}"
    done(installation, "import", tmp_path / "out", *new_tenant(slug), "--isolation", mode, "--remap")
    owner = sign_in(clinic, slug, f"{slug}@people.example")
    assert numbers(owner) == numbers(clinic.client)
    assert len(expect(owner.get(f"{PATH}?search=Before"), 200).json()["results"]) == 1
    known = {patient["id"] for patient in rows_of(tmp_path / "out", "patient")}
    assert known.isdisjoint(patient["id"] for patient in owner.get(f"{PATH}?limit=100").json()["results"])
    assert rows_of(tmp_path / "out", "file")[0]["id"] == photo["id"]
    made = expect(owner.post(PATH, {"name": "After", "sex": "unknown", "age": 3}), 201).json()
    assert made["number"] == clinic.new_patient(name="After")["number"]


def test_an_export_is_of_one_moment_while_people_write(installation, server, clinic, admin, tmp_path):
    """Each patient that is in it has its audit entry, and no entry lacks its patient; nobody waits."""
    fill(clinic, admin, ROWS)
    with Writers(clinic, threads=4) as writers:
        eventually(lambda: len(writers.acknowledged) >= 20, 30, "writes are acknowledged")
        done(installation, "export", clinic.slug, "--to", tmp_path / "out")
        before = len(writers.acknowledged)
        eventually(lambda: len(writers.acknowledged) >= before + 20, 30, "writes go on")
    assert writers.failed() == 0
    written = {row["id"] for row in rows_of(tmp_path / "out", "patient") if row["name"].startswith("Patient ")}
    audited = {row["object_id"] for row in rows_of(tmp_path / "out", "audit_entry") if row["object_type"] == "patient"}
    assert len(written) >= 20 and written == audited


def test_what_was_lost_comes_back_while_people_work(installation, server, clinic, admin, tmp_path):
    """No read fails, no write is lost."""
    fill(clinic, admin, ROWS)
    done(installation, "export", clinic.slug, "--to", tmp_path / "out")
    admin.do("delete from shared.patient where tenant_id = %s and name like 'Row %%'", clinic.id)
    with Writers(clinic, threads=4) as writers, Readers(clinic) as readers:
        eventually(lambda: len(writers.acknowledged) >= 20, 30, "writes are acknowledged")
        done(installation, "import", tmp_path / "out", "--on-conflict", "keep")
        before = len(writers.acknowledged)
        eventually(lambda: len(writers.acknowledged) >= before + 20, 30, "writes go on")
    assert readers.failed() == 0 and writers.failed() == 0
    assert_each_write_stands_once(clinic, admin, writers.writes)
    assert admin.value("select count(*) from shared.patient where tenant_id = %s and name like 'Row %%'", clinic.id) == ROWS


def test_an_export_that_is_killed_is_taken_up(installation, clinic, admin, tmp_path):
    fill(clinic, admin, ROWS)
    chance = random.Random(SEED)
    print(f"TERRACE_DATA_SEED={SEED}")
    for _ in range(KILLS):
        export = start(installation, "export", clinic.slug, "--to", tmp_path / "out")
        try:
            export.wait(timeout=chance.uniform(0.0, 0.5))
        except subprocess.TimeoutExpired:
            export.kill()
        export.communicate()
    done(installation, "export", clinic.slug, "--to", tmp_path / "out")
    assert len(rows_of(tmp_path / "out", "patient")) == ROWS
    assert "nothing was changed" in done(installation, "import", tmp_path / "out", "--dry-run")


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_an_import_that_is_cut_off_leaves_all_or_nothing(installation, server, clinic, admin, tmp_path, end):
    """At whatever point; and people write again within seconds, as soon as its fence has fallen."""
    fill(clinic, admin, ROWS)
    done(installation, "export", clinic.slug, "--to", tmp_path / "out")
    rows = "select count(*) from shared.patient where tenant_id = %s and name like 'Row %%'"
    chance = random.Random(SEED)
    print(f"TERRACE_DATA_SEED={SEED}")
    for kill in range(KILLS):
        admin.do("delete from shared.patient where tenant_id = %s and name like 'Row %%'", clinic.id)
        importing = start(installation, "import", tmp_path / "out")
        try:
            importing.wait(timeout=chance.uniform(0.1, 1.5))
        except subprocess.TimeoutExpired:
            importing.send_signal(end)
        importing.communicate(timeout=60)
        eventually(lambda: admin.value("select count(*) from pg_stat_activity where application_name = 'terrace-admin'")
                   == 0, 30, "PostgreSQL has seen that it is gone")
        assert admin.value(rows, clinic.id) in (0, ROWS), f"seed {SEED}, kill {kill}"
    eventually(lambda: clinic.client.post(PATH, {"name": "Later", "sex": "unknown", "age": 1}).status == 201, 30,
               "the clinic takes writes")
    done(installation, "import", tmp_path / "out", "--on-conflict", "keep")
    assert admin.value(rows, clinic.id) == ROWS


def test_a_fence_that_a_kill_left_is_in_no_later_imports_way(installation, server, clinic, admin, tmp_path):
    """It has fallen, so that people write; the next one raises it anew."""
    done(installation, "export", clinic.slug, "--to", tmp_path / "out")
    admin.do("update shared.tenant_place set state = 'moving', fenced_until = clock_timestamp() - interval '1 second'"
             " where tenant_id = %s", clinic.id)
    done(installation, "import", tmp_path / "out")
    assert admin.value("select state from shared.tenant_place where tenant_id = %s", clinic.id) == "active"


@pytest.mark.parametrize("ending", ["tar.gz", "tar.zst"])
def test_an_archive_may_be_one_file(installation, server, clinic, admin, tmp_path, ending):
    """Cut off, the same command takes it up; nothing but the file is left, in whose place nothing is written."""
    fill(clinic, admin, ROWS)
    file = tmp_path / f"clinic.{ending}"
    export = start(installation, "export", clinic.slug, "--to", file)
    eventually((tmp_path / f"clinic.{ending}.partial").exists, 30, "the export has begun")
    export.kill()
    export.communicate()
    if not file.exists():
        done(installation, "export", clinic.slug, "--to", file)
    assert list(tmp_path.iterdir()) == [file]
    told, status = run(installation, "export", clinic.slug, "--to", file)
    assert status == 1 and "is there already" in told
    slug = f"copy-{secrets.token_hex(4)}"
    done(installation, "import", file, *new_tenant(slug))
    counted = "select count(*) from shared.patient where tenant_id = (select id from catalog.tenant where slug = %s)"
    assert admin.value(counted, slug) == ROWS


def test_bad_rows_make_no_tenant(installation, server, clinic, admin, tmp_path):
    """Each is reported by table, line and column, without what is in it."""
    fill(clinic, admin, 5)
    done(installation, "export", clinic.slug, "--to", tmp_path / "out")
    rewrite(tmp_path / "out", "patient", lambda row: {**row, "sex": "SECRET", "born_on": "1980-01-01"})
    slug = f"copy-{secrets.token_hex(4)}"
    told, status = run(installation, "import", tmp_path / "out", *new_tenant(slug))
    assert status == 1
    for line in range(1, 6):
        assert f"patient line {line}, sex: breaks the rule patient_sex_check" in told
    assert "5 bad rows: nothing was imported" in told and "SECRET" not in told
    assert admin.value("select count(*) from catalog.tenant where slug = %s", slug) == 0
