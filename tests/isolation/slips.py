"""Slips in the program, each at the place where somebody could make it, and the tests that must notice it (score.py).

A named one is a `mutant("…")` in src/. One in a statement needs no line there: the program of the preset `mutants` puts
other text into what it sends (src/platform/base/mutant.hpp). The two generated kinds follow from what the program is.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace

from routes import Route

TENANT = re.compile(r"\b(?:\w+\.)?tenant_id = (?:\$\d+|\w+\.tenant_id)(?=\W|$)")


@dataclass(frozen=True)
class Slip:
    name: str
    tests: tuple[str, ...]  # as pytest takes them, below tests/isolation
    environment: dict[str, str] = field(default_factory=dict)


def named(name: str, *tests: str) -> Slip:
    return Slip(name, tests, {"TERRACE_MUTANT": name})


def said(name: str, within: str, find: str, put: str, *tests: str) -> Slip:
    """Statements that hold `within` say `put` instead of `find`."""
    return Slip(name, tests, {"TERRACE_MUTANT": "statement", "TERRACE_MUTANT_IN": within, "TERRACE_MUTANT_FIND": find,
                              "TERRACE_MUTANT_PUT": put})


def apart(slip: Slip) -> Slip:
    """With clinics that have a database of their own: there each unit asks whether that is the clinic's."""
    return replace(slip, environment={**slip.environment, "TERRACE_NEW_TENANTS": "database"})


PLAIN = "set_config('app.tenant_id', $1, true)"
KEPT = "set_config('app.tenant_id', coalesce(nullif(current_setting('app.tenant_id', true), ''), $1), false)"

BY_HAND = [
    # Whose request it is.
    named("host-unread", "test_credentials.py"),
    named("tenant-mismatch-unseen", "test_credentials.py"),
    named("tenant-of-a-header", "test_hosts.py"),
    named("unknown-hosts-are-the-root", "test_hosts.py"),
    named("domains-taken-unproved", "test_domains.py"),
    said("claims are hosts", "from catalog.domain d where d.domain", " and d.state = 'verified'", "", "test_domains.py"),
    named("every-peer-is-a-proxy", "test_proxy.py"),
    named("two-hosts-taken", "test_hosts.py"),
    named("shut-clinics-served", "test_sessions.py"),
    named("signature-unchecked", "test_credentials.py"),
    named("token-known-by-its-claims", "test_credentials.py"),
    named("cookies-in-any-case", "test_credentials.py"),
    named("siblings-are-the-same-origin", "test_csrf.py"),
    named("origin-by-its-beginning", "test_csrf.py"),
    named("silent-browsers-trusted", "test_csrf.py"),
    named("answers-may-be-kept", "test_objects.py"),
    # Sessions.
    named("ended-sessions-live", "test_sessions.py"),
    named("refresh-at-any-host", "test_sessions.py"),
    named("hand-off-to-any-host", "test_sessions.py"),
    named("reuse-unpunished", "test_sessions.py"),
    named("sign-in-at-any-host", "test_sessions.py"),
    said("hand-off to a clinic of others", "insert into catalog.handoff_code", "m.user_id = $3",
         "(m.user_id = $3 or true)", "test_sessions.py"),
    said("hand-off from a session that was handed over", "insert into catalog.handoff_code", "s.origin_id = s.id", "true",
         "test_sessions.py"),
    said("hand-off to another browser", "update catalog.handoff_code", "c.challenge = $2", "(c.challenge = $2 or true)",
         "test_sessions.py"),
    said("hand-off twice", "update catalog.handoff_code", "c.used_at is null", "true", "test_sessions.py"),
    said("sessions of everybody listed", "select s.id, t.slug", "s.user_id = $1", "(s.user_id = $1 or true)",
         "test_hosts.py"),
    said("sessions of everybody ended", "update catalog.session e", "user_id = $1",
         "user_id = coalesce(nullif($1::uuid, $1::uuid), user_id)", "test_objects.py"),
    said("memberships of everybody", "m.role_slug from catalog.membership", "m.user_id = $1", "(m.user_id = $1 or true)",
         "test_hosts.py"),
    said("account of anybody", "locale from catalog.user_account where id", "id = $1", "(id = $1 or true)",
         "test_roles.py"),
    said("account of everybody changed", "update catalog.user_account", "id = $1", "(id = $1 or true)", "test_csrf.py"),
    # Caches and what they hear.
    named("membership-kept-without-its-tenant", "test_matrix.py -k in_two_clinics"),
    named("memberships-never-forgotten", "test_sessions.py"),
    named("tenants-never-forgotten", "test_sessions.py"),
    named("changes-ignored", "test_sessions.py"),
    said("role of any clinic", "select role_slug from catalog.membership", "tenant_id = $1", "(tenant_id = $1 or true)",
         "test_roles.py"),
    # Contexts and connections.
    named("answer-to-the-next", "test_crowd.py"),
    named("context-of-the-batch", "test_crowd.py"),
    said("context of the session", PLAIN, ", true)", ", false)", "test_log.py"),
    apart(said("context of the session, checked for reads", "state <> 'suspended'), ''), true)", "''), true)",
               "''), false)", "test_log.py")),
    apart(said("context of the session, checked for writes", "clock_timestamp())), ''), true)", "''), true)",
               "''), false)", "test_log.py")),
    said("context of the unit before", PLAIN, PLAIN, KEPT, "test_crowd.py"),
    said("no context", PLAIN, "$1, true)", "coalesce($1, ''), true) where false", "test_crowd.py"),
    # Objects.
    named("cursor-of-any-tenant", "test_objects.py"),
    named("uploads-of-colleagues-shown", "test_roles.py"),
    said("uploads of colleagues written", "sha256(c.bytes) = $5", "created_by = $3", "(created_by = $3 or true)",
         "test_roles.py"),
    said("uploads of colleagues discarded", "with gone as (delete from {tenant}.file", "created_by = $3",
         "(created_by = $3 or true)", "test_roles.py"),
    said("archived objects listed", "from {tenant}.patient where tenant_id = $1 and archived_at is null",
         " and archived_at is null", "", "test_objects.py"),
]


def generated(routes: list[Route]) -> list[Slip]:
    """A route that forgets its permission, or from where it was called."""
    return [
        *(named(f"permission-unchecked:{route}", f"test_roles.py -k {route}")
          for route in routes if route.access == "permission"),
        *(named(f"cross-site-unchecked:{route}", f"test_csrf.py -k {route}") for route in routes if route.unsafe),
    ]


def forgetful(statements: list[str]) -> list[Slip]:
    """Each statement on a clinic's rows, once for each place where it names the tenant, as if it did not there."""
    slips = []
    for sql in sorted({sql for sql in statements if "{tenant}." in sql}):
        for count, match in enumerate(TENANT.finditer(sql), 1):
            put = f"{sql[:match.start()]}({match[0]} or true){sql[match.end():]}"
            table = re.search(r"{tenant}\.(\w+)", sql[match.start():] if "from" not in sql[:match.start()] else sql)
            mark = hashlib.sha256(sql.encode()).hexdigest()[:6]
            verb = sql.split(" ", 1)[0]
            slips.append(said(f"tenant forgotten: {verb} {table[1] if table else '?'} {mark}, place {count}", sql, sql, put,
                              "test_statements.py"))
    return slips
