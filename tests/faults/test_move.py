"""A tenant moves between modes while people work: nothing they read fails, nothing they were told is lost or doubled, and
a mover that is killed leaves one truth, which the next one settles."""

import re
import signal

import psycopg
import pytest

from moves import (KILLS, LONGEST_PAUSE, ROWS, SEED, commands_have_ended, fill, kill_at_random, leftovers, move, new_chance,
                   place_of, start_move)
from drill import Footprint
from samples import Window
from support.waiting import eventually
from writers import Readers, Writers, assert_each_write_stands_once, warm_up

THERE_AND_BACK = ("schema", "database", "schema", "shared")


def test_there_and_back_under_load(installation, server, clinic, admin, drill):
    """No read fails; each write that was acknowledged stands once, in every mode on the way; writes wait under 2 s."""
    fill(clinic, admin, ROWS)
    warm_up(clinic)
    base = Footprint.of(server.process.pid)
    pauses = []
    with Writers(clinic, threads=4) as writers, Readers(clinic) as readers:
        eventually(lambda: len(writers.acknowledged) >= 40, 30, "writes are acknowledged")
        with Window() as window:
            for mode in THERE_AND_BACK:
                told = move(installation, clinic, mode)
                pauses.append(int(re.search(r"writes waited (\d+) ms", told).group(1)))
                assert place_of(clinic, admin) == mode
                before = len(writers.acknowledged)
                eventually(lambda: len(writers.acknowledged) >= before + 20, 30, "writes are acknowledged in the new place")
                assert leftovers(clinic, admin) == []
    assert readers.failed() == 0, [sample for sample in readers.samples if sample.failed][:3]
    assert writers.failed() == 0, [sample for sample in writers.samples if sample.failed][:3]
    drill.judge(writers.samples + readers.samples, window)
    found = assert_each_write_stands_once(clinic, admin, writers.writes)
    drill.count(found.acknowledged, found.lost, found.doubled)
    drill.assert_back_to_base(server.process.pid, base)
    print(f"{ROWS} rows; writes waited {pauses} ms")
    assert max(pauses) < LONGEST_PAUSE


def assert_named_by_doctor(installation, clinic, admin):
    """What was cut off stays so until somebody hears of it."""
    commands_have_ended(admin)
    cut = admin.rows("select isolation from catalog.tenant_move where tenant_id = %s", clinic.id)
    told = installation.run("doctor").stdout
    for (mode,) in cut:
        assert f"terrace tenant move {clinic.slug} --to {mode}{' --cluster main' if mode == 'database' else ''}" in told
    assert cut or "No move of a tenant was cut off." in told


def test_a_mover_that_is_killed_leaves_one_truth(installation, server, clinic, admin):
    """At whatever point: people go on, and the next move settles what was begun and ends where it is to."""
    fill(clinic, admin, ROWS)
    chance = new_chance()
    modes = ["schema", "database", "shared"]
    with Writers(clinic, threads=2) as writers:
        eventually(lambda: len(writers.acknowledged) >= 10, 30, "writes are acknowledged")
        for kill in range(KILLS):
            to = modes[kill % len(modes)]
            if kill_at_random(start_move(installation, clinic, to), chance):
                assert_named_by_doctor(installation, clinic, admin)
            move(installation, clinic, to)
            assert place_of(clinic, admin) == to, f"seed {SEED}, kill {kill}"
            assert leftovers(clinic, admin) == [], f"seed {SEED}, kill {kill}"
            before = len(writers.acknowledged)
            eventually(lambda: len(writers.acknowledged) >= before + 5, 30, "writes are acknowledged in the new place")
        move(installation, clinic, "shared")
    assert_each_write_stands_once(clinic, admin, writers.writes)


def test_a_long_read_in_the_schema_that_is_left_holds_nobody_up(installation, clinic, admin):
    """Removing a table waits for who reads it, and who comes to read it meanwhile would wait for that."""
    move(installation, clinic, "schema")
    schema = admin.schema(clinic.id)
    with psycopg.connect(installation.admin_url) as report, Writers(clinic, threads=1) as writers, Readers(clinic) as readers:
        report.execute(f"select count(*) from {schema}.patient")  # its transaction stays open
        mover = start_move(installation, clinic, "shared")
        eventually(lambda: place_of(clinic, admin) == "shared", 60, "the tenant has moved")
        before = len(writers.acknowledged), readers.succeeded()
        eventually(lambda: len(writers.acknowledged) >= before[0] + 5 and readers.succeeded() >= before[1] + 5, 30,
                   "people work in the new place")
        assert admin.value("select count(*) from pg_namespace where nspname = %s", schema) == 1
        report.rollback()
        assert mover.wait(timeout=60) == 0
    assert (readers.failed(), writers.failed()) == (0, 0)
    assert leftovers(clinic, admin) == []
    assert admin.value("select count(*) from pg_namespace where nspname = %s", schema) == 0


@pytest.mark.parametrize("mode", ["shared", "schema"])
def test_a_move_to_where_it_is_changes_nothing(installation, clinic, admin, mode):
    move(installation, clinic, mode)
    epoch = admin.value("select epoch from catalog.tenant where slug = %s", clinic.slug)
    assert f"{clinic.slug} is in mode {mode} already." in move(installation, clinic, mode)
    assert admin.value("select epoch from catalog.tenant where slug = %s", clinic.slug) == epoch


def test_a_move_that_is_cancelled_leaves_the_tenant_where_it_is(installation, clinic, admin):
    fill(clinic, admin, ROWS)
    mover = start_move(installation, clinic, "schema")
    assert mover.stdout.readline().startswith("Copied")
    mover.terminate()
    told = mover.communicate(timeout=60)[0]
    assert "Cancelled" in told and mover.returncode == 1
    assert place_of(clinic, admin) == "shared"
    assert leftovers(clinic, admin) == []
    assert admin.value("select count(*) from pg_namespace n where n.nspname ~ '^t_' and not exists "
                       "(select from catalog.place p where p.name = n.nspname)") == 0
    clinic.new_patient()


def test_doctor_takes_a_move_under_way_for_none_that_was_cut_off(installation, clinic, admin):
    fill(clinic, admin, ROWS)
    mover = start_move(installation, clinic, "schema")
    assert mover.stdout.readline().startswith("Copied")
    mover.send_signal(signal.SIGSTOP)
    try:
        assert admin.value("select count(*) from catalog.tenant_move where tenant_id = %s", clinic.id) == 1
        told = installation.run("doctor")
    finally:
        mover.send_signal(signal.SIGCONT)
    assert mover.wait(timeout=60) == 0
    assert told.returncode == 0 and "No move of a tenant was cut off." in told.stdout


def test_two_movers_of_one_tenant_take_turns_by_refusal(installation, clinic, admin):
    fill(clinic, admin, ROWS)
    first = start_move(installation, clinic, "schema")
    assert first.stdout.readline().startswith("Copied")
    second = installation.run("tenant", "move", clinic.slug, "--to", "database")
    assert second.returncode != 0 and "is under way" in second.stderr
    first.communicate(timeout=60)
    assert first.returncode == 0
    assert place_of(clinic, admin) == "schema"


def test_a_migration_waits_for_a_move(installation, clinic, admin):
    """Else a column that comes meanwhile would stay behind."""
    fill(clinic, admin, ROWS)
    mover = start_move(installation, clinic, "schema")
    assert mover.stdout.readline().startswith("Copied")
    installation.migrate()
    assert place_of(clinic, admin) == "schema", "the migration did not wait"
    mover.communicate(timeout=60)
    assert mover.returncode == 0
