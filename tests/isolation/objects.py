"""What tests of objects and lists have in common."""

from urllib.parse import parse_qs, urlsplit

from support.clinics import expect


def first_cursor(client, path: str) -> str:
    """The cursor of a list's second page of one object."""
    first = expect(client.get(path, query={"limit": 1}), 200).json()
    return parse_qs(urlsplit(first["next"]).query)["cursor"][0]
