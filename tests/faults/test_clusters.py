"""Tenants on two PostgreSQL clusters, and on the way between them: nothing that was told is lost or doubled, no read fails,
a mover that is killed leaves one truth, and a cluster that is away takes its own tenants with it and nobody else."""

import re
import signal

import pytest

from drill import Footprint
from moves import (KILLS, LONGEST_PAUSE, ROWS, SEED, commands_have_ended, fill, kill_at_random, leftovers, move, new_chance,
                   start_move)
from samples import Window, begun_in
from support.clinics import sign_up
from support.cluster import Cluster
from support.database import Admin
from support.fault_proxy import FaultProxy
from support.waiting import eventually
from writers import Readers, Writers, assert_each_write_stands_once, keep_calling, warm_up

THERE_AND_BACK = (("database", "east"), ("database", "main"), ("database", "east"), ("schema", None), ("database", "east"),
                  ("shared", None))
PASSWORD = "correct-horse-4711"  # of the administrator there; nobody may be told


@pytest.fixture(scope="module")
def east():
    with Cluster.running() as made:
        yield made


@pytest.fixture(scope="module")
def installation(installation, east):
    """Servers find the second cluster by a variable, without a password; commands by a file, with one."""
    made = installation.copy("clusters")
    made.environment["EAST_URL"] = east.url("postgres", "terrace_app")
    secret = made.folder / "east-admin-url"
    secret.write_text(f"{east.url('postgres')}&password={PASSWORD}\n", encoding="utf-8")
    added = made.run("cluster", "add", "east", "--url-reference", "env:EAST_URL", "--admin-reference", f"file:{secret}")
    assert added.returncode == 0, added.stdout + added.stderr
    return made


@pytest.fixture(autouse=True)
def east_runs(east):
    if not east.is_running():
        east.start()
    eventually(east.accepts_connections, 20, "the second cluster has recovered from the test before")


def spot_of(clinic, admin):
    return admin.rows("select isolation, cluster from catalog.tenant where slug = %s", clinic.slug)[0]


def told_by(done):
    """What a command said, without the administrator's password."""
    assert PASSWORD not in done.stdout + done.stderr
    return done.stdout + done.stderr


def databases_at(cluster):
    admin = Admin(cluster.url("postgres"))
    found = admin.value("select count(*) from pg_database where datname like 't\\_%%'")
    admin.connection.close()
    return found


def bring_home_and_count(installation, admin, drill, *tenants) -> None:
    """Moves each (clinic, writers) to the shared tables and counts its ledger there."""
    found = []
    for clinic, writers in tenants:
        move(installation, clinic, "shared")
        found.append(assert_each_write_stands_once(clinic, admin, writers.writes))
    drill.count(sum(each.acknowledged for each in found), sum(each.lost for each in found), sum(each.doubled for each in found))


def test_to_another_cluster_and_back_under_load(installation, east, server, clinic, admin, drill):
    """Between shared tables, a schema and databases on two clusters: no read fails, each write that was acknowledged stands
    once, writes wait under 2 s."""
    fill(clinic, admin, ROWS)
    warm_up(clinic)
    base = Footprint.of(server.process.pid)
    pauses = []
    with Writers(clinic, threads=4) as writers, Readers(clinic) as readers:
        eventually(lambda: len(writers.acknowledged) >= 40, 30, "writes are acknowledged")
        with Window() as window:
            for mode, cluster in THERE_AND_BACK:
                told = move(installation, clinic, mode, cluster)
                pauses.append(int(re.search(r"writes waited (\d+) ms", told).group(1)))
                assert spot_of(clinic, admin) == (mode, cluster or "main")
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
    assert databases_at(east) == 0
    assert PASSWORD not in server.output()


def test_a_mover_between_clusters_that_is_killed_leaves_one_truth(installation, server, clinic, admin, drill):
    """At whatever point: people go on, and the next move settles what was begun and ends where it is to."""
    fill(clinic, admin, ROWS)
    warm_up(clinic)
    base = Footprint.of(server.process.pid)
    chance = new_chance()
    kills = 0
    with Writers(clinic, threads=2) as writers:
        eventually(lambda: len(writers.acknowledged) >= 10, 30, "writes are acknowledged")
        for number in range(KILLS):
            to = THERE_AND_BACK[number % len(THERE_AND_BACK)]
            if kill_at_random(start_move(installation, clinic, *to), chance):
                kills += 1
                commands_have_ended(admin)
                cut = admin.rows("select isolation from catalog.tenant_move where tenant_id = %s", clinic.id)
                told = told_by(installation.run("doctor"))
                assert not cut or f"terrace tenant move {clinic.slug} --to {cut[0][0]}" in told
            move(installation, clinic, *to)
            assert spot_of(clinic, admin) == (to[0], to[1] or "main"), f"seed {SEED}, move {number}"
            assert leftovers(clinic, admin) == [], f"seed {SEED}, move {number}"
            before = len(writers.acknowledged)
            eventually(lambda: len(writers.acknowledged) >= before + 5, 30, "writes are acknowledged in the new place")
        move(installation, clinic, "shared")
    found = assert_each_write_stands_once(clinic, admin, writers.writes)
    drill.count(found.acknowledged, found.lost, found.doubled)
    drill.assert_back_to_base(server.process.pid, base)
    drill.figures["Errors"] = f"{writers.failed()}; {kills} kills"


def test_a_second_cluster_stopped_and_started_under_load(installation, east, server, clinic, admin, drill):
    """Its tenants are answered 503 in time, and served by themselves when it is back; nobody else is hindered; commands say
    which cluster it is, and reach the others."""
    far = sign_up(server.client(), lambda slug: server.client(slug).host, "far")
    own = sign_up(server.client(), lambda slug: server.client(slug).host, "own")
    move(installation, far, "database", "east")
    move(installation, own, "database", "main")
    for each in (far, own, clinic):
        warm_up(each)
    base = Footprint.of(server.process.pid)
    with Writers(far, threads=4) as away, Writers(own, threads=2) as beside, Readers(clinic) as readers:
        eventually(lambda: len(away.acknowledged) >= 20 and len(beside.acknowledged) >= 20, 30, "writes are acknowledged")
        with Window() as window:
            east.stop("immediate")
            failed = away.failed()
            eventually(lambda: away.failed() >= failed + 20, 30, "its tenant is refused")
            answer = far.client.get("/api/v1/patients")
            assert answer.status == 503 and answer.header("retry-after")
            listed = installation.run("cluster", "list")
            assert listed.returncode == 1 and "the cluster east cannot be reached" in told_by(listed)
            migrated = installation.run("migrate")
            assert migrated.returncode == 0, "nothing is left to be done there"
            assert "the cluster east cannot be reached" in told_by(migrated)
            doctor = installation.run("doctor")
            assert doctor.returncode == 1 and "on the cluster east cannot be reached" in told_by(doctor)
            refused = installation.run("tenant", "suspend", far.slug)
            assert refused.returncode == 1 and "the cluster east cannot be reached" in told_by(refused)
            east.start()
        installation.run("tenant", "reactivate", far.slug)
        before = len(away.acknowledged)
        eventually(lambda: len(away.acknowledged) >= before + 20, 30, "its tenant works again")
        keep_calling(window, away, beside, readers)
    assert beside.failed() == 0 and readers.failed() == 0
    slowest = max(sample.took for sample in begun_in(away.samples, window))
    print(f"the slowest answer of its own tenant took {slowest:.2f} s")
    assert slowest < 3
    assert away.statuses() <= {201, 403, 503}, away.statuses()
    drill.judge(away.samples + beside.samples + readers.samples, window)
    bring_home_and_count(installation, admin, drill, (far, away), (own, beside))
    drill.assert_back_to_base(server.process.pid, base)
    assert installation.run("doctor").returncode == 0


def test_the_way_to_a_second_cluster_silent_under_load(installation, east, admin, drill):
    """Nothing comes back from there and nothing says so: its tenant is answered in time, nobody else is hindered, and when
    the way is open again no write that was acknowledged is lost."""
    proxy = FaultProxy(east.folder / ".s.PGSQL.5432")
    server = installation.server(EAST_URL=proxy.url("postgres", "terrace_app")).start()
    try:
        far, own = (sign_up(server.client(), lambda slug: server.client(slug).host, name) for name in ("far", "own"))
        move(installation, far, "database", "east")
        move(installation, own, "database", "main")
        for each in (far, own):
            warm_up(each)
        base = Footprint.of(server.process.pid)
        with Writers(far, threads=4) as away, Writers(own, threads=2) as beside:
            eventually(lambda: len(away.acknowledged) >= 20, 30, "writes are acknowledged")
            with Window() as window:
                proxy.swallow()
                failed, written = away.failed(), len(beside.acknowledged)
                eventually(lambda: away.failed() >= failed + 12 and len(beside.acknowledged) >= written + 40, 30,
                           "its tenant is refused, the other works")
                proxy.heal()
            before = len(away.acknowledged)
            eventually(lambda: len(away.acknowledged) >= before + 20, 30, "its tenant works again")
            keep_calling(window, away, beside)
        assert beside.failed() == 0
        slowest = max(sample.took for sample in begun_in(away.samples, window))
        print(f"the slowest answer of its own tenant took {slowest:.2f} s")
        assert slowest < 3
        drill.judge(away.samples + beside.samples, window)
        bring_home_and_count(installation, admin, drill, (far, away), (own, beside))
        drill.assert_back_to_base(server.process.pid, base)
    finally:
        server.stop()
        proxy.stop()


def test_a_cluster_that_goes_while_a_tenant_comes_leaves_it_where_it_is(installation, east, server, clinic, admin):
    fill(clinic, admin, ROWS)
    with Writers(clinic, threads=2) as writers, Readers(clinic) as readers:
        mover = start_move(installation, clinic, "database", "east")
        assert mover.stdout.readline().startswith("Copied")
        mover.send_signal(signal.SIGSTOP)
        east.stop("immediate")
        mover.send_signal(signal.SIGCONT)
        told = mover.communicate(timeout=60)
        assert mover.returncode == 1 and PASSWORD not in told[0] + told[1]
        assert spot_of(clinic, admin) == ("shared", "main")
        assert leftovers(clinic, admin) == []
        east.start()
        move(installation, clinic, "database", "east")
        move(installation, clinic, "shared")
    assert readers.failed() == 0 and writers.failed() == 0
    assert_each_write_stands_once(clinic, admin, writers.writes)
    assert databases_at(east) == 0


def test_commands_reach_a_tenant_on_another_cluster(installation, east, server, admin, tmp_path):
    """Made there, shut and opened, exported, imported, erased there."""
    done = installation.run("tenant", "spare", "--isolation", "database", "--count", "1", "--cluster", "east")
    assert done.returncode == 0, done.stdout + done.stderr
    assert databases_at(east) == 1
    installation.environment["TERRACE_PASSWORD"] = "brick-and-mortar-7314"
    made = installation.run("tenant", "create", "--slug", "born-there", "--name", "Born there", "--owner-name", "Asha Rao",
                            "--owner-email", "asha@born-there.example", "--isolation", "database", "--cluster", "east")
    assert made.returncode == 0, made.stdout + made.stderr
    assert databases_at(east) == 1, "it took the one that was spare"
    assert admin.rows("select isolation, cluster, state from catalog.tenant where slug = 'born-there'") == [
        ("database", "east", "active")]
    assert installation.run("tenant", "delete", "born-there", "--now", "--yes").returncode == 0
    clinic = sign_up(server.client(), lambda slug: server.client(slug).host, "far")
    move(installation, clinic, "database", "east")
    patient = clinic.new_patient()
    for act, status in (("suspend", 403), ("reactivate", 200)):
        assert installation.run("tenant", act, clinic.slug).returncode == 0
        eventually(lambda: clinic.client.get("/api/v1/patients").status == status, 10, f"it answers {status}")
    archive = tmp_path / "archive"
    assert installation.run("tenant", "export", clinic.slug, "--to", str(archive)).returncode == 0
    imported = installation.run("tenant", "import", str(archive))
    assert imported.returncode == 0, imported.stdout + imported.stderr
    eventually(lambda: clinic.client.get(f"/api/v1/patients/{patient['id']}").status == 200, 10, "every loop has heard")
    for wrong in ("shared", "schema"):
        refused = installation.run("tenant", "move", clinic.slug, "--to", wrong, "--cluster", "east")
        assert refused.returncode == 1 and "only databases of one tenant each" in refused.stderr
    assert "tenants are on east" in installation.run("cluster", "remove", "east").stderr
    erased = installation.run("tenant", "delete", clinic.slug, "--now", "--yes")
    assert erased.returncode == 0, erased.stdout + erased.stderr
    assert databases_at(east) == 0
