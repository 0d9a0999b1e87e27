"""What every answer of a route has in its head, and what none has."""

from __future__ import annotations

from routes import Route
from support.wire import Answer

FORBIDDEN = ("access-control-", "x-powered-by")


def check_headers(route: Route, answer: Answer) -> None:
    for name, value in answer.headers:
        assert not name.lower().startswith(FORBIDDEN), f"{route}: sends {name}: {value}"
    server = answer.header("server") or ""
    assert not any(character.isdigit() for character in server), f"{route}: Server tells a version: {server}"
    # The bytes of a file never change; whether one may still see them is asked each time.
    kept = "private, no-cache" if str(route) == "files_download" and answer.status < 400 else "no-store"
    if route.access != "open":
        assert answer.header("cache-control") == kept, f"{route}: data without Cache-Control: {kept}"
    assert answer.header("x-content-type-options") == "nosniff", f"{route}: no nosniff"
