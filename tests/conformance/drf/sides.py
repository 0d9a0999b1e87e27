"""The two that are compared: Django REST Framework behind gunicorn, and `terrace_conformance`, each over a database of
its own with the same stock and the same four people."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Callable
from urllib.parse import urlsplit

import psycopg

from case import BASE, Case, Step, step
from observe import Facts, codes_of, in_one_order, observe
from stock import CODES, STOCK
from files import as_parts, send_by_ids
from support import clinics
from support.client import Client
from support.cluster import Cluster
from support.database import Admin
from support.ports import free_port
from support.server import Installation, Server
from support.waiting import eventually
from support.wire import Answer

PREFIX = "/api/v1"
APP = Path(__file__).parent / "app"
PAGES_AT_MOST = 50


@dataclass
class Side:
    name: str
    client: Client  # with nobody's credential
    tokens: dict[str, str]
    forget: Callable[[], None]  # everything but the stock
    stop: Callable[[], None]
    ids: dict[str, str]  # of the stock by code, of people and of the maker
    stranger: Client | None = None  # the owner of another organisation, at Terrace

    def ask(self, case: Case) -> list[Facts]:
        """Runs the case and tells what each answer said."""
        known = {code: id for code, id in self.ids.items()}
        try:
            if case.given is not None:
                made = self._send(self._given(case), "owner", known)
                known["made"] = clinics.expect(made, 201).json()["id"]
            if case.walks:
                return [self._walk(case, known)]
            return self._run(case, known)
        finally:
            if any(asked.method not in ("GET", "HEAD", "OPTIONS") for asked in case.steps) or case.given is not None:
                self.forget()

    def _given(self, case: Case) -> Step:
        fields = {**BASE, **case.given} if case.given_at == "/gadgets" else case.given
        return step("POST", case.given_at, fields)

    def _run(self, case: Case, known: dict[str, str]) -> list[Facts]:
        told = []
        for index, asked in enumerate(case.steps):
            for _ in range(case.times if index == 0 else 1):
                answer = self._send(asked, asked.who or case.who, known)
            names = {id: f"<{label}>" for label, id in known.items()}
            told.append(observe(answer, names, asked.method, case.ties))
            self._learn(answer, known)
        return told

    def _learn(self, answer: Answer, known: dict[str, str]) -> None:
        """What later steps may name."""
        is_json = (answer.header("content-type") or "").startswith("application/json")
        told = answer.json() if is_json and answer.status < 300 and answer.body else None
        if isinstance(told, dict):
            self._learn_files(told, known)
        made = told if answer.status == 201 else None
        if isinstance(made, dict) and "id" in made:
            known["new"] = made["id"]
            known |= {f"part{index}": part["id"] for index, part in enumerate(made.get("parts", []))}
        known["etag"] = answer.header("etag") or '"1"'

    def _learn_files(self, made: dict, known: dict[str, str]) -> None:
        """Where the files of an object are: there it has an address, here an object with one."""
        for field in ("plan", "picture"):
            if value := made.get(field):
                known[field] = urlsplit(value["url"] if isinstance(value, dict) else value).path
                known.setdefault(f"first {field}", known[field])

    def _send(self, asked: Step, who: str, known: dict[str, str]) -> Answer:
        client = self.client if who == "nobody" else self.client.with_token(self.tokens.get(who, who))
        if asked.file_of:
            return client.send(asked.method, known[asked.file_of], headers=asked.headers)
        if asked.files and self.name == "DRF":
            asked = as_parts(asked)
        elif asked.files:
            return send_by_ids(client, asked, PREFIX + _filled(asked.path, known))
        path, body = asked.path, asked.body
        if self.name == "DRF":
            path, body = asked.drf or path, asked.drf_body or body
        for name, value in known.items():
            body = body and body.replace(b"{%s}" % name.encode(), value.encode())
        headers = {name: _filled(value, known) for name, value in asked.headers.items()}
        return client.send(asked.method, PREFIX + _filled(path, known), headers=headers, body=body)

    def _walk(self, case: Case, known: dict[str, str]) -> Facts:
        """The rows of each page to the end of the list, and back. Where there are ties, a page may end anywhere among
        them: then how long each is, and all rows in one order."""
        answer = clinics.expect(self._send(case.steps[0], case.who, known), 200)
        ways = {}
        for link in ("next", "previous"):
            pages = [answer.json()["results"]]
            while (url := answer.json()[link]) and len(pages) < PAGES_AT_MOST:
                parts = urlsplit(url)
                target = f"{parts.path.removeprefix(PREFIX)}?{parts.query}"
                answer = clinics.expect(self._send(Step("GET", target), case.who, known), 200)
                pages.append(answer.json()["results"])
            ways[link] = " / ".join(map(codes_of, pages))
            if case.ties:
                rows = in_one_order([row for page in pages for row in page], case.ties) if link == "next" else []
                ways[link] = f"{[len(page) for page in pages]} {codes_of(rows)}"
        return {"outcome": "200", **ways}


def _filled(text: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        text = text.replace("{" + name + "}", value)
    return text


def _stocked(side: Side) -> Side:
    for gadget in STOCK:
        made = side.client.with_token(side.tokens["owner"]).post(f"{PREFIX}/gadgets", gadget)
        side.ids[gadget["code"]] = clinics.expect(made, 201).json()["id"]
    return side


def start_drf(cluster: Cluster) -> Side:
    url = cluster.create_database("drf")
    port, password = free_port(), secrets.token_hex(12)
    environment = {**os.environ, "DATABASE_URL": url, "PASSWORD": password, "PYTHONDONTWRITEBYTECODE": "1",
                   "MEDIA_ROOT": str(cluster.folder / "media")}
    prepared = subprocess.run(["/usr/bin/python3", "prepare.py"], cwd=APP, env=environment, check=True,
                              stdout=subprocess.PIPE)
    log = open(cluster.folder / "drf.log", "ab")  # as long as the process
    process = subprocess.Popen(
        ["/usr/bin/python3", "/usr/bin/gunicorn", f"--bind=127.0.0.1:{port}", "--threads=2", "wsgi"],
        cwd=APP, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
    )  # fmt: skip

    admin = psycopg.connect(url, autocommit=True)

    def forget() -> None:
        admin.execute("delete from gadgets_gadget where code <> all(%s)", (CODES,))
        admin.execute("delete from gadgets_task")
        admin.execute("delete from gadgets_purchase")
        admin.execute("delete from gadgets_part")
        admin.execute("delete from gadgets_kit")
        admin.execute("delete from gadgets_drawing")

    def stop() -> None:
        process.terminate()
        process.wait()
        log.close()

    client = Client(("127.0.0.1", port), f"localhost:{port}")
    try:
        eventually(lambda: _answers(client), 30, "Django REST Framework to be ready")
        tokens = {
            who: clinics.expect(client.post(f"{PREFIX}/auth/token", {"username": who, "password": password}), 200)
            .json()["access"]
            for who in ("owner", "reader", "clerk", "outsider")
        }  # fmt: skip
        return _stocked(Side("DRF", client, tokens, forget, stop, json.loads(prepared.stdout)))
    except BaseException:
        stop()
        raise


def _answers(client: Client) -> bool:
    try:
        return client.get(f"{PREFIX}/gadgets").status == 401
    except ConnectionError:
        return False


def start_terrace(cluster: Cluster, binary: str) -> Side:
    installation = Installation(binary, cluster, "conformance")
    installation.migrate()
    # As many wrong sign-ins as the other side allows.
    server = installation.server(
        TERRACE_THREADS="1", TERRACE_THROTTLE_ACCOUNT_FAILURES="10", TERRACE_THROTTLE_PAUSE="0"
    ).start()
    try:
        return _peopled(server, Admin(installation.admin_url))
    except BaseException:
        server.stop()
        raise


def _peopled(server: Server, admin: Admin) -> Side:
    people = {who: clinics.sign_up(server.client(), lambda slug: f"{slug}.{server.client().host}", who)
              for who in ("owner", "reader", "clerk", "outsider")}
    owner = people["owner"]
    tokens = {"owner": owner.client.token}
    for who, role in {"reader": "reader", "clerk": "clerk", "outsider": "member"}.items():
        admin.add_member(owner.id, people[who].user_id, role)
        answer = clinics.token(server.client().at(owner.host), people[who].email, owner.slug)
        tokens[who] = clinics.expect(answer, 200).json()["access_token"]

    def forget() -> None:
        for table in ("task", "purchase", "part", "kit", "kit_token", "drawing", "file"):
            admin.do(f"delete from shared.{table} where tenant_id = %s", owner.id)
        admin.do("delete from shared.gadget where tenant_id = %s and code <> all(%s)", owner.id, CODES)
        admin.do("""delete from shared.gadget_token t where tenant_id = %s and not exists
                    (select from shared.gadget g where g.tenant_id = t.tenant_id and g.id = t.object_id)""", owner.id)

    ids = {who: clinic.user_id for who, clinic in people.items()}
    ids["maker"] = clinics.expect(owner.client.post(f"{PREFIX}/makers", {"code": "M1"}), 201).json()["id"]
    return _stocked(Side("Terrace", server.client(owner.slug), tokens, forget, server.stop, ids,
                         people["outsider"].client))
