"""Point 12: references by another key than the id, Django REST Framework's SlugRelatedField."""

from case import Case, send, step

AT = {"given_at": "/purchases"}
LIST = "/purchases"
MADE = "/purchases/{made}"
LOOK = (step("GET", MADE),)
OF_M1 = {"code": "P1", "maker": "M1"}
OF_NOBODY = {"code": "P1"}

WRITING = [
    send(12, "a reference by its key", "POST", LIST, OF_M1, then=(step("GET", "/purchases/{new}"),)),
    send(12, "no reference by key", "POST", LIST, OF_NOBODY),
    send(12, "null for a reference by key", "POST", LIST, {"code": "P1", "maker": None}),
    send(12, "a reference by a key that nobody has", "POST", LIST, {"code": "P1", "maker": "M9"}, differs="slug-words"),
    send(12, "a reference by a key in small letters", "POST", LIST, {"code": "P1", "maker": "m1"},
         differs="slug-words"),
    send(12, "a reference by the id where a key is kept", "POST", LIST, {"code": "P1", "maker": "{maker}"},
         differs="slug-too-long"),
    send(12, "a reference by a number", "POST", LIST, {"code": "P1", "maker": 7}, differs="slug-of-no-text"),
    send(12, "a reference by a list", "POST", LIST, {"code": "P1", "maker": ["M1"]}, differs="slug-of-no-text"),
    send(12, "a reference by an object", "POST", LIST, {"code": "P1", "maker": {"code": "M1"}},
         differs="slug-of-no-text"),
    send(12, "a wrong reference beside another fault", "POST", LIST, {"code": "P1", "maker": "M9", "quantity": 0},
         differs="slug-by-constraint"),
    send(12, "a reference by key is made by PATCH", "PATCH", MADE, {"maker": "M1"}, given=OF_NOBODY, then=LOOK, **AT),
    send(12, "a reference by key is taken back", "PATCH", MADE, {"maker": None}, given=OF_M1, then=LOOK, **AT),
    send(12, "a reference by key stays where PATCH says nothing", "PATCH", MADE, {"quantity": 9}, given=OF_M1,
         then=LOOK, **AT),
    send(12, "a wrong reference by PATCH", "PATCH", MADE, {"maker": "M9"}, given=OF_M1, then=LOOK, **AT,
         differs="slug-words"),
    send(12, "a reference by key by PUT", "PUT", MADE, OF_M1, given=OF_NOBODY, then=LOOK, **AT),
    send(12, "a wrong reference by PUT", "PUT", MADE, {"code": "P1", "maker": "M9"}, given=OF_M1, **AT,
         differs="slug-words"),
]

FILTERING = [
    send(41, "a filter by the key of a reference", "GET", LIST, query={"maker": "M1"}, given=OF_M1, **AT),
    send(41, "a filter by the key of a reference that nothing has", "GET", LIST, query={"maker": "M1"},
         given=OF_NOBODY, **AT),
    send(41, "a filter by a key that nobody has", "GET", LIST, query={"maker": "M9"}, given=OF_M1, **AT),
    send(41, "a filter by several keys", "GET", LIST, query={"maker__in": "M9,M1"}, given=OF_M1, **AT),
    send(41, "a filter by several keys that nobody has", "GET", LIST, query={"maker__in": "M8,M9"}, given=OF_M1, **AT),
    send(41, "those with a reference by key", "GET", LIST, query={"maker__isnull": "false"}, given=OF_M1, **AT),
    send(41, "those without a reference by key", "GET", LIST, query={"maker__isnull": "true"}, given=OF_M1, **AT),
    send(41, "those without, where there is one", "GET", LIST, query={"maker__isnull": "true"}, given=OF_NOBODY, **AT),
]

CASES: list[Case] = [*WRITING, *FILTERING]
