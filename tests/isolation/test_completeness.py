"""The suite knows every route that the server has, and no other."""

from cases import CASES
from routes import all_routes

ACCESS_WITHOUT_SESSION = {
    # Whoever is not signed in yet, or needs no session: the list of what is open to all.
    "auth_enter", "auth_enter_begin", "auth_handoff", "auth_login", "auth_logout", "auth_refresh", "auth_register",
    "auth_slug_availability", "auth_token", "healthz", "jwks", "openapi", "readyz",
    "tls_allow",
}


def test_every_route_has_a_case():
    missing = sorted(f"{r.operation_id} ({r.method} {r.path})" for r in all_routes() if r.operation_id not in CASES)
    assert not missing, f"routes without a case in tests/isolation/cases.py: {missing}"


def test_every_case_has_a_route():
    known = {route.operation_id for route in all_routes()}
    assert not set(CASES) - known, f"cases without a route: {sorted(set(CASES) - known)}"


def test_operation_ids_and_routes_are_unique():
    routes = all_routes()
    assert len({route.operation_id for route in routes}) == len(routes)
    assert len({(route.method, route.path) for route in routes}) == len(routes)


def test_only_the_known_routes_are_open():
    opened = {route.operation_id for route in all_routes() if route.access == "open"}
    assert opened == ACCESS_WITHOUT_SESSION


def test_a_route_of_a_tenant_asks_for_a_session():
    assert not [str(route) for route in all_routes() if route.tenant and route.access == "open"]


def test_every_route_with_an_object_is_scoped_to_a_tenant():
    assert not [str(route) for route in all_routes() if route.parameters and not route.tenant]


def test_openapi_and_the_route_table_agree(world):
    document = world.root.get("/api/v1/openapi.json").json()
    written = {
        (method.upper(), path, operation["operationId"])
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in {"get", "post", "put", "patch", "delete", "options"}
    }
    assert written == {(route.method, route.path, route.operation_id) for route in all_routes()}
