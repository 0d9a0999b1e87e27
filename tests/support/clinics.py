"""Clinics made by sign-up, filled with patients whose every text carries the clinic's canary."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace

from support.client import Client
from support.wire import Answer

ORGANIZATION = "/api/v1/organization"
DOMAINS = f"{ORGANIZATION}/domains"
PASSWORD = "brick-and-mortar-7314"
# What every reader takes for a picture.
PIXEL = (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
         b"\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82")


def expect(answer: Answer, status: int) -> Answer:
    assert answer.status == status, f"expected {status}: {answer!r}"
    return answer


@dataclass(repr=False)
class Clinic:
    slug: str
    canary: str  # stands in every text that the clinic keeps
    word: str  # in a patient's name too, and known to attackers
    phone: str  # as above
    email: str
    host: str
    id: str = ""
    user_id: str = ""
    client: Client | None = None  # the owner, by access token
    refresh_token: str = ""
    objects: dict[str, list[dict]] = field(default_factory=dict)  # those from the start, by resource
    file: dict = field(default_factory=dict)  # one from the start, stored and held by nobody
    domain: dict = field(default_factory=dict)  # one of its own, claimed from the start
    ids: set[str] = field(default_factory=set)  # of all its objects, once they are made
    keys: dict[str, str] = field(default_factory=dict)  # an Idempotency-Key that was used, by operation

    @property
    def patients(self) -> list[dict]:
        return self.objects["patients"]

    def secrets(self) -> frozenset[str]:
        """Words that nobody else may be shown."""
        return frozenset(self.ids | {self.canary, self.id, self.user_id, self.email})

    def patient_body(self, name: str = "Meera Nair", **fields) -> dict:
        body = {
            "name": f"{name} {self.canary}",
            "sex": "female",
            "age": 41,
            "phone": "+919812345678",
            "phone_relation": "self",
            "guardian_name": f"Guardian {self.canary}",
            "email": f"{self.canary}@patients.example",
            "address": f"7 Terrace Row {self.canary}",
            "city": f"Kochi {self.canary}",
            "pincode": "682001",
        }
        return {**body, **fields}

    def new_patient(self, **fields) -> dict:
        return expect(self.client.post("/api/v1/patients", self.patient_body(**fields)), 201).json()

    def new_upload(self, size: int = len(PIXEL)) -> dict:
        """A file that was begun."""
        return expect(self.client.post("/api/v1/files", {"name": f"{self.canary}.png", "size": size}), 201).json()

    def new_file(self) -> dict:
        """A stored one, whose bytes hold the canary, too."""
        picture = PIXEL + self.canary.encode()
        at = f"/api/v1/files/{self.new_upload(len(picture))['id']}/chunks/0"
        stored = self.client.send("PUT", at, body=picture, headers={"Content-Type": "application/octet-stream"})
        return expect(stored, 200).json()


def register_body(slug: str, **fields) -> dict:
    body = {
        "organization_name": f"Clinic {slug}",
        "slug": slug,
        "full_name": f"Owner {slug}",
        "email": f"{slug}@people.example",
        "password": PASSWORD,
    }
    return {**body, **fields}


def token(client: Client, email: str, tenant: str | None = None) -> Answer:
    body = {"grant_type": "password", "email": email, "password": PASSWORD}
    return client.anonymous().post("/api/v1/auth/token", {**body, "tenant": tenant} if tenant else body)


def sign_up(root: Client, host_of, name: str) -> Clinic:
    """A clinic with its owner signed in; `host_of(slug)` names its host."""
    mark = secrets.token_hex(5)
    slug, canary = f"{name}-{mark}", f"cnry{secrets.token_hex(6)}"
    clinic = Clinic(
        slug=slug,
        canary=canary,
        word=f"zor{secrets.token_hex(5)}",
        phone=f"+9198{secrets.randbelow(10**8):08d}",
        email=f"{slug}@{canary}.example",
        host=host_of(slug),
    )
    body = register_body(slug, organization_name=f"Clinic {canary}", full_name=f"Owner {canary}", email=clinic.email)
    made = expect(root.anonymous().post("/api/v1/auth/register", body), 201).json()
    clinic.id, clinic.user_id = made["tenant"]["id"], made["user"]["id"]
    tokens = expect(token(root.at(clinic.host), clinic.email), 200).json()
    clinic.client = replace(root, host=clinic.host, token=tokens["access_token"])
    clinic.refresh_token = tokens["refresh_token"]
    return clinic


def fill(clinic: Clinic) -> None:
    """Twin data: every clinic gets the same patients, but for its canary and what only it knows."""
    patients = [clinic.new_patient(name=name) for name in ("Asha Rao", "Vikram Shetty", "Fatima Khan")]
    patients.append(clinic.new_patient(name=f"{clinic.word} Pillai", phone=clinic.phone))
    archived = clinic.new_patient(name=f"{clinic.word} Menon", phone=clinic.phone)
    at = f"/api/v1/patients/{archived['id']}"
    expect(clinic.client.delete(at), 204)
    patients.append(expect(clinic.client.get(at), 200).json())
    clinic.objects["patients"] = patients
    clinic.file = clinic.new_file()
    expect(clinic.client.patch(ORGANIZATION, {"logo": clinic.new_file()["id"]}), 200)
    clinic.domain = expect(clinic.client.post(DOMAINS, {"domain": f"own.{clinic.canary}.example"}), 201).json()
