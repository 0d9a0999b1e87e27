"""What the server says to PostgreSQL, as PostgreSQL writes it down: no context outlives its transaction."""

import re

import psycopg
import pytest

from support.clinics import fill, sign_up

SETTING = re.compile(r"(?i)\bset_config\s*\((.*)\)")


@pytest.fixture(scope="module")
def said(installation):
    """The statements of a server that a clinic was busy on."""
    made = installation.copy("logged")
    made.make_places(1)
    log = made.cluster.data / "server.log"
    with psycopg.connect(made.cluster.url("postgres"), autocommit=True) as admin:
        for role in ("terrace_app", "terrace_platform"):
            admin.execute(f"alter role {role} set log_statement = 'all'")
        begin = log.stat().st_size
        server = made.server().start()
        try:
            fill(sign_up(server.client(), lambda slug: server.client(slug).host, "logged"))
        finally:
            server.stop()
            for role in ("terrace_app", "terrace_platform"):
                admin.execute(f"alter role {role} reset log_statement")
    with open(log, encoding="utf-8") as lines:
        lines.seek(begin)
        return re.findall(r"LOG:  (?:statement|execute [^:]*): (.*)", lines.read())


def test_a_context_is_set_for_its_transaction_alone(said, installation):
    settings = [statement for statement in said if "app.tenant_id" in statement and SETTING.search(statement)]
    assert settings
    outliving = [statement for statement in settings if not SETTING.search(statement)[1].endswith(", true")]
    assert not outliving
    # In a database of its own each unit asks whether that is the tenant's.
    kinds = {"checked"} if installation.environment["TERRACE_NEW_TENANTS"] == "database" else {"plain", "checked"}
    assert kinds == {"checked" if "tenant_place" in statement else "plain" for statement in settings}


def test_nothing_else_of_a_session_is_changed(said):
    """The questions before the start have connections of their own."""
    words = ("set ", "reset ", "listen ", "declare ", "lock ", "create ", "prepare ", "discard ")
    first = next(place for place, statement in enumerate(said) if "app.tenant_id" in statement and SETTING.search(statement))
    assert not {statement for statement in said[first:] if statement.lower().startswith(words)}
