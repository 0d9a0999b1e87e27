"""All cases, by the points of the checklist."""

from case import Case
from cases import access, errors, fields, lists, negotiation, pages, requests, serializers, texts, writes

CASES: list[Case] = [
    *fields.CASES,
    *texts.CASES,
    *serializers.CASES,
    *writes.CASES,
    *requests.CASES,
    *access.CASES,
    *lists.CASES,
    *pages.CASES,
    *negotiation.CASES,
    *errors.CASES,
]
