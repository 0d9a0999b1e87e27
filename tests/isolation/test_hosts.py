"""What a client says about the host decides nothing that its session does not allow."""

import pytest

from routes import guarded, over, refused_to_nobody
from cases import CASES
from hosts import SPOOFS
from support import wire
from support.clinics import expect


def spoofing(other: str, other_id: str) -> list[dict[str, str]]:
    plain = [{name: value} for name in SPOOFS for value in (other, other_id)]
    return plain + [{"Forwarded": f"host={other};proto=http"}, {"X-Forwarded-Host": f"{other}, {other}"},
                    {"X_Forwarded_Host": other}, {"X-Forwarded-Proto": "https"}, {"X-Forwarded-For": "10.0.0.1"},
                    {"Via": other}, {"Referer": f"http://{other}/"}]


@over(guarded)
def test_headers_from_outside_name_no_tenant(world, route):
    case, caller = CASES[route.operation_id], world.caller(route).client
    for headers in spoofing(world.b.host, world.b.id):
        for client in (caller, caller.at(world.root.host)):
            theirs = world.call(route, client, world.a, parameters=case.existing(world.b), headers=headers)
            assert not route.parameters or theirs.status == 404, headers
            nobody = world.call(route, client.anonymous(), world.a, parameters=case.existing(world.a), headers=headers)
            assert nobody.status == refused_to_nobody(route), headers


def test_a_spoofed_host_changes_no_answer(world):
    own = expect(world.a.client.get("/api/v1/auth/me"), 200)
    for headers in spoofing(world.b.host, world.b.id):
        seen = world.a.client.get("/api/v1/auth/me", headers=headers)
        assert seen.comparable() == own.comparable(), headers


def test_the_api_believes_its_proxy_about_the_host(world):
    """nginx is the trusted proxy: what it forwards decides over the connection's own Host."""
    api = world.direct(world.a.client).at("api.internal")
    forwarded = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "http"}
    own = api.get("/api/v1/auth/me", headers={**forwarded, "X-Forwarded-Host": world.a.host})
    assert expect(own, 200).json()["tenant"]["slug"] == world.a.slug
    other = api.get("/api/v1/auth/me", headers={**forwarded, "X-Forwarded-Host": world.b.host})
    assert (other.status, other.code) == (403, "tenant_mismatch")


@pytest.mark.parametrize("path", ["/api/v1/patients", "/api/v1/auth/me", "/api/v1/openapi.json"])
def test_a_host_that_is_no_tenants_is_unknown(world, path):
    port = world.root.host.rpartition(":")[2]
    for host in (f"no-such-clinic.localhost:{port}", f"a.{world.a.host}", f"{world.a.slug}.example", "evil.example",
                 f"{world.a.slug}.localhost.evil.example", f"{world.a.slug}localhost"):
        answer = world.a.client.at(host).get(path)
        assert (answer.status, answer.code) == (404, "unknown_host"), host


def test_the_own_host_is_known_in_any_case(world):
    for host in (world.a.host.upper(), world.a.host.split(":")[0]):
        seen = world.a.client.at(host).get("/api/v1/auth/me")
        assert expect(seen, 200).json()["tenant"]["slug"] == world.a.slug


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/.well-known/jwks.json"])
def test_health_and_keys_answer_on_every_host(world, path):
    for host in (world.a.host, world.root.host, "127.0.0.1", "evil.example"):
        expect(world.root.at(host).get(path), 200)


def test_two_hosts_in_one_request_reach_nobody(world):
    authorization = ("Authorization", f"Bearer {world.a.client.token}")
    for address in (world.stack.nginx, world.stack.api):
        for hosts in ((world.a.host, world.b.host), (world.b.host, world.a.host), (world.a.host, world.a.host)):
            lines = [("Host", host) for host in hosts]
            answer = wire.request(address, "GET", "/api/v1/patients", [*lines, authorization])
            world.a.client.refuse_foreign_words(answer)
            assert answer.status == 400


def test_an_absolute_target_does_not_change_the_host(world):
    """RFC 9112 §3.2.2 lets the target name the host; nginx passes on the Host that it saw, the API takes none."""
    line = [("Host", world.a.host), ("Authorization", f"Bearer {world.b.client.token}")]
    for address in (world.stack.nginx, world.stack.api):
        answer = wire.request(address, "GET", f"http://{world.b.host}/api/v1/patients", line)
        world.a.client.refuse_foreign_words(answer)
        assert answer.status in (400, 403)


def test_metrics_are_not_for_the_outside(world):
    for path in ("/metrics", "/metrics/", "//metrics", "/api/../metrics", "/api/%2e%2e/metrics", "/metrics?x",
                 "/api/v1/../../metrics",
                 "/.well-known/../metrics", "/%6detrics", "/healthz/../metrics"):
        answer = world.root.get(path)
        assert answer.status >= 300, path  # some of these are the web app's to answer
        assert b"# HELP" not in answer.body and b"# TYPE" not in answer.body, path
