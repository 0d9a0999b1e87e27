"""Databases of Terrace with as many patients each, in few tenants or in many. Kept for the next run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psycopg

from bench.support import ids
from bench.support.console import step
from bench.support.database import connect, migrate, recreate, run_logged
from bench.support.seed import copy_tenants, make_model, tenant_tables
from bench.support.sessions import PASSWORD, email
from bench.support.settings import Settings
from bench.support.web import Web

DONE = "create table public.bench_done ()"


@dataclass(frozen=True)
class Size:
    tenants: int
    isolation: str = "shared"

    @property
    def database(self) -> str:
        return f"tenants_{self.tenants}_{self.isolation}"

    @property
    def name(self) -> str:
        return f"{self.tenants:,} in {'shared tables' if self.isolation == 'shared' else 'schemas'}"


def patients(settings: Settings) -> int:
    """In each database, of all tenants together."""
    return 2_000 if settings.quick else 200_000


def patients_of_each(settings: Settings, size: Size) -> int:
    return patients(settings) // size.tenants


def urls(settings: Settings, size: Size) -> dict[str, str]:
    base = settings.database_url(size.database)
    return {variable: base.replace("user=postgres", f"user={role}")
            for variable, role in (("DATABASE_APP_URL", "terrace_app"), ("DATABASE_PLATFORM_URL", "terrace_platform"))}


def make(settings: Settings, size: Size) -> None:
    if is_made(settings, size):
        migrate(settings, size.database)
        return
    with step(f"Making {size.name} of {patients_of_each(settings, size):,} patients"):
        recreate(settings, size.database)
        migrate(settings, size.database)
        # A hash that the server checks at the cheapest: thousands sign in.
        make_model(settings, size.database, TERRACE_ARGON2="cheap", **urls(settings, size))
        with connect(settings, size.database) as admin:
            copy_tenants(admin, size.tenants)
            fill(admin, size.tenants, patients_of_each(settings, size))
        if size.isolation == "schema":
            move_to_schemas(settings, size)
        with connect(settings, size.database) as admin:
            admin.execute("vacuum analyze")
            admin.execute(DONE)


def is_made(settings: Settings, size: Size) -> bool:
    try:
        with connect(settings, size.database) as admin:
            return admin.execute("select to_regclass('public.bench_done') is not null").fetchone()[0]
    except psycopg.OperationalError:
        return False


def fill(admin: psycopg.Connection, tenants: int, each: int) -> None:
    admin.execute(
        "insert into shared.patient (tenant_id, id, number, name, name_sort, sex, born_on, dob_precision)"
        " select (%(tenant)s || (%(base)s + t))::uuid, (%(patient)s || (%(base)s + t::bigint * %(stride)s + n))::uuid, n,"
        "        'Patient ' || n, 'patient ' || n, 'unknown', '1980-01-01', 'estimated'"
        " from generate_series(1, %(tenants)s) as t, generate_series(1, %(each)s) as n",
        {"tenant": ids.TENANT_PREFIX, "patient": ids.PATIENT_PREFIX, "base": ids.BASE, "stride": ids.STRIDE,
         "tenants": tenants, "each": each},
    )


def move_to_schemas(settings: Settings, size: Size) -> None:
    """As `tenant move` would have left them; a thousand moves would take an hour."""
    environment = {**os.environ, "DATABASE_URL": settings.database_url(size.database)}
    count = str(size.tenants)
    run_logged(settings, "spare", [settings.binary, "tenant", "spare", "--isolation", "schema", "--count", count], environment)
    with connect(settings, size.database) as admin:
        places = admin.execute("select name from catalog.place order by name").fetchall()
        tables = [table.removeprefix("shared.") for table in tenant_tables(admin) if not table.endswith("tenant_place")]
        for number, (place,) in enumerate(places, 1):
            tenant = ids.tenant_id(number)
            with admin.transaction():
                for table in tables:
                    admin.execute(f"insert into {place}.{table} select * from shared.{table} where tenant_id = %s", [tenant])
                for table in reversed(tables):
                    admin.execute(f"delete from shared.{table} where tenant_id = %s", [tenant])
                admin.execute("update catalog.place set tenant_id = %s, taken_at = now() where name = %s", [tenant, place])
                admin.execute("update catalog.tenant set isolation = 'schema', schema_name = %s where id = %s", [place, tenant])


def sign_in(settings: Settings, size: Size, port: int) -> dict[int, str]:
    """The access token of each tenant's receptionist."""

    def run(share: range) -> dict[int, str]:
        web = Web(port, f"localhost:{settings.origin_port}")
        return {n: web.sign_in(ids.slug(n), email(n), PASSWORD)["access_token"] for n in share}

    tokens: dict[int, str] = {}
    with ThreadPoolExecutor(4) as pool:
        for part in pool.map(run, (range(1 + i, size.tenants + 1, 4) for i in range(4))):
            tokens |= part
    return tokens


def targets(settings: Settings, size: Size, tokens: dict[int, str]) -> Iterator[tuple[str, str, str]]:
    each = patients_of_each(settings, size)
    for tenant, token in tokens.items():
        host = f"{ids.slug(tenant)}.localhost:{settings.origin_port}"
        yield host, token, "".join(ids.patient_id(tenant, patient) for patient in range(1, each + 1))
