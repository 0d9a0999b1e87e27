"""A whole list as CSV: Terrace beside Django REST Framework, and the memory that Terrace takes for it."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.support import ids, stats, usage
from bench.support.console import BenchError, progress, step
from bench.support.database import connect
from bench.support.programs import Peer, Terrace
from bench.support.report import Bar, Result
from bench.support.seed import BIG
from bench.support.sessions import Sessions, host
from bench.support.settings import Settings

MOST_ROWS = 100_000
RATIO, MEMORY = 20, 32 * 2**20
PEER_TENANT = "clinic-000001"


@dataclass(frozen=True)
class Download:
    seconds: float
    bytes: int
    memory: int = 0  # the server's peak over what it held before


def run(settings: Settings, sessions: Sessions) -> Result:
    rows = min(MOST_ROWS, settings.big_patients)
    with step(f"Making two tenants of {rows:,} patients"):
        cut_big_tenant(settings, rows)
        fill_peer(settings, rows)
    peer = Peer(settings, "drf", False, settings.peer_port)
    with step("Setting up drf"):
        peer.run("setup")
    ours: list[Download] = []
    theirs: list[Download] = []
    with Terrace(settings).serving() as server, peer.serving():
        token = peer.run("tokens", "1").split()[1]
        for number in range(settings.rounds + 1):
            progress(f"csv: round {number} of {settings.rounds}")
            sessions.refresh()
            ours.append(download_ours(settings, sessions, server, rows))
            theirs.append(download(settings.peer_port, "/api/v1/patients.csv", "localhost", token, rows))
    return make_result(rows, ours[1:], theirs[1:], max(each.memory for each in ours))  # the first warms up


def cut_big_tenant(settings: Settings, rows: int) -> None:
    with connect(settings, "terrace") as admin:
        big = ids.tenant_id(BIG)
        admin.execute("delete from shared.patient where tenant_id = %s and number > %s", [big, rows])
        admin.execute("vacuum analyze shared.patient")


def fill_peer(settings: Settings, rows: int) -> None:
    """Copies of a tenant's own patients, as the big tenant of Terrace has them."""
    with connect(settings, "peers") as admin:
        admin.execute(
            "insert into patient"
            " (tenant_id, id, number, name, name_sort, sex, born_on, dob_precision, phone, phone_relation, created_at)"
            " select p.tenant_id, gen_random_uuid(), n, p.name, p.name_sort, p.sex, p.born_on, p.dob_precision,"
            "        '+919' || lpad((n * 5003 %% 1000000000)::text, 9, '0'), 'self', p.created_at + n * interval '1 second'"
            " from generate_series(%(first)s + 1, %(rows)s) as n"
            " join (select row_number() over (order by number) as place, count(*) over () as of, patient.* from patient"
            "       where tenant_id = (select id from tenant where slug = %(slug)s)) as p on p.place = 1 + n %% p.of",
            {"first": settings.patients, "rows": rows, "slug": PEER_TENANT},
        )
        admin.execute("vacuum analyze patient")


def download_ours(settings: Settings, sessions: Sessions, server: Terrace, rows: int) -> Download:
    before = usage.resident_bytes(server.pid)
    Path(f"/proc/{server.pid}/clear_refs").write_text("5")  # the peak begins anew: proc(5)
    token = sessions.access_tokens[BIG]
    done = download(settings.api_port, "/api/v1/patients?format=csv", host(settings, BIG), token, rows)
    return Download(done.seconds, done.bytes, usage.peak_bytes(server.pid) - before)


def download(port: int, path: str, named: str, token: str, rows: int) -> Download:
    """Reads to the end as fast as it comes. An answer that breaks off raises IncompleteRead."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    begun = time.perf_counter()
    connection.request("GET", path, headers={"Host": named, "Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    if answer.status != 200:
        raise BenchError(f"GET {path}: {answer.status} {answer.read(400)!r}")
    size = lines = 0
    while block := answer.read(2**20):
        size += len(block)
        lines += block.count(b"\n")
    seconds = time.perf_counter() - begun
    connection.close()
    if lines != rows + 1:
        raise BenchError(f"GET {path}: {lines} lines, not {rows + 1}.")
    return Download(seconds, size)


def make_result(rows: int, ours: list[Download], theirs: list[Download], memory: int) -> Result:
    result = Result("csv", f"A list of {rows:,} patients as CSV")
    ratio = stats.median_of_ratios([each.seconds for each in theirs], [each.seconds for each in ours])
    head = ["Server", "seconds", "rows a second", "MB a second", "bytes a row"]
    lines = []
    for name, runs in (("terrace", ours), ("drf", theirs)):
        seconds, size = median(each.seconds for each in runs), runs[0].bytes
        lines.append([name, f"{seconds:.3f}", f"{rows / seconds:,.0f}", f"{size / seconds / 1e6:.1f}", f"{size / rows:.0f}"])
    result.tables.append(("", head, lines))
    result.figures = {
        "terrace": [vars(each) for each in ours],
        "drf": [vars(each) for each in theirs],
        "ratio": ratio,
        "peak_bytes_over_idle": memory,
    }
    result.bars = [
        Bar("Terrace against Django REST Framework", f"≥ {RATIO}×", f"{ratio:.1f}×", ratio >= RATIO),
        Bar("Most memory over idle", "< 32 MB", f"{memory / 2**20:.1f} MB", memory < MEMORY),
    ]
    result.notes.append(
        "One client, which reads as fast as it can. Both answer the same columns in the order of the list; Django streams a"
        " server-side cursor through the serializer in writes of 500 lines, Terrace reads batches of its own."
    )
    return result
