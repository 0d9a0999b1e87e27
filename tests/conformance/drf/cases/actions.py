"""Point 25: actions beside the standard ones, with an input and a permission of their own."""

from case import Case, send, step

NOWHERE = "/gadgets/00000000-0000-7000-8000-000000000000/restock"
RESTOCK = "/gadgets/{made}/restock"
CLEAR = "/gadgets/clear"
SHELVED = {"shelf": "A", "place": 1, "stock": 5}

ON_OBJECTS = [
    send(25, "an action changes the object", "POST", RESTOCK, {"amount": 5}, given={"stock": 2},
         then=(step("GET", "/gadgets/{made}"),)),
    send(25, "an action takes more than one field", "POST", RESTOCK, {"amount": 5, "reason": "spring"}, given={}),
    send(25, "null for a field of an action that may be left out", "POST", RESTOCK, {"amount": 5, "reason": None},
         given={}),
    send(25, "an action without what it needs", "POST", RESTOCK, {}, given={}),
    send(25, "null for what an action needs", "POST", RESTOCK, {"amount": None}, given={}),
    send(25, "an action with a wrong value", "POST", RESTOCK, {"amount": 0}, given={}),
    send(25, "an action with two wrong values", "POST", RESTOCK, {"amount": 101, "reason": "x" * 21}, given={}),
    send(25, "an action with a list", "POST", RESTOCK, [], given={}),
    send(25, "an action with a broken body", "POST", RESTOCK, raw=b"{", given={}),
    send(25, "an action with another type of body", "POST", RESTOCK, raw=b"<a/>", given={},
         headers={"Content-Type": "application/xml"}),
    send(25, "an action that does not know a field", "POST", RESTOCK, {"amount": 5, "amout": 6}, given={},
         differs="unknown-fields"),
    send(25, "an action's own error", "POST", RESTOCK, {"amount": 5}, given={"stock": 999}),
    send(25, "the object's rules hold after an action", "POST", RESTOCK, {"amount": 5},
         given={"stock": 98, "fragile": True}, differs="rules-hold"),
    send(25, "an action of nobody's object", "POST", NOWHERE, {"amount": 5}),
    send(25, "an action of nobody's object with a wrong body", "POST", NOWHERE, {}),
    send(25, "an action that one may not do", "POST", RESTOCK, {"amount": 5}, given={}, who="reader"),
    send(25, "an action that one may not do, with a wrong body", "POST", RESTOCK, {}, given={}, who="reader"),
    send(25, "an action of a stranger", "POST", RESTOCK, {"amount": 5}, given={}, who="nobody"),
    send(25, "an action by another method", "GET", RESTOCK, given={}),
    send(25, "an action by PUT", "PUT", RESTOCK, {"amount": 5}, given={}),
    send(25, "OPTIONS of an action", "OPTIONS", RESTOCK, given={}, differs="options-of-actions"),
    send(25, "an action with a hyphen and no input", "POST", "/gadgets/{made}/sell-out", {}, given={"stock": 2}),
    send(25, "an action that nobody declared", "POST", "/gadgets/{made}/explode", {}, given={}),
    send(25, "an action on the list that is one of objects", "POST", "/gadgets/restock", {"amount": 5}),
    send(59, "an action with If-Match of another version", "POST", RESTOCK, {"amount": 5}, given={},
         headers={"If-Match": '"99"'}, differs="if-match"),
    send(59, "an action twice with one Idempotency-Key", "POST", RESTOCK, {"amount": 5}, given={"stock": 2}, times=2,
         headers={"Idempotency-Key": "restock"}, differs="idempotency-action"),
]

ON_LISTS = [
    send(25, "an action on the list", "POST", CLEAR, {"shelf": "A"}, given=SHELVED,
         then=(step("GET", "/gadgets/{made}"),)),
    send(25, "an action on the list that finds nothing", "POST", CLEAR, {"shelf": "B"}, given=SHELVED,
         then=(step("GET", "/gadgets/{made}"),)),
    send(25, "an action on the list without what it needs", "POST", CLEAR, {}),
    send(25, "an action on the list with a wrong value", "POST", CLEAR, {"shelf": "x" * 21}),
    send(25, "an action on the list with an empty text", "POST", CLEAR, {"shelf": " "}),
    send(25, "an action on the list with a broken body", "POST", CLEAR, raw=b"{"),
    send(25, "an action on the list that one may not do", "POST", CLEAR, {"shelf": "A"}, who="reader"),
    send(25, "an action on the list that one may not do, with a wrong body", "POST", CLEAR, {}, who="reader"),
    send(25, "an action on the list of a stranger", "POST", CLEAR, {"shelf": "A"}, who="nobody"),
    send(25, "an action on the list by PUT", "PUT", CLEAR, {"shelf": "A"}),
    send(25, "an action on the list by GET", "GET", CLEAR),
    send(25, "OPTIONS of an action on the list", "OPTIONS", CLEAR, differs="options-of-actions"),
]

CASES: list[Case] = [*ON_OBJECTS, *ON_LISTS]
