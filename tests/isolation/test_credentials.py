"""No session, a bad one, and one of another tenant."""

import time

import tokens
from cases import CASES
from routes import guarded, over, refused_to_nobody, with_object
from support.clinics import expect


@over(guarded)
def test_nobody_is_not_answered(world, route):
    answer = world.call(route, world.a.client.anonymous(), world.a,
                        parameters=CASES[route.operation_id].existing(world.a))
    assert answer.status == refused_to_nobody(route)
    if answer.status == 204:
        assert answer.body == b"" and route.method in answer.header("allow")
    else:
        assert (answer.code, answer.header("www-authenticate")) == ("not_authenticated", "Bearer")


@over(guarded)
def test_a_forged_token_is_refused(world, route):
    jwk = world.root.get("/.well-known/jwks.json").json()["keys"][0]
    forged = tokens.forgeries(world.a.client.token, world.b.id, world.a.refresh_token, jwk)
    parameters = CASES[route.operation_id].existing(world.a)
    accepted = {
        what: answer
        for what, token in forged.items()
        if (answer := world.call(route, world.a.client.with_token(token), world.a, parameters=parameters)).status != 401
    }
    assert not accepted


@over(guarded)
def test_another_scheme_than_bearer_is_refused(world, route):
    parameters = CASES[route.operation_id].existing(world.a)
    for value in ("Basic YTpi", "Bearer", "Bearer ", f"Token {world.a.client.token}", world.a.client.token):
        answer = world.call(route, world.a.client.anonymous(), world.a, parameters=parameters,
                            headers={"Authorization": value})
        assert answer.status == 401, value


@over(guarded)
def test_a_session_of_one_clinic_is_refused_on_the_host_of_another(world, route):
    """Both ways, by token and by cookie, for objects of either."""
    for session in (world.a.client, world.browser(world.a)):
        for clinic in (world.a, world.b):
            answer = world.call(route, session.at(world.b.host), clinic,
                                parameters=CASES[route.operation_id].existing(clinic),
                                headers={"Sec-Fetch-Site": "same-origin"} if session.cookies else {})
            assert (answer.status, answer.code) == (403, "tenant_mismatch")


@over(with_object)
def test_a_session_at_the_root_host_reaches_its_own_clinic_only(world, route):
    case = CASES[route.operation_id]
    at_root = world.a.client.at(world.root.host)
    assert world.call(route, at_root, world.a).status == case.status
    assert world.call(route, at_root, world.a, parameters=case.existing(world.b)).status == 404


def test_a_token_wins_over_a_cookie(world):
    mixed = world.a.client.sending(cookie=f"__Host-at={world.b.client.token}")
    assert expect(mixed.get("/api/v1/auth/me"), 200).json()["tenant"]["slug"] == world.a.slug


def test_an_access_token_lives_five_minutes(world):
    claims = tokens.claims(world.a.client.token)
    assert claims["exp"] - claims.get("iat", claims["exp"]) <= 300
    assert claims["exp"] <= time.time() + 300


def test_a_cookie_header_that_could_hide_a_session_is_refused(world):
    own, other = world.a.client.token, world.b.client.token
    for line in (
        f"__Host-at={own}; __Host-at={other}",
        f"$Version=1; __Host-at={own}",
    ):
        answer = world.a.client.anonymous().get("/api/v1/auth/me", headers={"Cookie": line})
        assert answer.status == 400, line
    for name in ("__host-at", "__Host-At", "\u2003__Host-at", "Host-at"):
        answer = world.a.client.anonymous().get("/api/v1/auth/me", headers={"Cookie": f"{name}={own}"})
        assert answer.status in (400, 401), name
