"""All cases, by the points of the checklist."""

from case import Case
from cases import (
    access, actions, collections, errors, fields, files, forms, lists, lookups, many, negotiation, nested, numbers, objects,
    pages, projections, references, requests, serializers, states, texts, writes,
)  # fmt: skip

CASES: list[Case] = [
    *fields.CASES,
    *texts.CASES,
    *forms.CASES,
    *files.CASES,
    *numbers.CASES,
    *collections.CASES,
    *serializers.CASES,
    *references.CASES,
    *writes.CASES,
    *many.CASES,
    *nested.CASES,
    *requests.CASES,
    *access.CASES,
    *objects.CASES,
    *actions.CASES,
    *states.CASES,
    *projections.CASES,
    *lists.CASES,
    *lookups.CASES,
    *pages.CASES,
    *negotiation.CASES,
    *errors.CASES,
]
