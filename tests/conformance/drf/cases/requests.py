"""Points 27, 29, 52 and 59: addresses, the order in which a request is judged, OPTIONS, and what teams add."""

from case import Case, send, step

WHOLE = {"code": "ZZ1", "name": "Lamp"}

ADDRESSES = [
    send(27, "a slash at the end", "GET", "/gadgets/"),
    send(27, "a slash after the id", "GET", "/gadgets/{AA1}/"),
    send(27, "two slashes", "GET", "//gadgets"),
    send(27, "capitals", "GET", "/Gadgets"),
    send(27, "an unknown resource", "GET", "/widgets"),
    send(27, "a suffix for the format", "GET", "/gadgets.json", differs="no-suffixes"),
    send(27, "a suffix on one", "GET", "/gadgets/{AA1}.json", differs="no-suffixes"),
    send(27, "the root lists what there is", "GET", "/", differs="no-root"),
]

ORDER = [
    send(29, "nobody, and a wrong body", "POST", "/gadgets", {}, who="nobody"),
    send(29, "nobody, and a broken body", "POST", "/gadgets", raw=b"{", who="nobody"),
    send(29, "nobody, and an unknown object", "GET", "/gadgets/none", who="nobody"),
    send(29, "nobody, and a body of another type", "POST", "/gadgets", raw=b"<a/>", who="nobody",
         headers={"Content-Type": "application/xml"}, differs="type-before-sign-in"),
    send(29, "nobody, and a method that is not there", "DELETE", "/gadgets", who="nobody",
         differs="method-before-sign-in"),
    send(29, "nobody, and an answer that cannot be", "GET", "/gadgets", who="nobody",
         headers={"Accept": "application/xml"}),
    send(29, "not allowed, and a wrong body", "POST", "/gadgets", {}, who="reader"),
    send(29, "not allowed, and a broken body", "POST", "/gadgets", raw=b"{", who="reader"),
    send(29, "not allowed, and an unknown object", "PATCH", "/gadgets/none", {}, who="reader"),
    send(29, "not allowed, and a body of another type", "POST", "/gadgets", raw=b"<a/>", who="reader",
         headers={"Content-Type": "application/xml"}, differs="type-before-sign-in"),
    send(29, "an answer that cannot be, before all else", "GET", "/gadgets/none",
         headers={"Accept": "application/xml"}),
    send(29, "an unknown object before a body of another type", "PATCH", "/gadgets/none", raw=b"<a/>",
         headers={"Content-Type": "application/xml"}, differs="type-before-sign-in"),
]

OPTIONS = [
    send(52, "OPTIONS of the list", "OPTIONS", "/gadgets"),
    send(52, "OPTIONS of one", "OPTIONS", "/gadgets/{AA1}", differs="options-put"),
    send(52, "OPTIONS of one who may only look", "OPTIONS", "/gadgets", who="reader"),
    send(52, "OPTIONS of nobody", "OPTIONS", "/gadgets", who="nobody", differs="options-open"),
    send(52, "OPTIONS of an unknown address", "OPTIONS", "/widgets"),
]

ADDED = [
    send(59, "If-Match of the newest", "PATCH", "/gadgets/{made}", {"stock": 5}, given={},
         headers={"If-Match": '"1"'}),
    send(59, "If-Match of an older one", "PATCH", "/gadgets/{made}", {"stock": 5}, given={},
         headers={"If-Match": '"0"'}, differs="if-match"),
    send(59, "If-Match of an older one on DELETE", "DELETE", "/gadgets/{made}", given={},
         headers={"If-Match": '"0"'}, differs="if-match-delete"),
    send(59, "If-None-Match of the newest", "GET", "/gadgets/{made}", given={},
         then=(step("GET", "/gadgets/{made}", headers={"If-None-Match": "{etag}"}),), differs="if-none-match"),
    send(59, "the same Idempotency-Key twice", "POST", "/gadgets", WHOLE, headers={"Idempotency-Key": "a"},
         then=(step("POST", "/gadgets", WHOLE, headers={"Idempotency-Key": "a"}),), differs="idempotency-key"),
    send(59, "an Idempotency-Key with another body", "POST", "/gadgets", WHOLE, headers={"Idempotency-Key": "b"},
         then=(step("POST", "/gadgets", {**WHOLE, "stock": 5}, headers={"Idempotency-Key": "b"}),),
         differs="idempotency-mismatch"),
    send(59, "restore what was destroyed", "DELETE", "/gadgets/{made}", given={},
         then=(step("POST", "/gadgets/{made}/restore", {}),), differs="restore"),
    send(59, "a call from another site", "POST", "/gadgets", WHOLE, headers={"Origin": "https://evil.example"},
         differs="cross-site"),
]

CASES: list[Case] = [*ADDRESSES, *ORDER, *OPTIONS, *ADDED]
