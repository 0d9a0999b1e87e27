"""deploy/nginx: what reaches the API and the web app, and what reaches the browser. Real nginx, listening upstreams."""

import contextlib
import gzip
import http.client
import http.server
import json
import os
import re
import socket
import threading
from pathlib import Path

import pytest

from support.waiting import eventually

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
STATIC_TEXT = b"console.log('a script long enough to be worth compressing')\n" * 50
PAGE = b"<html><head><title>Terrace</title></head><body></body></html>"
LARGE = 48 * 1024 * 1024
MOST_ON_DISK = 8 * 1024 * 1024
MOST_AT_ONCE = 200


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 2 * MOST_AT_ONCE  # of connections that are not accepted yet


class Upstream:
    """Answers every request with what it saw."""

    def __init__(self, name, port):
        connections = self.connections = []
        released = self.released = threading.Event()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                connections.append(self.connection)

            def download(self):
                """Two chunks, the second when it is released, and the end unless the path says that it is cut."""
                self.send_response(200)
                self.send_header("Content-Type", "text/csv")
                self.send_header("Transfer-Encoding", "chunked")
                self.send_header("X-Accel-Buffering", "no")
                self.end_headers()
                self.wfile.write(b"6\r\nfirst,\r\n")
                released.wait(10)
                self.wfile.write(b"6\r\nsecond\r\n")
                if self.path.endswith("cut"):
                    self.close_connection = True
                else:
                    self.wfile.write(b"0\r\n\r\n")

            def page(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(PAGE)))
                self.send_header("ETag", '"of-the-build"')
                self.end_headers()
                self.wfile.write(PAGE)

            def refuse(self):
                self.send_response(405)
                self.send_header("Allow", "GET, OPTIONS")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def large(self):
                """Whole, and far more than a client takes that does not read."""
                self.send_response(200)
                self.send_header("Content-Type", "application/octet-stream")
                self.send_header("Content-Length", str(LARGE))
                self.end_headers()
                self.wfile.write(bytes(LARGE))

            def do_GET(self):
                if self.path.startswith("/api/v1/download"):
                    return self.download()
                if self.headers.get("Accept") == "text/html":
                    return self.page()
                if self.path == "/api/v1/read-only":
                    return self.refuse()
                if self.path == "/api/v1/large":
                    return self.large()
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                seen = {"name": name, "path": self.path, "length": len(body), "headers": self.headers.items()}
                answer = json.dumps(seen).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.send_header("Cache-Control", "s-maxage=31536000")
                self.send_header("X-Content-Type-Options", "nosniff")
                if self.path.startswith("/patients"):
                    self.send_header("Content-Security-Policy", "script-src 'nonce-of-the-page'")
                self.send_header("X-Middleware-Set-Cookie", "secret")
                self.end_headers()
                self.wfile.write(answer)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self.server = Server(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        for connection in self.connections:  # nginx keeps them open
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Origin:
    def __init__(self, scripts):
        self.port = scripts.port("TERRACE_PORT")
        self.api = Upstream("api", scripts.port("TERRACE_API_PORT"))
        self.web = Upstream("web", scripts.port("TERRACE_WEB_PORT"))
        static = scripts.home / "web/.next/static/chunks"
        static.mkdir(parents=True)
        (static / "a.js").write_bytes(STATIC_TEXT)
        (static / "a.js.gz").write_bytes(gzip.compress(STATIC_TEXT))
        (scripts.home / "web/static-policies.conf").write_text(
            "/ \"script-src 'sha256-of-the-build'\";\n"
        )
        started = scripts.shell("prepare_home; start_nginx")
        assert started.returncode == 0, started.stdout

    def request(self, method, path, headers=(), body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": f"acme.localhost:{self.port}", **dict(headers)}.items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        response.text = response.read()
        connection.close()
        return response

    def seen(self, path, headers=()):
        return json.loads(self.request("GET", path, headers).text)


@pytest.fixture
def origin(scripts):
    made = Origin(scripts)
    yield made
    for upstream in (made.api, made.web):
        upstream.stop()


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


def test_a_body_over_the_apis_limit_is_a_problem_to_a_program(origin):
    assert origin.request("POST", "/api/v1/patients", body=b"x" * 1024 * 1024).status == 200
    response = origin.request("POST", "/api/v1/patients", body=b"x" * (1024 * 1024 + 1))
    assert response.status == 413
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(response.text)
    assert (problem["code"], problem["detail"]) == ("too_large", "The body is too large.")


def stored_answers(pid, folder):
    """Bytes of answers that the workers of an nginx have on disk. The files have no names any more."""
    total = 0
    for worker in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        for descriptor in Path(f"/proc/{worker}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                if os.readlink(descriptor).startswith(str(folder)):
                    total += descriptor.stat().st_size
    return total


def test_who_does_not_read_fills_no_disk(origin, scripts):
    def on_disk():
        return stored_answers(scripts.pid("nginx"), scripts.home / "nginx/proxy")

    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(10)
    connection.connect(("127.0.0.1", origin.port))
    connection.sendall(f"GET /api/v1/large HTTP/1.1\r\nHost: acme.localhost:{origin.port}\r\nConnection: close\r\n\r\n".encode())
    eventually(lambda: on_disk() > MOST_ON_DISK - 256 * 1024, 10, "what is not read lies on disk")
    received = 0
    while piece := connection.recv(256 * 1024):
        received += len(piece)
        assert on_disk() <= MOST_ON_DISK + 256 * 1024
    connection.close()
    assert received > LARGE, "with its head it comes whole"


def test_one_address_has_so_many_requests_under_way_and_others_are_served(origin):
    def begin(path="/api/v1/download", source="127.0.0.1"):
        connection = http.client.HTTPConnection("127.0.0.1", origin.port, timeout=10, source_address=(source, 0))
        connection.request("GET", path, headers={"Host": f"acme.localhost:{origin.port}"})
        return connection

    held = [begin() for _ in range(MOST_AT_ONCE)]
    for connection in held:
        assert connection.getresponse().read(6) == b"first,"
    refused = begin("/api/v1/patients").getresponse()
    assert (refused.status, refused.getheader("content-type")) == (429, "application/problem+json")
    assert refused.getheader("retry-after") == "2"
    assert json.loads(refused.read())["code"] == "throttled"
    assert b"Back in a moment" in begin("/patients").getresponse().read()
    assert begin("/_next/static/chunks/a.js").getresponse().status == 200, "a file of the app's costs nothing"
    assert begin("/api/v1/patients", "127.0.0.2").getresponse().status == 200
    origin.api.released.set()
    for connection in held:
        connection.close()
    eventually(lambda: begin("/api/v1/patients").getresponse().status == 200, 10, "a place is free again")


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
