"""What a move keeps of the rows that it takes away: all of them, whatever people did meanwhile, wherever it was killed; and a
disk without room for it ends the move before anybody has waited."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from moves import KILLS, ROWS, SEED, commands_have_ended, fill, kill_at_random, leftovers, move, new_chance, start_move
from support.waiting import eventually
from writers import Readers, Writers, assert_each_write_stands_once


@pytest.fixture
def folder(installation, tmp_path):
    """Where moves of this test keep their exports."""
    installation.environment["TERRACE_MOVE_EXPORTS"] = str(tmp_path)
    yield tmp_path
    del installation.environment["TERRACE_MOVE_EXPORTS"]


@pytest.fixture
def small_disk(installation, tmp_path):
    """Full before the rows are all written."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "terrace-exports", str(tmp_path)],
                             capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    installation.environment["TERRACE_MOVE_EXPORTS"] = str(tmp_path)
    yield tmp_path
    del installation.environment["TERRACE_MOVE_EXPORTS"]
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def kept(clinic, admin):
    """Folder, and whether it is of the switch; the oldest first. All are whole."""
    return admin.rows("select folder, is_of_switch from catalog.tenant_export where tenant_id = %s"
                      " and manifest_sha256 is not null order by taken_at", clinic.id)


def patients_in(folder):
    with open(f"{folder}/tables/patient.jsonl", encoding="utf-8") as rows:
        return {json.loads(row)["id"] for row in rows}


def test_each_move_keeps_the_rows_that_it_took_away(installation, clinic, admin, folder):
    """To the last write before the switch, and an import takes them."""
    fill(clinic, admin, ROWS)
    with Writers(clinic, threads=4) as writers, Readers(clinic) as readers:
        for number, mode in enumerate(("schema", "database", "shared"), 1):
            before = {write.acknowledged for write in writers.acknowledged}
            mover = start_move(installation, clinic, mode)
            eventually(lambda: admin.value("select moving from catalog.tenant where id = %s", clinic.id), 30, "it moves")
            told = mover.communicate(timeout=300)
            assert mover.returncode == 0, told
            at, is_of_switch = kept(clinic, admin)[-1]
            assert is_of_switch and at in told[0] and len(kept(clinic, admin)) == number
            assert before <= patients_in(at)
            assert f"{at} on " in installation.run("tenant", "show", clinic.slug).stdout
    assert readers.failed() == 0 and writers.failed() == 0
    assert_each_write_stands_once(clinic, admin, writers.writes)
    # The last rows came with the last move: the archive is like them but for what was written since, which it lacks.
    last = kept(clinic, admin)[-1][0]
    tried = installation.run("tenant", "import", last, "--on-conflict", "keep", "--dry-run", timeout=120)
    assert tried.returncode == 0, tried.stdout + tried.stderr
    assert {Path(at).name for at, _ in kept(clinic, admin)} == set(os.listdir(folder))
    admin.do("update catalog.tenant_export set kept_until = now() - interval '1 second' where folder = %s", last)
    assert "Removed 1 kept exports." in installation.run("tenant", "prune-exports").stdout
    assert len(os.listdir(folder)) == 2
    assert installation.run("tenant", "delete", clinic.slug, "--now", "--yes").returncode == 0
    assert os.listdir(folder) == []
    assert '"removed":true' in installation.run("tenant", "certificate", clinic.slug).stdout


def test_a_mover_that_is_killed_loses_no_row_and_leaves_no_stray_export(installation, clinic, admin, folder):
    fill(clinic, admin, ROWS)
    chance = new_chance()
    modes = ["schema", "database", "shared"]
    for kill in range(KILLS):
        to = modes[kill % len(modes)]
        rows = {str(identity) for identity, in admin.place(clinic.id).rows(
            "select id from {tenant}.patient where tenant_id = %s", clinic.id)}
        kill_at_random(start_move(installation, clinic, to), chance)
        commands_have_ended(admin)
        move(installation, clinic, to)
        assert leftovers(clinic, admin) == [], f"seed {SEED}, kill {kill}"
        known = kept(clinic, admin)
        assert patients_in(known[-1][0]) == rows, f"seed {SEED}, kill {kill}"
        assert len(known) == kill + 1, f"seed {SEED}, kill {kill}"
        beside = {f"{Path(at).name}.renewed" for at, _ in known}
        assert set(os.listdir(folder)) - beside == {Path(at).name for at, _ in known}, f"seed {SEED}, kill {kill}"
        admin._places.clear()


def test_a_full_disk_ends_a_move_before_anybody_waits(installation, clinic, admin, small_disk):
    fill(clinic, admin, max(ROWS, 1500))
    with Writers(clinic, threads=2) as writers, Readers(clinic) as readers:
        for _ in range(2):
            refused = installation.run("tenant", "move", clinic.slug, "--to", "schema")
            assert refused.returncode == 1 and "No space left on device" in refused.stderr, refused.stderr
            assert admin.value("select isolation from catalog.tenant where id = %s", clinic.id) == "shared"
            assert leftovers(clinic, admin) == [] and os.listdir(small_disk) == []
            assert admin.value("select count(*) from catalog.tenant_export where tenant_id = %s", clinic.id) == 0
    assert readers.failed() == 0 and writers.failed() == 0
    assert_each_write_stands_once(clinic, admin, writers.writes)
