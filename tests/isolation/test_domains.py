"""A domain is a clinic's once that clinic has proved it, and nobody else's."""

import secrets
from dataclasses import replace

import pytest

from support import dns
from support.clinics import DOMAINS, expect
from support.waiting import eventually

ME = "/api/v1/auth/me"


@pytest.fixture
def clinic(world):
    made = world.new_clinic("domain")
    made.client = replace(made.client, forbidden=world.b.secrets())
    return made


def claim(clinic, domain: str) -> dict:
    return expect(clinic.client.post(DOMAINS, {"domain": domain}), 201).json()


def verify(clinic, claimed: dict):
    return clinic.client.post(f"{DOMAINS}/{claimed['id']}/verify", {})


def prove(clinic, domain: str) -> dict:
    claimed = claim(clinic, domain)
    dns.publish(claimed["record"]["name"], claimed["record"]["value"])
    expect(verify(clinic, claimed), 200)
    eventually(lambda: all(clinic.client.at(domain).get(ME).status == 200 for _ in range(20)), 2,
               "every loop of the server knows the domain")
    return claimed


def new_domain() -> str:
    return f"d{secrets.token_hex(5)}.example"


def test_a_domain_that_is_only_claimed_is_no_host(world, clinic):
    domain = new_domain()
    claimed = claim(clinic, domain)
    for client in (clinic.client, clinic.client.anonymous(), world.direct(clinic.client)):
        answer = client.at(domain).get("/api/v1/patients")
        assert (answer.status, answer.code) == (404, "unknown_host")
    refused = verify(clinic, claimed)
    assert (refused.status, refused.code) == (409, "domain_not_verified")
    # Another's proof is none.
    dns.publish(claimed["record"]["name"], claim(world.spare, domain)["record"]["value"])
    refused = verify(clinic, claimed)
    assert (refused.status, refused.code) == (409, "domain_not_verified")
    assert clinic.client.at(domain).get(ME).status == 404


def test_a_domain_of_one_clinic_never_leads_to_another(world, clinic):
    domain = new_domain()
    prove(clinic, domain)
    own = expect(clinic.client.at(domain).get(ME), 200).json()
    assert own["tenant"]["slug"] == clinic.slug
    for path in (ME, "/api/v1/patients"):
        answer = world.a.client.at(domain).get(path)
        assert (answer.status, answer.code) == (403, "tenant_mismatch")
    for patient in world.a.patients[:2]:
        assert clinic.client.at(domain).get(f"/api/v1/patients/{patient['id']}").status == 404
    signed_in = world.root.at(domain).post("/api/v1/auth/login", {"email": world.a.email, "password": "brick-and-mortar-7314"})
    assert (signed_in.status, signed_in.code) == (401, "invalid_credentials")


def test_signing_in_works_there_and_other_sites_cannot(world, clinic):
    domain = new_domain()
    prove(clinic, domain)
    host = f"{domain}:{world.root.host.rpartition(':')[2]}"
    credentials = {"email": clinic.email, "password": "brick-and-mortar-7314"}
    page = world.root.at(host).sending(origin=f"http://{host}")
    browser = page.with_cookies(expect(page.post("/api/v1/auth/login", credentials), 200).cookies())
    assert expect(browser.get(ME), 200).json()["tenant"]["origin"] == f"http://{host}"
    expect(browser.patch("/api/v1/auth/me", {"full_name": "Asha Rao"}), 200)
    for origin in (f"http://{clinic.host}", f"http://www.{host}", f"https://{host}", "null"):
        answer = browser.sending(origin=origin).patch("/api/v1/auth/me", {"full_name": "Mallory"})
        assert (answer.status, answer.code) == (403, "cross_site"), origin


@pytest.mark.parametrize("trick", ["{d}.", "www.{d}", "x{d}", "{d}.evil.example", "{d}.localhost", "{d}:x", "{d}@evil.example",
                                   "{d}%00", "{d},evil.example", "ⓓ{d}", "{d}\u3002"])
def test_a_host_like_it_is_another(world, clinic, trick):
    domain = new_domain()
    prove(clinic, domain)
    host = trick.format(d=domain)
    if not host.isascii():
        host = host.encode().decode("latin-1")  # the bytes as a client would send them
    for client in (clinic.client, world.direct(clinic.client)):
        assert client.at(host).get(ME).status in (400, 404), host


def test_the_name_is_one_in_any_case_and_with_any_port(world, clinic):
    domain = f"bücher-{secrets.token_hex(5)}.example"
    claimed = claim(clinic, domain)
    assert claimed["domain"] == domain.encode("idna").decode()
    prove_again = clinic.client.post(DOMAINS, {"domain": claimed["domain"].upper()})
    assert (prove_again.status, prove_again.code) == (409, "domain_exists")
    dns.publish(claimed["record"]["name"], claimed["record"]["value"])
    expect(verify(clinic, claimed), 200)
    for host in (claimed["domain"], claimed["domain"].upper(), f"{claimed['domain']}:8000"):
        eventually(lambda at=host: clinic.client.at(at).get(ME).status == 200, 2, host)
    raw = domain.encode().decode("latin-1")
    assert clinic.client.at(raw).get(ME).status in (400, 404)


def test_headers_cannot_bring_a_domain_along(world, clinic):
    domain = new_domain()
    prove(clinic, domain)
    seen = world.a.client.get(ME, headers={"X-Forwarded-Host": domain, "Forwarded": f"host={domain}"})
    assert expect(seen, 200).json()["tenant"]["slug"] == world.a.slug


def test_a_domain_of_a_shut_clinic_is_as_shut(world, clinic):
    domain = new_domain()
    prove(clinic, domain)
    for state, status, code in (("suspended", 403, "tenant_suspended"), ("deleting", 404, "unknown_host")):
        world.admin.do("update catalog.tenant set state = %s, delete_after = case when %s = 'deleting' then now() end"
                       " where id = %s", state, state, clinic.id)
        eventually(lambda: all((clinic.client.at(domain).get("/api/v1/patients").status) == status for _ in range(20)), 2, code)


def test_where_certificates_are_asked_for_is_not_for_the_outside(world):
    for path in ("/internal/tls/allow?domain=localhost", "//internal/tls/allow?domain=localhost",
                 "/api/../internal/tls/allow?domain=localhost", "/api/%2e%2e/internal/tls/allow?domain=localhost"):
        answer = world.root.get(path)
        assert answer.status >= 300 and b"allowed" not in answer.body, path
