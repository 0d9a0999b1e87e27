"""One case a route: how a valid request to it looks. A route without one fails the suite (test_completeness.py). Those of
a resource are made from its objects (resources.py), those of actions from the API's own description (derived.py)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Callable

import tokens
from derived import Cases
from resources import RESOURCES, Resource
from support import dns
from support.client import UNSET
from support.clinics import DOMAINS, PASSWORD, PIXEL, Clinic, expect, register_body, token

Build = Callable[[Clinic], Any]


def nothing(_clinic: Clinic) -> dict:
    return {}


def no_body(_clinic: Clinic) -> Any:
    return UNSET


def no_probes(_clinic: Clinic) -> list[dict]:
    return []


def session_of(access_token: str) -> dict:
    return {"id": tokens.claims(access_token)["sid"]}


def fresh_session(clinic: Clinic) -> dict:
    return session_of(expect(token(clinic.client, clinic.email), 200).json()["access_token"])


def first_session(clinic: Clinic) -> dict:
    return session_of(clinic.client.token)


@dataclass(frozen=True)
class Case:
    status: int = 200
    body: Build = no_body
    same: Build | None = None  # a body that two clinics may both send, where the usual one names its clinic
    raw: bytes | None = None  # the body of a route that takes no JSON
    query: Build = nothing
    # Path parameters that name an object of the clinic which this request may change.
    own: Build = nothing
    # Path parameters that name an object which the clinic has had from the start, for others to ask for.
    existing: Build = nothing
    # Queries by which another clinic would look for this one's objects.
    probes: Callable[[Clinic], list[dict]] = no_probes
    pages: bool = False  # answers cursors
    keyed: bool = False  # takes Idempotency-Key
    # "token": any session; "cookies": a browser's; "none": asks for no session.
    session: str = "token"
    # Takes a single-use code: what is accepted has tests of its own (test_sessions.py).
    single_use: bool = False
    # Answered at the API's own port alone: nginx passes it on to nobody.
    direct: bool = False
    # Ends all sessions of its caller, who is therefore a clinic that no other test needs.
    signs_out: bool = False

    @property
    def takes_body(self) -> bool:
        return self.body is not no_body

    @property
    def searches(self) -> bool:
        return self.probes is not no_probes


def token_body(clinic: Clinic) -> dict:
    return {"grant_type": "password", "email": clinic.email, "password": PASSWORD, "tenant": clinic.slug}


def cases_of(resource: Resource) -> dict[str, Case]:
    """The cases of what every resource is served with."""

    def fresh(clinic: Clinic) -> dict:
        return {"id": resource.create(clinic)["id"]}

    def archived(clinic: Clinic) -> dict:
        return {"id": resource.create_archived(clinic)["id"]}

    def first(clinic: Clinic) -> dict:
        return {"id": clinic.objects[resource.plural][0]["id"]}

    write = {"keyed": True, "existing": first}
    cases = {
        "list": Case(pages=True, probes=resource.probes or no_probes),
        "create": Case(status=201, body=resource.body, same=resource.same, keyed=True),
        "retrieve": Case(own=fresh, existing=first),
        "update": Case(own=fresh, body=resource.change, **write),
        "replace": Case(own=fresh, body=resource.body, **write),
        "archive": Case(status=204, own=fresh, **write),
        "restore": Case(own=archived, body=nothing, **write),
    }
    return {f"{resource.plural}_{name}": case for name, case in cases.items()}


def fresh_upload(clinic: Clinic) -> dict:
    return {"id": clinic.new_upload()["id"]}


def fresh_chunk(clinic: Clinic) -> dict:
    return {**fresh_upload(clinic), "ordinal": "0"}


def first_file(clinic: Clinic) -> dict:
    return {"id": clinic.file["id"]}


def first_chunk(clinic: Clinic) -> dict:
    return {**first_file(clinic), "ordinal": "0"}


def new_domain(clinic: Clinic) -> dict:
    """A name to claim. An organisation has a few places for domains: those that earlier requests took are freed."""
    taken = expect(clinic.client.get(DOMAINS), 200).json()["results"]
    for domain in taken[1:] if len(taken) > 3 else []:
        clinic.client.delete(f"{DOMAINS}/{domain['id']}")  # or another test has
    return {"domain": f"{secrets.token_hex(5)}.{clinic.canary}.example"}


def fresh_domain(clinic: Clinic) -> dict:
    return {"id": expect(clinic.client.post(DOMAINS, new_domain(clinic)), 201).json()["id"]}


def fresh_proved_domain(clinic: Clinic) -> dict:
    made = expect(clinic.client.post(DOMAINS, new_domain(clinic)), 201).json()
    dns.publish(made["record"]["name"], made["record"]["value"])
    return {"id": made["id"]}


def first_domain(clinic: Clinic) -> dict:
    return {"id": clinic.domain["id"]}


CASES: Cases = Cases({
    "healthz": Case(session="none"),
    "readyz": Case(session="none"),
    "jwks": Case(session="none"),
    "openapi": Case(session="none"),
    "auth_register": Case(status=201, session="none", body=lambda clinic: register_body(f"new-{secrets.token_hex(5)}")),
    "auth_slug_availability": Case(session="none", query=lambda clinic: {"slug": clinic.slug}),
    "auth_token": Case(session="none", body=token_body),
    "auth_login": Case(session="none", body=lambda clinic: {"email": clinic.email, "password": PASSWORD}),
    "auth_refresh": Case(session="cookies", body=nothing),
    "auth_logout": Case(status=204, session="cookies", body=nothing),
    "auth_logout_all": Case(status=204, body=nothing, signs_out=True),
    "auth_sessions": Case(),
    "auth_sessions_end": Case(status=204, own=fresh_session, existing=first_session),
    "auth_me": Case(),
    "auth_me_update": Case(body=lambda clinic: {"full_name": f"Owner {clinic.canary}"}),
    "auth_enter_begin": Case(status=302, session="none"),
    "auth_handoff": Case(session="none", single_use=True),
    "auth_enter": Case(session="none", single_use=True, body=lambda clinic: {"code": "x"}),
    "files_upload": Case(status=201, body=lambda clinic: {"name": f"{clinic.canary}.png", "size": len(PIXEL)}, keyed=True),
    "files_put_chunk": Case(own=fresh_chunk, existing=first_chunk, raw=PIXEL),
    "files_download": Case(own=lambda clinic: {"id": clinic.new_file()["id"]}, existing=first_file),
    "files_discard": Case(status=204, own=fresh_upload, existing=first_file),
    "organization_retrieve": Case(),
    "organization_update": Case(body=lambda clinic: {"name": f"Clinic {clinic.canary}"}),
    "organization_delete": Case(body=lambda clinic: {"slug": clinic.slug, "password": PASSWORD}, signs_out=True),
    "domains_list": Case(),
    "domains_create": Case(status=201, body=new_domain),
    "domains_verify": Case(own=fresh_proved_domain, existing=first_domain, body=nothing),
    "domains_remove": Case(status=204, own=fresh_domain, existing=first_domain),
    "tls_allow": Case(session="none", direct=True, query=lambda clinic: {"domain": clinic.host.split(":")[0]}),
    "patients_duplicates": Case(
        query=lambda clinic: {"name": f"Asha Rao {clinic.canary}"},
        probes=lambda clinic: [
            {"name": f"{clinic.word} Pillai"},
            {"phone": clinic.phone},
            {"name": f"{clinic.word} Menon", "phone": clinic.phone},
            {"name": "Asha Rao", "phone": "+919812345678"},
        ],
    ),
    **{name: case for resource in RESOURCES for name, case in cases_of(resource).items()},
})
