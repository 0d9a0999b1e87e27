"""Points 50, 51, 57 and 58: errors, their language, caches."""

from case import Case, send

CASES: list[Case] = [
    send(50, "not_found", "GET", "/gadgets/00000000-0000-7000-8000-000000000001"),
    send(50, "not_found of an unknown address", "GET", "/nothing"),
    send(50, "method_not_allowed", "DELETE", "/gadgets"),
    send(50, "parse_error", "POST", "/gadgets", raw=b"{"),
    send(50, "not_authenticated", "GET", "/gadgets", who="nobody"),
    send(50, "permission_denied", "POST", "/gadgets", {}, who="reader"),
    send(50, "not_acceptable", "GET", "/gadgets", headers={"Accept": "image/gif"}),
    send(50, "unsupported_media_type", "POST", "/gadgets", raw=b"a", headers={"Content-Type": "image/gif"}),
    send(50, "an error for each field", "POST", "/gadgets", {"stock": "x", "colour": 1}, differs="choice-words"),
    send(51, "nothing of the inside is told", "POST", "/gadgets", raw=b'{"code": "ZZ1", "name": "a", "stock": 1e400}', differs="numbers-of-doubles"),
    send(58, "an object is not kept by caches", "GET", "/gadgets/{AA1}"),
    send(58, "a list is not kept by caches", "GET", "/gadgets"),
    send(57, "messages in German", "POST", "/gadgets", {}, headers={"Accept-Language": "de"}, differs="english"),
    send(57, "codes in a language that nobody speaks", "POST", "/gadgets", {}, headers={"Accept-Language": "xx"}),
]
