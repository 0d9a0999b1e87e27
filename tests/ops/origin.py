"""One origin as deploy/nginx makes it: a real nginx before upstreams that tell what reached them."""

import contextlib
import gzip
import http.client
import http.server
import json
import socket
import threading

STATIC_TEXT = b"console.log('a script long enough to be worth compressing')\n" * 50
PAGE = b"<html><head><title>Terrace</title></head><body></body></html>"
LARGE = 48 * 1024 * 1024


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 400  # of connections that are not accepted yet; tests begin 200 at once


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
