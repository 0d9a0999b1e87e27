"""Points 22 to 26: the statuses of the actions, look-ups, methods."""

from case import Case, create, send, step
from stock import BATCH

NOWHERE = "/gadgets/00000000-0000-7000-8000-000000000000"
WHOLE = {"code": "ZZ1", "name": "Lamp"}

ACTIONS = [
    send(22, "list", "GET", "/gadgets"),
    send(22, "create, then retrieve", "POST", "/gadgets", WHOLE, then=(step("GET", "/gadgets/{new}"),)),
    send(22, "retrieve", "GET", "/gadgets/{AA1}"),
    send(22, "update answers the whole object", "PUT", "/gadgets/{made}", {**WHOLE, "name": "Bell"}, given={}),
    send(22, "partial update answers the whole object", "PATCH", "/gadgets/{made}", {"name": "Bell"}, given={}),
    send(22, "destroy", "DELETE", "/gadgets/{made}", given={}),
    send(22, "destroy, then list", "DELETE", "/gadgets/{made}", given={}, then=(step("GET", "/gadgets"),)),
    send(22, "destroy, then retrieve", "DELETE", "/gadgets/{made}", given={},
         then=(step("GET", "/gadgets/{made}"),), differs="archive"),
    send(22, "destroy, then update", "DELETE", "/gadgets/{made}", given={},
         then=(step("PATCH", "/gadgets/{made}", {"name": "Bell"}),), differs="archive"),
    send(22, "destroy twice", "DELETE", "/gadgets/{made}", given={},
         then=(step("DELETE", "/gadgets/{made}"),), differs="archive-twice"),
    send(22, "destroy frees a unique value", "DELETE", "/gadgets/{made}", given={},
         then=(step("POST", "/gadgets", WHOLE),), differs="archive-keeps-names"),
    send(22, "destroy with an empty object", "DELETE", "/gadgets/{made}", {}, given={}),
]

NOT_THERE = [
    send(23, "retrieve nobody's", "GET", NOWHERE),
    send(23, "update nobody's", "PUT", NOWHERE, WHOLE),
    send(23, "partial update of nobody's", "PATCH", NOWHERE, {"name": "Bell"}),
    send(23, "destroy nobody's", "DELETE", NOWHERE),
    send(23, "nobody's before a wrong body", "PATCH", NOWHERE, {"stock": -1}),
    send(23, "nobody's before a broken body", "PATCH", NOWHERE, raw=b"{"),
    send(23, "a filter of the list hides one object", "GET", "/gadgets/{AA1}", query="colour=blue",
         differs="filters-of-lists"),
]

LOOKUPS = [
    send(24, "an id that is none", "GET", "/gadgets/none"),
    send(24, "an id in capitals", "GET", "/gadgets/" + BATCH.upper()),
    send(24, "an id cut short", "GET", "/gadgets/{AA1}x"),
    send(24, "an id with a dot", "GET", "/gadgets/a.b"),
    send(24, "an id with a slash", "GET", "/gadgets/a/b"),
    send(24, "an id with an escaped slash", "GET", "/gadgets/a%2Fb"),
    send(24, "an id that is no UTF-8", "GET", "/gadgets/%FF"),
    send(24, "PATCH of an id that is none", "PATCH", "/gadgets/none", {"name": "Bell"}),
    send(24, "DELETE of an id that is none", "DELETE", "/gadgets/none"),
]

METHODS = [
    send(26, "HEAD of the list", "HEAD", "/gadgets"),
    send(26, "HEAD of one", "HEAD", "/gadgets/{AA1}"),
    send(26, "HEAD of nobody's", "HEAD", NOWHERE),
    send(26, "PUT on the list", "PUT", "/gadgets", WHOLE),
    send(26, "PATCH on the list", "PATCH", "/gadgets", {}),
    send(26, "DELETE on the list", "DELETE", "/gadgets"),
    send(26, "POST on one", "POST", "/gadgets/{AA1}", WHOLE),
    send(26, "POST on nobody's", "POST", NOWHERE, WHOLE),
    send(26, "GET where only POST is", "GET", "/auth/token"),
    send(26, "TRACE", "TRACE", "/gadgets", differs="methods-of-http"),
    send(26, "a method of one's own", "BREW", "/gadgets", differs="methods-of-http"),
    send(26, "a method in small letters", "get", "/gadgets", differs="methods-have-case"),
]

CASES: list[Case] = [*ACTIONS, *NOT_THERE, *LOOKUPS, *METHODS]
