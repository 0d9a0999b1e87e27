"""Ids of seeded rows: UUIDs that end in a decimal number, so that pgbench, which knows numbers only, can make them."""

from __future__ import annotations

BASE = 100_000_000_000
STRIDE = 1_000_000  # more than any tenant has patients
TENANT_PREFIX = "01939f0e-0000-7000-8000-"
PATIENT_PREFIX = "01939f0e-0000-7000-8001-"
HOUSEHOLD_PREFIX = "01939f0e-0000-7000-8002-"
USER_PREFIX = "01939f0e-0000-7000-8003-"


def tenant_id(tenant: int) -> str:
    return f"{TENANT_PREFIX}{BASE + tenant}"


def patient_id(tenant: int, patient: int) -> str:
    return f"{PATIENT_PREFIX}{BASE + tenant * STRIDE + patient}"


def slug(tenant: int) -> str:
    return f"clinic-{tenant:06d}"
