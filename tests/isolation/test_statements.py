"""The second half of the wall: each statement names its tenant, also where no policy would hold it back.

All policies of the copy are gone, and beside the clinic stands its mirror (mirror.py), whose rows have the same ids.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace

import psycopg
import pytest

import mirror
import wall
from cases import CASES
from mirror import Mirror
from resources import RESOURCES
from routes import Route, all_routes, over
from support.client import Client
from support.clinics import ORGANIZATION, PIXEL, Clinic, expect, fill, sign_up, token


CHUNK = 256 * 1024


# What every member may, and touches rows of the clinic nonetheless.
MEMBERS = ("organization_retrieve", "files_download")


def scoped() -> list[Route]:
    """What asks for a permission touches rows of the clinic."""
    return [route for route in all_routes() if route.access == "permission" or str(route) in MEMBERS]


def keyed() -> list[Route]:
    return [route for route in all_routes() if CASES[route.operation_id].keyed]


@dataclass(repr=False)
class Bare:
    """A server whose database has no policies, one clinic of it, and that clinic's mirror."""

    clinic: Clinic
    mirror: Mirror
    connection: psycopg.Connection
    root: Client

    def call(self, route: Route, parameters: dict[str, str], client: Client | None = None, **changes):
        case = CASES[route.operation_id]
        request = {"query": case.query(self.clinic), "json": case.body(self.clinic), **changes}
        headers = changes.get("headers") or {}
        if case.raw is not None:
            request.pop("json")
            request |= {"body": case.raw, "headers": {"Content-Type": "application/octet-stream", **headers}}
        return (client or self.clinic.client).send(route.method, route.at(**parameters), **request)

    def newcomer(self, role: str) -> Client:
        """A person of the clinic whose role the server has not read yet."""
        person = sign_up(self.root, lambda slug: self.root.at(f"{slug}.{self.root.host}").host, role)
        self.connection.execute("insert into catalog.membership (tenant_id, user_id, role_slug) values (%s, %s, %s)",
                                (self.clinic.id, person.user_id, role))
        session = expect(token(self.root, person.email, self.clinic.slug), 200).json()
        return replace(self.clinic.client, token=session["access_token"])


@pytest.fixture(scope="module")
def bare(installation):
    made = installation.copy("bare")
    server = made.server(TERRACE_NEW_TENANTS="shared").start()  # where a statement can meet another's row
    try:
        root = server.client()
        clinic = sign_up(root, lambda slug: server.client(slug).host, "alone")
        fill(clinic)
        for resource in RESOURCES:
            resource.fill(clinic)
        clinic.client = replace(clinic.client, forbidden=frozenset({mirror.CANARY, *mirror.WORDS}))
        with psycopg.connect(made.admin_url, autocommit=True) as connection:
            # After the start: the server would refuse to.
            for table in wall.tenant_tables(connection):
                connection.execute(f"drop policy tenant_wall on shared.{table}")
            yield Bare(clinic, Mirror(connection, clinic), connection, root)
    finally:
        server.stop()
        made.cluster.drop_database(made.database)


def test_the_walls_are_down(bare):
    """Else the tests below could not fail."""
    bare.mirror.renew()
    with wall.as_application(bare.connection, bare.clinic.id):
        (seen,) = bare.connection.execute("select count(*) from shared.patient where tenant_id = %s",
                                          (mirror.TENANT,)).fetchone()
    assert seen == len(bare.clinic.patients)


@over(scoped)
def test_a_request_reads_and_changes_its_own_rows_only(bare, route):
    case, clinic = CASES[route.operation_id], bare.clinic
    queries = [case.query(clinic), *case.probes(clinic)]
    if case.pages:
        queries += [{"count": "exact"}, {"limit": 1, "ordering": "name"}, {"format": "csv"}]
    # A word of the mirror alone among those of the clinic, in each place.
    words = [clinic.word, "pillai"]
    own = [clinic.word, " ".join(words), " ".join([*words, clinic.phone[-4:]])]

    def mixed(mirrored: tuple[str, ...]) -> list[str]:
        return [" ".join([word, *words[:size]]) for word in mirrored for size in (0, 1, 2)]

    if case.searches and case.pages:
        queries += [{"search": found} for found in own + mixed(mirror.WORDS + mirror.DIGITS)]
        probes = [probe for probe in case.probes(clinic) if "search" in probe] + [{"count": "exact", "search": clinic.word}]
        queries += [{**probe, "search": found} for probe in probes
                    for found in (clinic.word, mirror.WORDS[0], mirror.DIGITS[0])]
    if route.operation_id.endswith("_duplicates"):
        queries += [{"name": found} for found in own + mixed(mirror.WORDS)]
    for query in queries:
        parameters = case.own(clinic)
        bare.mirror.remove()  # else both answers would be wrong in one way
        alone = None if route.unsafe else bare.call(route, parameters, query=query, headers={"Accept": "*/*"})
        bare.mirror.renew()
        answer = bare.call(route, parameters, query=query, headers={"Accept": "*/*"})
        assert answer.status == case.status, answer
        assert alone is None or answer.comparable() == alone.comparable(), query
        bare.mirror.assert_untouched()


@over(keyed)
def test_a_key_is_looked_up_among_the_own(bare, route):
    case, clinic = CASES[route.operation_id], bare.clinic
    parameters, key = case.own(clinic), {"Idempotency-Key": f"key-{secrets.token_hex(6)}"}
    body = {} if case.raw is not None else {"json": case.body(clinic)}
    bare.mirror.renew()
    first = expect(bare.call(route, parameters, headers=key, **body), case.status)
    bare.mirror.assert_untouched()
    bare.mirror.renew()
    again = expect(bare.call(route, parameters, headers=key, **body), case.status)
    assert again.header("idempotency-replayed") == "true"
    assert again.body == first.body
    bare.mirror.age_keys()
    # The key is new to the clinic, and an expired one of the other is not its to remove.
    expect(bare.call(route, case.own(clinic) if parameters else parameters, headers=key, **body), case.status)
    bare.mirror.assert_untouched()


def test_an_upload_in_progress_is_its_clinics(bare):
    """Step by step, since the pieces are there before the file is whole."""
    clinic = bare.clinic
    upload = clinic.new_upload()
    chunk = next(route for route in all_routes() if str(route) == "files_put_chunk")
    for _ in range(2):  # the second finds its bytes there
        bare.mirror.renew()
        expect(bare.call(chunk, {"id": upload["id"], "ordinal": "0"}), 200)
        bare.mirror.assert_untouched()
    other = {"body": CASES["files_put_chunk"].raw[:-1] + b"x"}
    at = f"/api/v1/files/{upload['id']}/chunks/0"
    sent = clinic.client.send("PUT", at, headers={"Content-Type": "application/octet-stream"}, **other)
    assert sent.status == 409, sent
    bare.mirror.assert_untouched()


def test_a_file_is_made_of_its_own_pieces(bare):
    """When the last comes, the mirror has others of the same numbers."""
    clinic = bare.clinic
    picture = (PIXEL + clinic.canary.encode()).ljust(CHUNK + 100, b"x")
    upload = clinic.new_upload(len(picture))
    assert upload["chunk_size"] == CHUNK and upload["chunks"] == 2
    for ordinal, piece in enumerate((picture[:CHUNK], picture[CHUNK:])):
        at = f"/api/v1/files/{upload['id']}/chunks/{ordinal}"
        expect(clinic.client.send("PUT", at, body=piece, headers={"Content-Type": "application/octet-stream"}), 200)
        bare.mirror.renew()
    (made,) = bare.connection.execute("select state, sha256 from shared.file where tenant_id = %s and id = %s",
                                      (clinic.id, upload["id"]))
    assert made == ("stored", hashlib.sha256(picture).digest())


def test_a_logo_is_taken_and_let_go_by_its_clinic_alone(bare):
    """The mirror's organisation has another id, another logo, and one picture that is none; its row is locked."""
    clinic, do = bare.clinic, bare.connection.execute
    bystander, picture, common = (clinic.new_file()["id"] for _ in range(3))
    bare.mirror.renew()
    bare.mirror.change("organization", "id = gen_random_uuid(), logo = %s", bystander)
    bare.mirror.change("file", "media_type = case id when %s then 'text/plain' else media_type end", picture)
    held = "select object_id, expires_at from shared.file where tenant_id = %s and id = %s"
    before = do(held, (clinic.id, bystander)).fetchone()
    with psycopg.connect(bare.connection.info.dsn) as other:
        other.execute("select from shared.organization where tenant_id = %s for update", (mirror.TENANT,))
        expect(clinic.client.patch(ORGANIZATION, {"logo": picture}), 200)
    (organization,) = do("select id from shared.organization where tenant_id = %s and logo = %s",
                         (clinic.id, picture)).fetchone()
    assert do(held, (clinic.id, picture)).fetchone() == (organization, None)
    for logo in (common, None):
        expect(clinic.client.patch(ORGANIZATION, {"logo": logo}), 200)
    assert do(held, (clinic.id, bystander)).fetchone() == before
    bare.mirror.assert_untouched()


@pytest.mark.parametrize(("role", "allowed"), [("receptionist", False), ("owner", True)])
def test_a_role_is_what_the_own_clinic_says(bare, role, allowed):
    """In the mirror each role holds what it lacks here."""
    clinic = bare.clinic
    newcomer = bare.newcomer(role)
    bare.mirror.renew()
    answer = newcomer.delete(f"/api/v1/patients/{clinic.new_patient()['id']}")
    assert answer.status == (204 if allowed else 403)
    me = expect(newcomer.get("/api/v1/auth/me"), 200).json()
    assert ("patients.archive" in me["permissions"]) == allowed
