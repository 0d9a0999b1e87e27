"""A release that adds to the tables, applied while the program of the release before works: its statements are prepared and
their plans cached on every lane, in shared tables, in a schema and in a database of one's own."""

import shutil
from contextlib import ExitStack

import pytest

from drill import ROOT, Footprint
from moves import move
from samples import Window
from support.clinics import sign_up
from support.database import Admin
from support.server import Installation
from support.waiting import eventually
from writers import Readers, Writers, assert_each_write_stands_once, warm_up

# What the next release may bring: a column, one with a default, a table, an index, a looser check.
EXPAND = """
alter table shared.patient add column nickname text;
alter table shared.patient add column rank integer not null default 0;
create index patient_nickname_idx on shared.patient (tenant_id, nickname, id);
create table shared.nickname (tenant_id uuid not null, id uuid not null, name text not null, primary key (tenant_id, id));
call catalog.protect_tenant_table('shared.nickname');
"""
# And what the one after that takes away, which the program never knew.
CONTRACT = """
drop table shared.nickname;
alter table shared.patient drop column rank;
alter table shared.patient drop column nickname;
"""


@pytest.fixture
def apart(cluster, installation, tmp_path):
    """An installation whose migrations are a copy that may get more."""
    made = Installation(installation.binary, cluster, "expand")
    shutil.copytree(ROOT / "migrations", tmp_path / "migrations")
    made.environment["TERRACE_MIGRATIONS"] = str(tmp_path / "migrations")
    made.environment["TERRACE_SECRET"] = installation.environment["TERRACE_SECRET"]  # roles are the whole cluster's
    made.migrate()
    yield made
    cluster.drop_database(made.database)


def release(apart, number, text):
    folder = apart.environment["TERRACE_MIGRATIONS"]
    with open(f"{folder}/tenant/{number}_release.sql", "w", encoding="utf-8") as file:
        file.write(text)
    done = apart.run("migrate", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_release_is_applied_under_load(apart, drill):
    """The program works before, while and after the tables get more and lose it again: no call fails, no write is lost, no
    cached plan is refused, in any of the three modes."""
    server = apart.server().start()
    clinics = {mode: sign_up(server.client(), lambda slug: server.client(slug).host, mode)
               for mode in ("shared", "schema", "database")}
    admin = Admin(apart.admin_url)
    try:
        for mode, clinic in clinics.items():
            move(apart, clinic, mode)
            warm_up(clinic)
        base = Footprint.of(server.process.pid)
        callers = [Writers(clinic, threads=2) for clinic in clinics.values()]
        readers = [Readers(clinic, threads=1) for clinic in clinics.values()]
        with ExitStack() as load, Window() as window:
            for each in (*callers, *readers):
                load.enter_context(each)
            for number, text in ((9001, EXPAND), (9002, CONTRACT)):
                release(apart, number, text)
                for caller in callers:
                    before = len(caller.acknowledged)
                    eventually(lambda: len(caller.acknowledged) >= before + 20, 30, "writes are acknowledged")
        samples = [sample for each in (*callers, *readers) for sample in each.samples]
        assert [sample for sample in samples if sample.failed] == []
        assert "cached plan" not in server.output()
        drill.judge(samples, window)
        found = []
        for clinic, caller in zip(clinics.values(), callers):
            move(apart, clinic, "shared")
            found.append(assert_each_write_stands_once(clinic, admin, caller.writes))
        drill.count(sum(each.acknowledged for each in found), 0, 0)
        drill.assert_back_to_base(server.process.pid, base)
    finally:
        server.stop()
        admin.connection.close()
