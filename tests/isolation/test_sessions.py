"""Sessions stay with their person and clinic: refresh, hand-off, sign-in, and the end of each."""

import time

import pytest

import browser
from browser import SAME_ORIGIN
from support.clinics import PASSWORD, expect, register_body, token
from support.waiting import eventually

WITHIN = 1.0  # a removal takes effect within a second (docs/security.md)


@pytest.fixture
def root_session(world):
    """The owner of A, signed in at the root host."""
    answer = expect(world.root.post("/api/v1/auth/login", {"email": world.a.email, "password": PASSWORD}), 200)
    return world.a.client.at(world.root.host).with_cookies(answer.cookies())


def visitor(world, clinic):
    return world.a.client.anonymous().at(clinic.host)


def test_a_hand_off_signs_in_on_the_own_host(world, root_session):
    entry = browser.begin(visitor(world, world.a))
    code = browser.code_of(browser.hand_off(root_session, entry))
    entered = expect(browser.finish(visitor(world, world.a), entry, code), 200)
    assert entered.json()["tenant"]["slug"] == world.a.slug
    signed_in = world.a.client.with_cookies(entered.cookies())
    expect(signed_in.get("/api/v1/patients"), 200)


def test_a_hand_off_code_is_good_once(world, root_session):
    entry = browser.begin(visitor(world, world.a))
    code = browser.code_of(browser.hand_off(root_session, entry))
    expect(browser.finish(visitor(world, world.a), entry, code), 200)
    again = browser.finish(visitor(world, world.a), entry, code)
    assert (again.status, again.code) == (401, "invalid_grant")


def test_a_hand_off_code_is_bound_to_the_browser_that_asked(world, root_session):
    entry = browser.begin(visitor(world, world.a))
    code = browser.code_of(browser.hand_off(root_session, entry))
    other = browser.begin(visitor(world, world.a))
    for cookies in (other, browser.Entry({}, "")):
        refused = browser.finish(visitor(world, world.a), cookies, code)
        assert (refused.status, refused.code) == (401, "invalid_grant")


def test_a_hand_off_code_is_bound_to_its_clinic(world, root_session):
    at_b = browser.begin(visitor(world, world.b))
    entry = browser.begin(visitor(world, world.a))
    code = browser.code_of(browser.hand_off(root_session, entry))
    for nonce in (at_b, entry):
        refused = browser.finish(visitor(world, world.b), nonce, code)
        assert (refused.status, refused.code) == (401, "invalid_grant")


def test_a_clinic_that_is_not_ones_own_is_not_entered(world, root_session):
    entry = browser.begin(visitor(world, world.b))
    answer = browser.hand_off(root_session, entry)
    assert browser.code_of(answer) is None
    assert answer.cookies() == {}


def test_a_session_that_was_handed_over_leads_to_no_other_clinic(world, guest):
    """Whoever came by it at one clinic's host, which may be a domain of that clinic's own, has it for that clinic alone."""
    clinic, _, _ = guest
    signed_in = {"email": clinic.email, "password": PASSWORD, "tenant": clinic.slug}
    root = world.root.with_cookies(expect(world.root.post("/api/v1/auth/login", signed_in), 200).cookies())
    entry = browser.begin(visitor(world, world.a))
    code = browser.code_of(browser.hand_off(root, entry))
    stolen = expect(browser.finish(visitor(world, world.a), entry, code), 200).cookies()
    to_own = browser.begin(visitor(world, clinic))
    for thief in (world.root.with_token(stolen["__Host-at"]), world.root.with_cookies(stolen),
                  world.root.with_cookies({"__Host-rt": stolen["__Host-rt"]})):
        answer = browser.hand_off(thief, to_own)
        assert browser.code_of(answer) is None
        assert answer.cookies() == {}
    body = {"grant_type": "refresh_token", "refresh_token": stolen["__Host-rt"]}
    refused = world.root.post("/api/v1/auth/token", body)
    assert (refused.status, refused.code) == (401, "invalid_grant")
    assert browser.code_of(browser.hand_off(root, to_own)) is not None


def test_a_hand_off_leads_to_a_local_path_only(world):
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/%0d%0aX: y",
                   "evil"):
        answer = visitor(world, world.a).get("/api/v1/auth/enter", query={"next": target})
        assert answer.status in (302, 400), target
        assert answer.status == 400 or "evil" not in browser.query_of(answer.header("location")).get("next", ""), target


def test_a_refresh_token_is_no_good_on_the_host_of_another_clinic(world):
    own = expect(token(world.a.client, world.a.email), 200).json()
    body = {"grant_type": "refresh_token", "refresh_token": own["refresh_token"]}
    refused = world.a.client.anonymous().at(world.b.host).post("/api/v1/auth/token", body)
    assert refused.status in (401, 403)
    fresh = expect(world.a.client.anonymous().post("/api/v1/auth/token", body), 200).json()
    expect(world.a.client.with_token(fresh["access_token"]).get("/api/v1/patients"), 200)


def test_a_refresh_cookie_is_no_good_on_the_host_of_another_clinic(world):
    session = world.browser(world.a)
    refused = session.at(world.b.host).post("/api/v1/auth/refresh", {}, headers=SAME_ORIGIN)
    assert refused.status in (401, 403)
    expect(session.post("/api/v1/auth/refresh", {}, headers=SAME_ORIGIN), 200)


def test_an_old_refresh_token_ends_the_family(world):
    first = expect(token(world.a.client, world.a.email), 200).json()["refresh_token"]
    anonymous = world.a.client.anonymous()

    def use(value):
        return anonymous.post("/api/v1/auth/token", {"grant_type": "refresh_token", "refresh_token": value})

    second = expect(use(first), 200).json()["refresh_token"]
    third = expect(use(second), 200).json()["refresh_token"]
    assert use(first).code == "invalid_grant"
    assert use(third).code == "invalid_grant"


def test_nobody_signs_in_to_a_clinic_that_is_not_theirs(world):
    """The same answer for a clinic of others and for one that never was."""
    root = world.a.client.anonymous().at(world.root.host)
    theirs, never = token(root, world.a.email, world.b.slug), token(root, world.a.email, "never-was-a-clinic")
    assert theirs.comparable() == never.comparable()
    assert (theirs.status, theirs.code) == (401, "invalid_credentials")
    at_host = token(root.at(world.b.host), world.a.email)
    assert (at_host.status, at_host.code) == (401, "invalid_credentials")
    elsewhere = token(root.at(world.b.host), world.a.email, world.a.slug)
    assert (elsewhere.status, elsewhere.code) == (403, "tenant_mismatch")


def test_an_unknown_person_and_a_wrong_password_get_the_same_answer(world):
    root = world.a.client.anonymous().at(world.root.host)
    wrong = {"grant_type": "password", "password": "not-the-right-one-1"}
    for path, fields in (("token", wrong), ("login", {"password": wrong["password"]})):
        known = root.post(f"/api/v1/auth/{path}", {**fields, "email": world.b.email})
        unknown = root.post(f"/api/v1/auth/{path}", {**fields, "email": "nobody@people.example"})
        assert known.comparable() == unknown.comparable()


@pytest.fixture
def guest(world):
    """A person who belongs to A and, as its owner, to a clinic of their own."""
    clinic = world.new_clinic("guest")
    world.admin.add_member(world.a.id, clinic.user_id, "doctor")
    in_a = expect(token(world.root, clinic.email, world.a.slug), 200).json()
    return clinic, world.a.client.with_token(in_a["access_token"]), in_a["refresh_token"]


def test_a_person_of_two_clinics_acts_in_one_at_a_time(world, guest):
    clinic, in_a, _ = guest
    assert expect(in_a.get("/api/v1/auth/me"), 200).json()["tenant"]["slug"] == world.a.slug
    assert in_a.at(clinic.host).get("/api/v1/patients").code == "tenant_mismatch"
    own = clinic.new_patient()
    assert in_a.get(f"/api/v1/patients/{own['id']}").status == 404
    assert clinic.client.get(f"/api/v1/patients/{world.a.patients[0]['id']}").status == 404


def test_a_person_of_two_clinics_is_asked_which(world, guest):
    clinic, _, _ = guest
    answer = token(world.root, clinic.email)
    assert (answer.status, answer.code) == (409, "tenant_required")
    assert {tenant["slug"] for tenant in answer.json()["tenants"]} == {world.a.slug, clinic.slug}


def refused_after(client, moment: float) -> float:
    """Seconds from `moment` to the first request that was refused, and after which none was answered: each loop of the
    server hears of a change for itself, so one that refuses says nothing of the others."""
    refused: list[float] = []

    def refused_since():
        asked = time.monotonic()
        if client.get("/api/v1/patients").status in (401, 403):
            refused.append(asked)
        else:
            refused.clear()
        return refused[0] if len(refused) == 20 else None

    return eventually(refused_since, 5, "the session is refused") - moment


def test_a_removed_member_is_refused_within_a_second(world, guest):
    clinic, in_a, refresh_token = guest
    expect(in_a.get("/api/v1/patients"), 200)
    assert refused_after(in_a, world.admin.remove_member(world.a.id, clinic.user_id)) < WITHIN
    body = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    assert world.root.post("/api/v1/auth/token", body).status in (401, 403)


def test_a_lesser_role_takes_effect_within_a_second(world, guest):
    clinic, in_a, _ = guest
    expect(in_a.get("/api/v1/patients"), 200)
    world.admin.do("update catalog.membership set role_slug = 'member' where tenant_id = %s and user_id = %s",
                   world.a.id, clinic.user_id)
    assert refused_after(in_a, time.monotonic()) < WITHIN


def test_a_session_that_was_signed_out_is_refused_within_a_second(world):
    session = world.browser(world.a)
    bearer = session.with_token(session.cookies["__Host-at"])
    expect(bearer.get("/api/v1/patients"), 200)
    done = expect(session.post("/api/v1/auth/logout", {}, headers=SAME_ORIGIN), 204)
    assert refused_after(bearer, time.monotonic()) < WITHIN
    assert set(done.cookies().values()) == {""}
    assert session.post("/api/v1/auth/refresh", {}, headers=SAME_ORIGIN).code == "invalid_grant"


def shut(world, clinic, state):
    world.admin.do("update catalog.tenant set state = %s, delete_after = case when %s = 'deleting' then now() end"
                   " where id = %s", state, state, clinic.id)


@pytest.mark.parametrize("state", ["suspended", "deleting"])
def test_a_session_of_a_clinic_that_is_shut_can_be_signed_out_there(world, state):
    clinic = world.new_clinic("left")
    session = world.browser(clinic)
    shut(world, clinic, state)
    eventually(lambda: session.get("/api/v1/patients").status != 200, 5, "it is shut")
    done = expect(session.post("/api/v1/auth/logout", {}, headers=SAME_ORIGIN), 204)
    assert set(done.cookies().values()) == {""}
    assert session.post("/api/v1/auth/logout", {}, headers={"Sec-Fetch-Site": "cross-site"}).code == "cross_site"


@pytest.mark.parametrize("state", ["suspended", "deleting"])
def test_a_clinic_that_is_shut_answers_nobody_within_a_second(world, state):
    clinic = world.new_clinic("shut")
    made = clinic.new_patient()
    shut(world, clinic, state)
    moment = time.monotonic()

    # Each loop of the server hears of it for itself, so that one refuses while another does not yet.
    while time.monotonic() - moment < WITHIN:
        clinic.client.get(f"/api/v1/patients/{made['id']}")
    for answer in (clinic.client.get("/api/v1/patients"),
                   clinic.client.post("/api/v1/patients", clinic.patient_body())):
        assert 400 <= answer.status < 500
        assert clinic.canary.encode() not in answer.body
    assert token(clinic.client, clinic.email).status in (401, 403, 404)


def test_a_read_only_clinic_shows_and_takes_no_writes(world):
    clinic = world.new_clinic("quiet")
    made = clinic.new_patient()
    place = world.admin.place(clinic.id)
    place.do("update shared.tenant_place set state = 'read_only' where tenant_id = %s", clinic.id)
    world.admin.do("update catalog.tenant set state = 'read_only' where id = %s", clinic.id)
    path = f"/api/v1/patients/{made['id']}"
    eventually(lambda: clinic.client.patch(path, {"city": "Kollam"}).status != 200, 2, "writes are refused")
    expect(clinic.client.get(path), 200)
    assert place.value("select count(*) from {tenant}.patient where tenant_id = %s", clinic.id) == 1
    refused = clinic.client.post("/api/v1/patients", clinic.patient_body())
    assert refused.status in (403, 503)
    assert place.value("select count(*) from {tenant}.patient where tenant_id = %s", clinic.id) == 1


def test_a_taken_name_is_no_way_into_its_clinic(world):
    answer = world.root.post("/api/v1/auth/register", register_body(world.b.slug, email=world.a.email))
    assert (answer.status, answer.code) == (409, "slug_taken")
    me = expect(world.a.client.get("/api/v1/auth/me"), 200).json()
    assert [tenant["slug"] for tenant in me["tenants"]] == [world.a.slug]
