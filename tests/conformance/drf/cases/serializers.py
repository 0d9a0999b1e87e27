"""Points 11 and 13 to 21: serializers."""

from case import UNSET, Case, change, create, replace, send, step
from stock import BATCH

COMPUTED = [
    create(11, "a computed field is answered", {"name": "Lamp"}),
    create(11, "a computed field is not taken", {"label": "mine"}),
    change(11, "a computed field follows", {"name": "Bell"}),
    create(11, "what is fixed at creation is taken then", {"code": "ZZ9"}),
    change(11, "what is fixed at creation cannot change", {"code": "ZZ2"}),
    change(11, "what is fixed at creation may be repeated", {"code": "ZZ1"}),
    replace(11, "PUT cannot change it", {"code": "ZZ2", "name": "Lamp"}),
    replace(11, "PUT may repeat it", {"code": "ZZ1", "name": "Lamp"}),
    replace(11, "PUT need not repeat it", {"name": "Lamp"}),
]

ORDER = [
    create(13, "all wrong fields are told at once", {"name": "x", "stock": -1, "colour": "pink", "email": "a",
                                                     "made_on": "x", "batch": "x", "fragile": "x"}),
    create(13, "wrong and missing together", {"name": UNSET, "stock": -1}),
    create(13, "the whole is looked at when all fields are right", {"fragile": True, "stock": 101}),
    create(13, "the whole is not looked at while a field is wrong", {"fragile": True, "stock": 101, "name": "x"}),
    create(13, "the whole that is right", {"fragile": True, "stock": 100}),
    change(13, "PATCH looks at the merged whole", {"fragile": True}, {"stock": 101}),
    change(13, "PATCH looks at the other side of it", {"stock": 101}, {"fragile": True}),
    change(13, "PATCH that makes it right", {"stock": 10, "fragile": True}, {"stock": 101}),
    change(13, "PATCH: a wrong field before the whole", {"fragile": True, "name": ""}, {"stock": 101}),
    replace(13, "PUT looks at the whole", {"code": "ZZ1", "name": "Lamp", "fragile": True, "stock": 101}),
]

BODIES = [
    send(14, "a list for an object", "PUT", "/gadgets/{made}", [], given={}),
    send(14, "a text for an object", "POST", "/gadgets", "Lamp"),
    send(14, "a number for an object", "POST", "/gadgets", 5),
    send(14, "a fraction for an object", "POST", "/gadgets", 5.5),
    send(14, "true for an object", "POST", "/gadgets", True),
    send(14, "null for an object", "POST", "/gadgets", None),
    send(14, "a list on PATCH", "PATCH", "/gadgets/{made}", [{}], given={}),
    send(14, "null on PATCH", "PATCH", "/gadgets/{made}", None, given={}),
    send(14, "a text on PUT", "PUT", "/gadgets/{made}", "Lamp", given={}),
    send(14, "an empty object", "POST", "/gadgets", {}),
    send(14, "an empty object on PUT", "PUT", "/gadgets/{made}", {}, given={}),
    send(14, "an empty object on PATCH", "PATCH", "/gadgets/{made}", {}, given={}),
]

# Point 15: what the model says is what the endpoint checks, in the words of both.
DERIVED = [
    create(15, "the model's length", {"note": "x" * 101}),
    create(15, "the model's length is enough", {"note": "x" * 100}),
    create(15, "the model's choices", {"colour": "black"}),
    create(15, "the model's range", {"stock": 5000}),
    create(15, "what may be null may be left out", {"email": UNSET}),
]

UNIQUE = [
    create(16, "a value that is taken", {"code": "AA1"}, differs="unique-words"),
    create(16, "a value that is free", {"code": "ZZ8"}),
    create(16, "taken, and another field wrong", {"code": "AA1", "stock": -1}, differs="unique-by-constraint"),
    send(16, "taken a moment ago", "POST", "/gadgets", {"code": "ZZ5", "name": "Lamp"},
         then=(step("POST", "/gadgets", {"code": "ZZ5", "name": "Bell"}),), differs="unique-words"),
    create(16, "the blanks around do not make it free", {"code": " AA1 "}, differs="unique-words"),
]

PARTIAL = [
    replace(17, "PUT of all that is required", {"code": "ZZ1", "name": "Bell"}),
    replace(17, "PUT without what is required", {"stock": 5}),
    replace(17, "PUT with null for what is required", {"code": "ZZ1", "name": None}),
    replace(17, "PUT of every field", {"code": "ZZ1", "name": "Bell", "colour": "red", "stock": 5, "fragile": True,
                                       "made_on": "2026-01-01", "sold_at": "2026-01-01T00:00:00.000001Z",
                                       "batch": BATCH, "email": "a@example.org", "note": "n", "keyword": "k"}),
    replace(17, "PUT leaves out what is nullable", {"code": "ZZ1", "name": "Bell"}, {"note": "there"},
            differs="put-replaces-text"),
    replace(17, "PUT leaves out what has a default", {"code": "ZZ1", "name": "Bell"}, {"stock": 9, "fragile": True},
            differs=("put-replaces-number", "put-replaces-boolean")),
    replace(17, "PUT with null empties", {"code": "ZZ1", "name": "Bell", "note": None}, {"note": "there"}),
    replace(17, "PUT collects all errors", {"stock": -1, "colour": "pink"}),
    change(17, "PATCH of one field leaves the others", {"stock": 5}, {"note": "there", "colour": "red"}),
    change(17, "PATCH of nothing", {}, {"note": "there"}),
    change(17, "PATCH of two fields", {"stock": 5, "colour": "blue"}, {"note": "there"}),
    change(17, "PATCH needs no required field", {"colour": "blue"}),
    change(17, "PATCH checks what it has", {"stock": -5, "colour": "pink"}),
    change(17, "PATCH: absent is not null", {"colour": "blue"}, {"email": "a@example.org"}),
    change(17, "PATCH: null is not absent", {"email": None}, {"email": "a@example.org"}),
    change(17, "PATCH that changes nothing", {"stock": 5}, {"stock": 5}),
    change(17, "a wrong PATCH changes nothing", {"stock": 7, "colour": "pink"}, {"stock": 5}),
]

LINKS = [
    create(21, "create answers Location", {}),
    send(21, "the object's own address", "POST", "/gadgets", {"code": "ZZ1", "name": "Lamp"}, drf="/linked",
         differs=("no-url-field", "location-is-a-path")),
]

CASES: list[Case] = [*COMPUTED, *ORDER, *BODIES, *DERIVED, *UNIQUE, *PARTIAL, *LINKS]
