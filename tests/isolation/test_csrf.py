"""Another site cannot use a browser's session: on unsafe methods Sec-Fetch-Site decides, then Origin, then cookies."""

import pytest

from cases import CASES
from routes import over, unsafe
from support.clinics import PASSWORD, expect


def foreign_headers(world) -> list[dict[str, str]]:
    slug, port = world.a.slug, world.root.host.rpartition(":")[2]
    own = f"http://{world.a.host}"
    return [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "same-origin, cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": own},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": f"http://{world.b.host}"},
        {"Origin": f"http://{world.root.host}"},
        {"Origin": f"https://{world.a.host}"},
        {"Origin": f"http://{slug}.localhost:{int(port) + 1}"},
        {"Origin": f"http://{slug}.localhost"},
        {"Origin": f"{own}.evil.example"},
        {"Origin": f"{own}, {own}"},
        {"Origin": f"http://{world.a.host}/"},
        {},  # neither, with a cookie
    ]


@pytest.fixture
def browser(world):
    return world.browser(world.a)


@over(unsafe)
def test_another_site_is_refused(world, browser, route):
    case = CASES[route.operation_id]
    parameters = case.existing(world.a)
    for headers in foreign_headers(world):
        answer = world.call(route, browser, world.a, parameters=parameters, headers=headers)
        assert (answer.status, answer.code) == (403, "cross_site"), headers
        assert answer.all("set-cookie") == [], headers


@over(unsafe)
def test_the_same_origin_is_accepted(world, route):
    case = CASES[route.operation_id]
    for site, origin in ((True, False), (True, True), (False, True)):
        clinic = world.caller(route)  # whose end one of them is has to be another each time
        headers = {"Sec-Fetch-Site": "same-origin"} if site else {}
        if origin:
            headers["Origin"] = f"http://{clinic.host}"
        answer = world.call(route, world.browser(clinic), clinic, headers=headers)
        assert answer.status == (401 if case.single_use else case.status), headers


@over(unsafe)
def test_a_program_without_cookies_needs_neither_header(world, route):
    case, clinic = CASES[route.operation_id], world.caller(route)
    program = clinic.client if case.session == "token" else clinic.client.anonymous()
    answer = world.call(route, program, clinic)
    assert answer.code != "cross_site"
    assert answer.status == case.status or case.session == "cookies" or case.single_use


@over(unsafe)
def test_a_form_cannot_be_posted(world, route):
    case = CASES[route.operation_id]
    for media_type in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"):
        answer = world.call(route, world.browser(world.a), world.a, parameters=case.existing(world.a), body=b"{}",
                            headers={"Content-Type": media_type, "Sec-Fetch-Site": "same-origin"})
        assert (answer.status, answer.code) == (415, "unsupported_media_type"), media_type


def test_reading_across_sites_is_the_browsers_to_hide(world, browser):
    """No header opens an answer to another origin."""
    for origin in ("https://evil.example", "null", f"http://{world.b.host}"):
        answer = expect(browser.get("/api/v1/patients", headers={"Origin": origin}), 200)
        assert not [name for name, _ in answer.headers if name.lower().startswith("access-control-")]
        assert answer.header("cross-origin-resource-policy") == "same-origin"
        assert answer.header("cache-control") == "no-store"


def test_session_cookies_are_bound_to_their_host(world):
    credentials = {"email": world.a.email, "password": PASSWORD}
    answer = expect(world.root.at(world.a.host).post("/api/v1/auth/login", credentials), 200)
    lines = {line.split("=")[0]: [part.strip().lower() for part in line.split(";")[1:]]
             for line in answer.all("set-cookie")}
    assert set(lines) == {"__Host-at", "__Host-rt"}
    for attributes in lines.values():
        assert {"path=/", "secure", "httponly", "samesite=lax"} <= set(attributes)
        assert not [attribute for attribute in attributes if attribute.startswith("domain")]
    for value in answer.cookies().values():
        assert value.encode() not in answer.body
