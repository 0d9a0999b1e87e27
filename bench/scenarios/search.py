"""How long a person at the desk of the biggest clinic waits for a search: parts of names and numbers that are there."""

from __future__ import annotations

import random

from bench.support import ids
from bench.support.console import BenchError, progress
from bench.support.database import connect
from bench.support.programs import Terrace
from bench.support.report import Bar, Result
from bench.support.requests import Requests
from bench.support.seed import BIG
from bench.support.sessions import Sessions, host
from bench.support.settings import Settings
from bench.support.steady import Seen, Stream
from bench.support.web import Web

RATE = 20  # searches a second: more than a busy desk types
LIMIT = 15.0  # milliseconds, of the 95th percentile
SAMPLE = 400

Words = dict[str, list[str]]


def run(settings: Settings, sessions: Sessions) -> Result:
    words = words_of_patients(settings)
    seen: dict[str, Seen] = {}
    with Terrace(settings).serving() as server:
        sessions.refresh()
        asked = Requests(settings, sessions, BIG)
        share = {kind: share_cut_short(settings, sessions, some) for kind, some in words.items()}
        for kind, some in words.items():
            progress(f"search: {kind}")
            sessions.refresh()
            requests = [asked.get(path(word)) for word in some]
            seen[kind] = Stream(server.port, requests, RATE, settings.long_seconds).result()
    return make_result(settings, seen, share)


def path(word: str) -> str:
    return f"/api/v1/patients?search={word.replace(' ', '%20')}"


def words_of_patients(settings: Settings) -> Words:
    """What finds patients that exist, drawn anew in each run."""
    with connect(settings, "terrace") as admin:
        rows = admin.execute(
            "select name_sort, phone from shared.patient where tenant_id = %s and number = any(%s)",
            [ids.tenant_id(BIG), random.sample(range(1, settings.big_patients + 1), min(SAMPLE, settings.big_patients))],
        ).fetchall()
    names = [random.choice(name.split()) for name, _ in rows]
    return {
        "three letters": [name[:3] for name in names],
        "four letters": [name[:4] for name in names],
        "a whole name": names,
        "two names": [name for name, _ in rows],
        "two names, three letters each": [" ".join(word[:3] for word in name.split()) for name, _ in rows],
        "last four digits": [phone[-4:] for _, phone in rows],
    }


def share_cut_short(settings: Settings, sessions: Sessions, words: list[str]) -> float:
    """Of the answers, after as many as warm the caches: those that say that a word stands in too many patients."""
    web, some = Web(settings.api_port, host(settings, BIG)), words[:50]
    answers = [web.get(path(word), sessions.access_tokens[BIG]) for word in some]
    for word, answer in zip(some, answers):
        if not answer["results"] and not answer.get("truncated"):
            raise BenchError(f"{word} is there and was not found.")
    return sum(bool(answer.get("truncated")) for answer in answers) / len(some)


def make_result(settings: Settings, seen: dict[str, Seen], share: dict[str, float]) -> Result:
    result = Result("search", f"Searches in a tenant of {settings.big_patients:,} patients")
    head = ["Searched for", "p50 ms", "p95 ms", "p99 ms", "cut short"]
    rows = [
        [kind, *(f"{getattr(each, of):.2f}" for of in ("p50", "p95", "p99")), f"{share[kind]:.0%}"]
        for kind, each in seen.items()
    ]
    result.tables.append(("", head, rows))
    result.bars = [
        Bar(f"p95 of {kind}", f"< {LIMIT:.0f} ms", f"{each.p95:.2f} ms", each.p95 < LIMIT) for kind, each in seen.items()
    ]
    failures = [failure for each in seen.values() for failure in each.failures]
    result.bars.append(Bar("Errors", "0", str(len(failures)), not failures))
    total = settings.tenants * settings.patients + settings.big_patients
    result.notes.append(
        f"{RATE} searches a second, whatever happens, among {total:,} patients of {settings.tenants + 1:,} tenants;"
        " latencies count from when a search was due. Cut short: a word stands in more than 1,000 patients, and the answer"
        " says so."
    )
    result.figures = {kind: {"p50": each.p50, "p95": each.p95, "p99": each.p99} for kind, each in seen.items()}
    return result
