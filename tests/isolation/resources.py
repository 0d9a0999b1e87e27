"""What clinics keep: how an object of each resource looks. The cases of its routes follow from that (cases.py)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Callable

from support.clinics import Clinic, expect

Body = Callable[[Clinic], dict]


@dataclass(frozen=True)
class Resource:
    plural: str
    table: str
    body: Body  # a whole one, taken any number of times; its texts hold the clinic's canary
    change: Body
    same: Body  # what two clinics may both send, to the byte but for ids of their own
    # Queries by which another clinic would look for this one's objects.
    probes: Callable[[Clinic], list[dict]] | None = None

    @property
    def path(self) -> str:
        return f"/api/v1/{self.plural}"

    def create(self, clinic: Clinic) -> dict:
        return expect(clinic.client.post(self.path, self.body(clinic)), 201).json()

    def create_archived(self, clinic: Clinic) -> dict:
        made = self.create(clinic)
        expect(clinic.client.delete(f"{self.path}/{made['id']}"), 204)
        return made

    def fill(self, clinic: Clinic) -> None:
        """Those that the clinic has from the start; patients come with it (support/clinics.py)."""
        if self.plural not in clinic.objects:
            clinic.objects[self.plural] = [self.create(clinic), self.create(clinic)]


def patient_probes(clinic: Clinic) -> list[dict]:
    return [
        {"search": clinic.word},
        {"search": clinic.phone},
        {"search": clinic.phone, "archived": "true"},
        {"search": clinic.word, "archived": "true"},
        {"search": clinic.word[:6], "ordering": "name"},
        {"search": clinic.phone[-10:], "sex": "female"},
        {"limit": 100, "ordering": "-number"},
        {"limit": 100, "archived": "true"},
    ]


def some_patient(clinic: Clinic) -> str:
    """The id of one, for what refers to patients."""
    return (clinic.objects.get("patients") or [clinic.new_patient()])[0]["id"]


def some_word() -> str:
    """For what is unique in a clinic."""
    return secrets.token_hex(4)


RESOURCES = [
    Resource(
        "patients",
        "patient",
        body=lambda clinic: clinic.patient_body(),
        change=lambda clinic: {"city": f"Thrissur {clinic.canary}"},
        same=lambda _clinic: {"name": "Same Person", "sex": "other", "age": 30},
        probes=patient_probes,
    ),
]
