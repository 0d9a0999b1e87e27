"""deploy/nginx: what reaches the API and the web app, and what reaches the browser. Real nginx, listening upstreams."""

import gzip
import http.client
import json
import re

import pytest

from origin import PAGE, STATIC_TEXT
from support.waiting import eventually

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def test_the_api_and_the_web_app_share_one_origin(origin):
    for path in ("/api/v1/patients", "/api/docs/", "/api/docs2", "/.well-known/jwks.json", "/healthz", "/readyz"):
        assert origin.seen(path)["name"] == "api", path
    for path in ("/", "/patients", "/apis", "/sign-in", "/api/docs"):
        assert origin.seen(path)["name"] == "web", path


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_download_comes_through_as_it_is_made_and_a_cut_one_has_no_end(origin, encoding):
    def begin(path):
        connection = http.client.HTTPConnection("127.0.0.1", origin.port, timeout=10)
        connection.request("GET", path, headers={"Host": f"acme.localhost:{origin.port}", "Accept-Encoding": encoding})
        return connection.getresponse()

    whole = begin("/api/v1/download")
    assert whole.getheader("transfer-encoding") == "chunked"
    if encoding == "identity":
        assert whole.read(6) == b"first,", "before the rest is made"
    origin.api.released.set()
    rest = whole.read()
    assert rest == b"second" if encoding == "identity" else gzip.decompress(rest) == b"first,second"
    with pytest.raises(http.client.IncompleteRead):
        begin("/api/v1/download/cut").read()


def test_metrics_are_refused_however_they_are_spelt(origin):
    for path in ("/metrics", "//metrics", "/%6detrics", "/api/../metrics", "/metrics?x"):
        assert origin.request("GET", path).status == 404, path


def test_what_a_client_says_of_itself_is_overwritten(origin):
    forged = {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Host": "other.localhost",
        "X-Forwarded-Proto": "https",
        "X-Real-IP": "203.0.113.9",
        "Forwarded": "for=203.0.113.9",
    }
    for path in ("/api/v1/patients", "/patients"):
        headers = {name.lower(): value for name, value in origin.seen(path, forged)["headers"]}
        assert headers["host"] == headers["x-forwarded-host"] == f"acme.localhost:{origin.port}"
        assert headers["x-forwarded-for"] == "127.0.0.1"
        assert headers["x-forwarded-proto"] == "http"
        assert "x-real-ip" not in headers and "forwarded" not in headers


def test_the_id_of_a_request_is_made_here(origin, scripts):
    """It stands in the audit, which nobody can rewrite."""
    seen = set()
    for path in ("/api/v1/patients", "/patients", "/healthz", "/api/v1/patients"):
        headers = [value for name, value in origin.seen(path, {"X-Request-Id": "chosen-by-the-client"})["headers"]
                   if name.lower() == "x-request-id"]
        assert len(headers) == 1 and re.fullmatch("[0-9a-f]{32}", headers[0]), path
        seen.update(headers)
    assert len(seen) == 4
    log = scripts.home / "log/nginx.log"
    eventually(lambda: all(f'"request_id":"{one}"' in log.read_text() for one in seen), 5, "the log names them too")


def test_no_client_speaks_in_the_name_of_the_web_apps_own_proxy(origin):
    inside = {
        "X-Nonce", "X-Path", "X-Session", "Content-Security-Policy", "Next-Action", "Next-Resume", "X-Nextjs-Data",
        "X-Matched-Path", "X-Now-Route-Matches", "X-Middleware-Subrequest", "X-Middleware-Rewrite", "X-Middleware-Redirect",
        "X-Middleware-Next", "X-Middleware-Skip", "X-Middleware-Override-Headers", "X-Middleware-Set-Cookie",
    }  # fmt: skip
    for path in ("/api/v1/patients", "/patients", "/"):
        seen = {name.lower() for name, _ in origin.seen(path, dict.fromkeys(inside, "forged"))["headers"]}
        assert seen & {name.lower() for name in inside} == set(), path


def test_answers_carry_each_security_header_once_and_hide_the_inside(origin):
    for path in ("/", "/patients", "/api/v1/patients", "/_next/static/chunks/a.js"):
        response = origin.request("GET", path)
        for name, value in SECURITY_HEADERS.items():
            assert response.headers.get_all(name) == [value], (path, name)
        assert response.headers["X-Middleware-Set-Cookie"] is None
        assert response.headers["Server"] == "nginx"


def policies(origin, path):
    return origin.request("GET", path).headers.get_all("Content-Security-Policy")


def test_every_answer_has_one_policy_the_strictest_unless_it_is_a_page(origin):
    assert policies(origin, "/") == ["script-src 'sha256-of-the-build'"]
    assert policies(origin, "/patients") == ["script-src 'nonce-of-the-page'"]
    for path in ("/api/v1/patients", "/manifest.webmanifest", "/_next/static/chunks/a.js", "/_next/static/gone.js", "/metrics"):
        nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        assert policies(origin, path) == [nothing], path
    (worker,) = policies(origin, "/sw.js")
    assert "connect-src 'self'" in worker


def test_a_page_is_read_and_nothing_else(origin):
    tried = [("/patients", method) for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")]
    for path, method in (*tried, ("/", "POST"), ("/api/docs", "POST"), ("/_next/static/chunks/a.js", "POST")):
        refused = origin.request(method, path)
        assert (refused.status, refused.headers.get_all("Allow")) == (405, ["GET, HEAD"]), (method, path)
        assert origin.request("GET", path).headers["Allow"] is None, path
    assert origin.request("POST", "/api/v1/patients", body=b"{}").status == 200


def test_the_api_says_itself_what_it_allows(origin):
    assert origin.request("POST", "/api/v1/read-only", body=b"{}").headers.get_all("Allow") == ["GET, OPTIONS"]
    assert origin.request("TRACE", "/api/v1/patients").headers["Allow"] is None


def test_without_tls_no_browser_is_told_to_insist_on_it(origin):
    assert origin.request("GET", "/").headers["Strict-Transport-Security"] is None


def test_prerendered_pages_are_asked_for_again(origin):
    assert origin.request("GET", "/").headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_shared_link_to_the_landing_page_has_a_picture_at_a_whole_address(origin):
    root = f"http://localhost:{origin.port}"
    for path, language in (("/", "en"), ("/hi", "hi")):
        response = origin.request("GET", f"{path}?from=a-friend", {"Accept": "text/html"})
        head = response.text.decode().partition("</head>")[0]
        assert f'<meta property="og:image" content="{root}/icons/shared-{language}.png"/>' in head
        assert f'<meta property="og:url" content="{root}{path}"/>' in head
        assert f'<link rel="canonical" href="{root}{path}"/>' in head
        assert response.headers["ETag"] == 'W/"of-the-build"', "or it is sent anew on every visit"
    assert origin.request("GET", "/patients", {"Accept": "text/html"}).text == PAGE


def test_static_files_are_kept_for_good_and_sent_as_they_were_compressed(origin):
    response = origin.request("GET", "/_next/static/chunks/a.js", {"Accept-Encoding": "gzip"})
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.text) == STATIC_TEXT
    assert origin.request("GET", "/_next/static/chunks/gone.js").status == 404
    assert origin.request("GET", "/_next/static/../../../../secret").status in (400, 404)


def test_a_chunked_body_reaches_the_api_with_its_length(origin):
    connection = http.client.HTTPConnection("127.0.0.1", origin.port, timeout=10)
    connection.request("POST", "/api/v1/patients", body=iter([b"a" * 10, b"b" * 5]), encode_chunked=True,
                       headers={"Transfer-Encoding": "chunked"})  # fmt: skip
    seen = json.loads(connection.getresponse().read())
    connection.close()
    headers = {name.lower() for name, _ in seen["headers"]}
    assert seen["length"] == 15
    assert "content-length" in headers and "transfer-encoding" not in headers


def test_an_api_that_is_away_is_a_problem_with_a_time_to_come_back(origin):
    origin.api.stop()
    response = origin.request("GET", "/api/v1/patients")
    assert response.status == 503
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Retry-After"] == "2"
    problem = json.loads(response.text)
    assert problem["code"] == "unavailable" and problem["status"] == 503 and problem["request_id"]


def test_a_web_app_that_is_away_is_a_page_for_people(origin):
    origin.web.stop()
    response = origin.request("GET", "/patients")
    assert response.status == 503
    assert response.headers["Content-Type"] == "text/html"
    assert response.headers["Retry-After"] == "5"
    assert b"Back in a moment" in response.text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_no_log_repeats_a_query(origin, scripts):
    origin.request("GET", "/api/v1/patients?search=meenakshi")
    origin.api.stop()
    origin.request("GET", "/api/v1/patients?search=meenakshi")
    assert "meenakshi" not in (scripts.home / "log/nginx.log").read_text()
