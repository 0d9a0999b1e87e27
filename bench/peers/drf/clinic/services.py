"""What a write does beside the row of the patient. Called inside the request's transaction."""

import secrets
import uuid
from datetime import date

from django.db import connection
from django.utils import timezone

from clinic.access import Principal
from clinic.calendar import age_on, estimated_birthday
from clinic.models import AuditEntry, Patient, PatientToken
from clinic.words import fold, tokens_of


def register(principal: Principal, data: dict, today: date, audit: dict) -> Patient:
    patient = drafted(principal, data, today)
    if patient.phone:
        patient.household_id = household_of(principal.tenant_id, patient.phone)
    patient.number = next_number(principal.tenant_id)
    patient.save(force_insert=True)
    record(principal, "patients.create", patient, {}, audit)
    add_tokens(patient, tokens_of(patient.name, patient.phone))
    return patient


def register_bare(principal: Principal, data: dict, today: date) -> Patient:
    patient = drafted(principal, data, today)
    patient.number = secrets.randbits(53)
    patient.save(force_insert=True)
    return patient


def change(principal: Principal, patient: Patient, data: dict, today: date, audit: dict) -> None:
    before = tokens_of(patient.name, patient.phone)
    changed = apply(patient, data, today)
    if not changed:
        return
    if "phone" in changed:
        patient.household_id = household_of(patient.tenant_id, patient.phone) if patient.phone else None
    save_changes(patient, changed | ({"household_id"} if "phone" in changed else set()))
    record(principal, "patients.update", patient, {"fields": sorted(changed)}, audit)
    after = tokens_of(patient.name, patient.phone)
    if gone := before - after:
        PatientToken.objects.of(patient.tenant_id).filter(object_id=patient.id, token__in=gone).delete()
    if new := after - before:
        add_tokens(patient, new)


def change_bare(patient: Patient, data: dict, today: date) -> None:
    if changed := apply(patient, data, today):
        save_changes(patient, changed)


def drafted(principal: Principal, data: dict, today: date) -> Patient:
    patient = Patient(tenant_id=principal.tenant_id)
    apply(patient, data, today)
    patient.updated_at = patient.created_at
    return patient


def apply(patient: Patient, data: dict, today: date) -> set[str]:
    """Sets the fields; the names of those that differ now."""
    values = {name: value for name, value in data.items() if name not in ("age", "date_of_birth")}
    if "name" in values:
        values["name_sort"] = fold(values["name"])
    values |= birthday(patient, data, today)
    changed = {name for name, value in values.items() if getattr(patient, name) != value}
    for name in changed:
        setattr(patient, name, values[name])
    return changed


def birthday(patient: Patient, data: dict, today: date) -> dict:
    if data.get("date_of_birth") is not None:
        return {"born_on": data["date_of_birth"], "dob_precision": "day"}
    age = data.get("age")
    # An age that is so already says nothing new, and the estimate must not drift.
    if age is None or (patient.dob_precision == "estimated" and age_on(today, patient.born_on) == age):
        return {}
    return {"born_on": estimated_birthday(today, age), "dob_precision": "estimated"}


def save_changes(patient: Patient, changed: set[str]) -> None:
    patient.version += 1
    patient.updated_at = timezone.now()
    patient.save(update_fields=[*changed, "version", "updated_at"])


def next_number(tenant_id: uuid.UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into counter as c (tenant_id, name, value) values (%s, 'patient', 1) "
            "on conflict (tenant_id, name) do update set value = c.value + 1 returning value",
            [tenant_id],
        )
        return cursor.fetchone()[0]


def household_of(tenant_id: uuid.UUID, phone: str) -> uuid.UUID:
    """Found or made in one statement, also when two requests make it at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into household (tenant_id, id, phone_e164) values (%s, %s, %s) "
            "on conflict (tenant_id, phone_e164) do update set phone_e164 = excluded.phone_e164 returning id",
            [tenant_id, uuid.uuid4(), phone],
        )
        return cursor.fetchone()[0]


def record(principal: Principal, action: str, patient: Patient, changes: dict, audit: dict) -> None:
    AuditEntry(
        tenant_id=principal.tenant_id,
        actor_id=principal.standing.user_id,
        session_id=principal.session_id,
        action=action,
        object_type="patient",
        object_id=patient.id,
        changes=changes,
        **audit,
    ).save(force_insert=True)


def add_tokens(patient: Patient, tokens: set[str]) -> None:
    rows = [PatientToken(tenant_id=patient.tenant_id, token=token, object_id=patient.id) for token in tokens]
    PatientToken.objects.bulk_create(rows, ignore_conflicts=True)
