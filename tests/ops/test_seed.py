"""terrace seed: what was cut off is completed by the next, and clinics of one's own are left alone."""

import json
import secrets
import subprocess

import psycopg
import pytest
from support.clinics import expect, register_body, sign_up
from support.database import Admin
from support.waiting import eventually

# Who is about to be made when the seed is killed: the first and the second clinic's own people, and the last of all.
MOMENTS = ("owner@asha.example", "nurse@asha.example", "owner@sunrise.example", "receptionist@lotus.example")
TABLES = ("tenant", "membership", "user_account")


@pytest.fixture
def empty(installation, cluster):
    """An installation without clinics."""
    made = installation.copy(f"seed_{secrets.token_hex(4)}")
    yield made
    cluster.drop_database(made.database)


@pytest.fixture
def admin(empty):
    made = Admin(empty.admin_url)
    yield made
    made.connection.close()


@pytest.fixture
def server(empty):
    running = empty.server().start()
    yield running
    running.stop()


def seed(installation):
    done = installation.run("seed")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def file_of(installation):
    return installation.folder / "demo.json"


def people_of(installation):
    """What demo.json says, as (slug, role): user."""
    tenants = json.loads(file_of(installation).read_text())["tenants"]
    return {(tenant["slug"], user["role"]): user for tenant in tenants for user in tenant["users"]}


def kill_before(installation, admin, email):
    """Ends a seed while it makes this person."""
    with psycopg.connect(installation.admin_url) as blocker:
        blocker.execute("insert into catalog.user_account (id, email, full_name) values (gen_random_uuid(), %s, 'X')", [email])
        seeding = subprocess.Popen(
            [installation.binary, "seed"], env=installation.environment, cwd=installation.folder, stdout=subprocess.DEVNULL
        )
        waits = "select count(*) from pg_stat_activity where datname = %s and wait_event_type = 'Lock'"
        eventually(lambda: seeding.poll() is not None or admin.value(waits, installation.database), 20, f"it waits for {email}")
        assert seeding.poll() is None
        seeding.kill()
        seeding.wait()
        blocker.rollback()
    held = "select count(*) from pg_stat_activity where datname = %s and usename like 'terrace_%%'"
    eventually(lambda: not admin.value(held, installation.database), 20, "its connections are gone")


def counts(admin):
    return [admin.value(f"select count(*) from catalog.{table}") for table in TABLES]


def everybody_signs_in(installation):
    people = people_of(installation)
    assert len(people) == 12
    server = installation.server().start()
    try:
        for (slug, role), user in people.items():
            body = {"grant_type": "password", "email": user["email"], "password": user["password"]}
            token = expect(server.client(slug).post("/api/v1/auth/token", body), 200).json()["access_token"]
            me = expect(server.client(slug).with_token(token).get("/api/v1/auth/me"), 200).json()
            assert (me["tenant"]["slug"], me["role"]["slug"]) == (slug, role)
    finally:
        server.stop()


def test_what_was_cut_off_anywhere_is_completed_and_everybody_signs_in(empty, admin):
    for email in MOMENTS:
        kill_before(empty, admin, email)
        assert not file_of(empty).exists()
    seed(empty)
    everybody_signs_in(empty)
    before, written = counts(admin), file_of(empty).read_bytes()
    assert before[:2] == [3, 12]
    seed(empty)
    assert (counts(admin), file_of(empty).read_bytes()) == (before, written)
    assert admin.rows("select count(*) from shared.patient group by tenant_id") == [(120,)] * 3


@pytest.mark.parametrize("slug", ["ours", "asha"])
def test_no_demo_clinic_is_made_or_changed_beside_a_clinic_of_ones_own(empty, admin, server, slug):
    expect(server.client().post("/api/v1/auth/register", register_body(slug)), 201)
    before = counts(admin)
    assert "There are other clinics here" in seed(empty)
    assert counts(admin) == before
    assert not file_of(empty).exists()


def test_beside_ones_own_the_demo_clinics_that_stand_are_written_down_as_they_are(empty, admin, server):
    seed(empty)
    sign_up(server.client(), lambda slug: server.client(slug).host, "ours")
    whole = people_of(empty)
    admin.do("delete from catalog.membership m using catalog.user_account u where u.id = m.user_id and u.email = %s",
             "nurse@asha.example")  # fmt: skip
    admin.do("update catalog.tenant set state = 'suspended' where slug = 'lotus'")
    before = counts(admin)
    file_of(empty).unlink()
    seed(empty)
    gone = {("asha", "nurse"), *(entry for entry in whole if entry[0] == "lotus")}
    assert people_of(empty) == {entry: user for entry, user in whole.items() if entry not in gone}
    assert counts(admin) == before


def test_a_demo_clinic_whose_owner_has_another_password_is_left_to_its_owner(empty, admin):
    seed(empty)
    of_email = "u where u.id = user_id and u.email = %s"
    admin.do(f"update catalog.credential set password_hash = 'another' from catalog.user_account {of_email}", "owner@asha.example")
    admin.do(f"delete from catalog.membership using catalog.user_account {of_email}", "nurse@asha.example")
    before = counts(admin)
    file_of(empty).unlink()
    assert "Asha Clinic: left as it is" in seed(empty)
    assert {slug for slug, _ in people_of(empty)} == {"sunrise", "lotus"}
    assert counts(admin) == before
