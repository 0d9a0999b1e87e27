"""Points 4 and 12: URLs, slugs, addresses, references."""

from case import Case, change, create, send, step
from stock import BATCH

URLS = [
    *(create(4, f"URL {url}", {"website": url})
      for url in ("https://example.org", "http://example.org/a/b?c=d#e", "https://example.org:8443/",
                  "http://localhost:8000/", "http://127.0.0.1/", "http://[::1]/", "HTTPS://EXAMPLE.ORG/")),
    *(create(4, f"no URL: {url!r}", {"website": url})
      for url in ("example.org", "//example.org", "https://", "https:/example.org", "javascript:alert(1)",
                  "mailto:a@example.org", "https://exa mple.org", "https://-example.org", "http://example",
                  "https://example.org:port/", "http://256.1.1.1/")),
    create(4, "a URL with blanks around", {"website": " https://example.org/ "}),
    create(4, "a file-transfer URL", {"website": "ftp://example.org/a"}, differs="web-urls"),
    create(4, "a URL with a password", {"website": "https://a:b@example.org/"}, differs="web-urls"),
    create(4, "a URL of another script", {"website": "https://müller.example/"}, differs="web-urls"),
    create(4, "an empty URL", {"website": ""}),
    create(4, "a URL that is too long", {"website": "https://example.org/" + "a" * 2048}, differs="first-fault"),
]

SLUGS = [
    *(create(4, f"slug {slug}", {"handle": slug}) for slug in ("brass-lamp", "a_b", "A1", "-", "007")),
    *(create(4, f"no slug: {slug!r}", {"handle": slug}) for slug in ("brass lamp", "a.b", "a/b", "ä", "दीपक", "a!")),
    create(4, "a slug with blanks around", {"handle": " lamp "}),
    create(4, "a slug as long as may be", {"handle": "a" * 50}),
    create(4, "a slug that is too long", {"handle": "a" * 51}),
    create(4, "an empty slug", {"handle": ""}),
]

ADDRESSES = [
    *(create(4, f"address {address}", {"address": address})
      for address in ("127.0.0.1", "255.255.255.255", "::1", "2001:db8::1")),
    create(4, "an address with noughts", {"address": "2001:0db8:0000:0000:0000:0000:0000:0001"}),
    create(4, "an address in capitals", {"address": "2001:DB8::A"}),
    create(4, "an IPv4 address in IPv6", {"address": "::ffff:127.0.0.1"}),
    *(create(4, f"no address: {address!r}", {"address": address})
      for address in ("256.0.0.1", "1.2.3", "1.2.3.4.5", "2001:db8", ":::1", "localhost", "1.2.3.4/24", "01.2.3.4")),
    create(4, "an address with a zone", {"address": "fe80::1%eth0"}, differs="addresses-without-zone"),
    create(4, "an empty address", {"address": ""}),
]

REFERENCES = [
    create(12, "a reference", {"maker_id": "{maker}"}),
    create(12, "a reference to nobody", {"maker_id": BATCH}, differs="reference-words"),
    create(12, "a reference to an object of another kind", {"maker_id": "{AA1}"}, differs="reference-words"),
    create(12, "no key at all", {"maker_id": "M1"}),
    create(12, "a number for a key", {"maker_id": 5}, differs="strict-keys"),
    create(12, "a boolean for a key", {"maker_id": True}, differs="strict-keys"),
    create(12, "an object for a key", {"maker_id": {"id": "{maker}"}}),
    create(12, "a list for a key", {"maker_id": ["{maker}"]}),
    create(12, "an empty key", {"maker_id": ""}, differs="empty-key"),
    create(12, "no reference", {"maker_id": None}),
    change(12, "PATCH sets a reference", {"maker_id": "{maker}"}),
    change(12, "PATCH to nobody", {"maker_id": BATCH}, {"maker_id": "{maker}"}, differs="reference-words"),
    change(12, "PATCH takes a reference away", {"maker_id": None}, {"maker_id": "{maker}"}),
    create(12, "a reference to nobody, and another field wrong", {"maker_id": BATCH, "stock": -1},
           differs="reference-by-constraint"),
]

PLACE = {"shelf": "north", "place": 4}

TOGETHER = [
    create(16, "two fields that are unique together", PLACE),
    create(16, "two fields that are taken together", PLACE, given={**PLACE, "code": "ZZ2"}),
    create(16, "one of the two differs", {**PLACE, "place": 5}, given={**PLACE, "code": "ZZ2"}),
    create(16, "one of the two is null", {**PLACE, "place": None}, given={"shelf": "north", "code": "ZZ2"}),
    change(16, "PATCH of both to what is its own", PLACE, PLACE),
    change(16, "PATCH of one keeps the other", {"place": 9}, PLACE),
    send(16, "PATCH of one to what is taken", "POST", "/gadgets", {"code": "ZZ2", "name": "Bell", **PLACE, "place": 5},
         then=(step("PATCH", "/gadgets/{made}", {"place": 5}),), given=PLACE),
    create(16, "taken together, and a field wrong", {**PLACE, "stock": -1}, given={**PLACE, "code": "ZZ2"}),
]

CASES: list[Case] = [*URLS, *SLUGS, *ADDRESSES, *REFERENCES, *TOGETHER]
