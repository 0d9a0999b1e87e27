"""Fills `terrace` with what the peers' seed made: the same tenants and patients, under ids of our own (support.ids)."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
from psycopg.rows import dict_row

from bench.support import ids
from bench.support.console import BenchError, step
from bench.support.database import connect, forget_seeded, keep_as_seeded, migrate, recreate, run_logged
from bench.support.programs import Terrace
from bench.support.sessions import PASSWORD, Sessions
from bench.support.settings import ROOT, Settings
from bench.support.web import Web

MODEL = "model"  # the tenant that is made by the program; all others have copies of its rows
BIG = 0  # the number of the one big tenant; the others are 1…


def seed(settings: Settings) -> None:
    forget_seeded(settings)
    with step(f"Seeding the peers: {settings.tenants} tenants of {settings.patients} patients"):
        seed_peers(settings)
    with step("Migrating"):
        recreate(settings, "terrace")
        migrate(settings)
    with step("Making the tenants of Terrace"):
        make_model(settings)
        with connect(settings, "terrace") as admin:
            copy_tenants(admin, settings.tenants)
    with step("Copying the patients"):
        copy_patients(settings)
    with step(f"Making the big tenant: {settings.big_patients} patients"):
        fill_big_tenant(settings)
    with Terrace(settings).serving():
        with step("Comparing with what the API writes"):
            compare_with_api(settings)
        with step(f"Signing in at {settings.tenants + 1} tenants"):
            Sessions(settings).open_all()
    with step("Vacuuming"), connect(settings, "terrace") as admin:
        admin.execute("vacuum analyze")
    keep_as_seeded(settings)


def seed_peers(settings: Settings) -> None:
    recreate(settings, "peers")
    environment = {**os.environ, "DATABASE_URL": settings.database_url("peers")}
    scripts: Path = ROOT / "bench/peers/drf"
    run_logged(settings, "peers-setup", [str(scripts / "setup")], environment)
    run_logged(settings, "peers-migrate", [str(scripts / "migrate")], environment)
    sizes = [str(settings.tenants), str(settings.patients)]
    run_logged(settings, "peers-seed", [str(scripts / "seed"), *sizes], environment)


def make_model(settings: Settings, database: str = "terrace", **variables: str) -> None:
    command = [settings.binary, "tenant", "create", "--slug", MODEL, "--name", "Model", "--owner-name", "Owner"]
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url(database),
        "TERRACE_PASSWORD": PASSWORD,
        **variables,
    }
    run_logged(settings, "tenant", [*command, "--owner-email", f"owner@{MODEL}.example"], environment)


def copy_tenants(admin: psycopg.Connection, tenants: int) -> None:
    """The rows that the program made for the model, once for each tenant, and a receptionist with its owner's
    password."""
    admin.execute(
        "create temporary table made as"
        " select n, 'clinic-' || lpad(n::text, 6, '0') as slug, (%(tenant)s || (%(base)s + n))::uuid as tenant_id,"
        "        (%(user)s || (%(base)s + n))::uuid as user_id"
        " from generate_series(0, %(tenants)s) as n",
        {
            "tenant": ids.TENANT_PREFIX,
            "user": ids.USER_PREFIX,
            "base": ids.BASE,
            "tenants": tenants,
        },
    )
    admin.execute(
        "insert into catalog.tenant (id, slug, name, state)"
        " select tenant_id, slug, 'Clinic ' || n, 'active' from made"
    )
    admin.execute(
        "insert into catalog.user_account (id, email, full_name)"
        " select user_id, 'receptionist@' || slug || '.example', 'Receptionist' from made"
    )
    admin.execute(
        "insert into catalog.credential (user_id, password_hash)"
        " select user_id, (select password_hash from catalog.credential) from made"
    )
    admin.execute(
        "insert into catalog.membership (tenant_id, user_id, role_slug)"
        " select tenant_id, user_id, 'receptionist' from made"
    )
    for table in tenant_tables(admin):
        copy_rows_of_model(admin, table)


def tenant_tables(admin: psycopg.Connection) -> list[str]:
    """Those of the schema `shared` that the program fills for a new tenant, foreign keys in order; the audit is the
    model's own."""
    named = admin.execute(
        "select c.oid::regclass::text from pg_class c where c.relkind = 'r' and c.relnamespace = 'shared'::regnamespace"
        " and c.relname <> 'audit_entry'"
        " order by (select count(*) from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'), 1"
    ).fetchall()
    return [name for (name,) in named]


def copy_rows_of_model(admin: psycopg.Connection, table: str) -> None:
    columns = [
        name
        for (name,) in admin.execute(
            "select quote_ident(attname) from pg_attribute where attrelid = %s::regclass and attnum > 0"
            " and not attisdropped and attname <> 'tenant_id' order by attnum",
            [table],
        )
    ]
    rest = "".join(f", {column}" for column in columns)
    kept = "".join(f", old.{column}" for column in columns)
    admin.execute(
        f"insert into {table} (tenant_id{rest}) select made.tenant_id{kept} from {table} as old, made"
        f" where old.tenant_id = (select id from catalog.tenant where slug = %s)",
        [MODEL],
    )


COPIED = (
    "number name name_sort sex born_on dob_precision phone phone_relation guardian_name email address city pincode"
    " created_at updated_at"
).split()


def copy_patients(settings: Settings) -> None:
    """Household and patient under numbered ids, made of the tenant's number and their own; in the peers' order, in
    which the rows of a tenant lie together."""
    tenant = f"('{ids.TENANT_PREFIX}' || ({ids.BASE} + t.n))::uuid"
    patient = f"('{ids.PATIENT_PREFIX}' || ({ids.BASE} + t.n * {ids.STRIDE} + p.number))::uuid"
    household = f"('{ids.HOUSEHOLD_PREFIX}' || ({ids.BASE} + t.n * {ids.STRIDE} + (p.number + 1) / 2))::uuid"
    numbered = "(select id, substr(slug, 8)::bigint as n from tenant) as t"
    columns = ", ".join(f"p.{name}" for name in COPIED)
    copies = {
        "shared.household (tenant_id, id, phone_e164, created_at)": f"select {tenant}, {household}, p.phone,"
        f" p.created_at from patient p join {numbered} on t.id = p.tenant_id where p.phone_relation = 'self'",
        f"shared.patient (tenant_id, id, household_id, {', '.join(COPIED)})": f"select {tenant}, {patient},"
        f" case when p.phone is not null then {household} end, {columns}"
        f" from patient p join {numbered} on t.id = p.tenant_id order by t.n, p.number",
        "shared.patient_token (tenant_id, token, object_id)": f"select {tenant}, k.token, {patient}"
        f" from patient_token k join patient p on p.tenant_id = k.tenant_id and p.id = k.object_id"
        f" join {numbered} on t.id = k.tenant_id order by 1, 2, 3",
        "shared.counter (tenant_id, name, value)": f"select {tenant}, c.name, c.value from counter c"
        f" join {numbered} on t.id = c.tenant_id",
    }
    with connect(settings, "peers") as source, connect(settings, "terrace") as target:
        source.execute("set work_mem = '512MB'")
        target.execute("set synchronous_commit = off")
        for into, rows in copies.items():
            reader, writer = source.cursor(), target.cursor()
            with reader.copy(f"copy ({rows}) to stdout") as out, writer.copy(f"copy {into} from stdin") as taken:
                for block in out:
                    taken.write(block)


def fill_big_tenant(settings: Settings) -> None:
    """Copies of another's patients, each with a phone of its own."""
    with connect(settings, "terrace") as admin:
        values = {
            "big": ids.tenant_id(BIG),
            "prefix": ids.PATIENT_PREFIX,
            "base": ids.BASE,
            "count": settings.big_patients,
            "source": ids.tenant_id(settings.tenants),
        }
        admin.execute(
            "insert into shared.patient"
            " (tenant_id, id, number, name, name_sort, sex, born_on, dob_precision, phone, phone_relation, created_at)"
            " select %(big)s::uuid, (%(prefix)s || (%(base)s + n))::uuid, n, p.name, p.name_sort, p.sex, p.born_on,"
            "        p.dob_precision, '+919' || lpad((n * 5003 %% 1000000000)::text, 9, '0'), 'self',"
            "        p.created_at + n * interval '1 second'"
            " from generate_series(1, %(count)s) as n"
            " join (select row_number() over (order by number) as place, count(*) over () as of, patient.*"
            "       from shared.patient where tenant_id = %(source)s::uuid) as p on p.place = 1 + n %% p.of",
            values,
        )
        admin.execute(
            "insert into shared.patient_token (tenant_id, token, object_id)"
            " select distinct tenant_id, word, id from shared.patient, unnest(string_to_array(name_sort, ' ')"
            "        || array[substr(phone, 2), substr(phone, 4), '<' || reverse(substr(phone, 2))]) as word"
            " where tenant_id = %(big)s::uuid order by 1, 2, 3",
            values,
        )
        admin.execute(
            "insert into shared.counter (tenant_id, name, value) values (%(big)s::uuid, 'patient', %(count)s)", values
        )


def compare_with_api(settings: Settings) -> None:
    """A patient of ours and the same one by the API of the model are the same rows but for ids, number and times."""
    web = Web(settings.api_port, f"localhost:{settings.origin_port}")
    token = web.sign_in(MODEL, f"owner@{MODEL}.example", PASSWORD)["access_token"]
    with connect(settings, "terrace") as admin:
        first = f"tenant_id = '{ids.tenant_id(1)}' and phone is not null and dob_precision = 'day' limit 1"
        seeded = rows_of(admin, first)
        body = {name: seeded["patient"][name] for name in ("name", "sex", "phone", "phone_relation", "email")}
        body |= {name: seeded["patient"][name] for name in ("address", "city", "pincode")}
        body["date_of_birth"] = str(seeded["patient"]["born_on"])
        made = web.post("/api/v1/patients", body, token=token)
        written = rows_of(admin, f"id = '{made['id']}'")
    if seeded != written:
        raise BenchError(f"The seed does not write what the API writes.\nseeded: {seeded}\nthe API: {written}")


def rows_of(admin: psycopg.Connection, condition: str) -> dict[str, object]:
    """A patient and its tokens, without what differs in any two patients."""
    with admin.cursor(row_factory=dict_row) as cursor:
        patient = cursor.execute(f"select * from shared.patient where {condition}").fetchone()
        if patient is None:
            raise BenchError(f"There is no patient where {condition}.")
        tokens = cursor.execute(
            "select token from shared.patient_token where tenant_id = %(tenant_id)s and object_id = %(id)s order by 1",
            patient,
        ).fetchall()
        household = cursor.execute(
            "select phone_e164 from shared.household where tenant_id = %(tenant_id)s and id = %(household_id)s", patient
        ).fetchone()
    differing = {"tenant_id", "id", "number", "household_id", "created_at", "updated_at"}
    return {
        "patient": {name: value for name, value in patient.items() if name not in differing},
        "tokens": [row["token"] for row in tokens],
        "household": household and household["phone_e164"],
    }
