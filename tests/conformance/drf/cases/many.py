"""Point 19: many in one request."""

from case import Case, send, step

LIST = "/gadgets"
MADE = (step("GET", "/gadgets", query={"ordering": "code"}),)


def lamps(count: int) -> list[dict]:
    return [{"code": f"ZZ{index}", "name": "Lamp"} for index in range(count)]


CREATING = [
    send(19, "a list creates many", "POST", LIST, lamps(3), then=MADE, differs="many-answered"),
    send(19, "a list of one", "POST", LIST, lamps(1), differs="many-answered"),
    send(19, "many of every kind of value", "POST", LIST,
         [{**lamps(1)[0], "price": "12.50", "tags": ["a"], "extra": {"size": 5}, "made_on": "2026-01-05"},
               {**lamps(2)[1], "colour": "red", "maker_id": "{maker}", "margin": 12}], differs="many-answered"),
    send(19, "as many as may be", "POST", LIST, lamps(5), differs="many-answered"),
    send(19, "more than may be", "POST", LIST, lamps(6), then=MADE, differs="many-words"),
    send(19, "an empty list", "POST", LIST, []),
    send(19, "one of many without what it needs", "POST", LIST, [*lamps(2), {"code": "ZZ9"}], then=MADE),
    send(19, "each of many is wrong", "POST", LIST, [{}, {"code": "zz1", "name": "L"}]),
    send(19, "two wrong fields in one of many", "POST", LIST, [*lamps(1), {"code": "ZZ9", "name": "L", "stock": -1}]),
    send(19, "one of many breaks a rule of the whole", "POST", LIST,
         [*lamps(1), {"code": "ZZ9", "name": "Lamp", "fragile": True, "stock": 101}]),
    send(19, "one of many is taken", "POST", LIST, [*lamps(1), {"code": "AA1", "name": "Lamp"}], then=MADE,
         differs="unique-words"),
    send(19, "two of many are the same", "POST", LIST, [*lamps(1), *lamps(1)], differs="many-alike"),
    send(19, "one of many is no object", "POST", LIST, [*lamps(1), 7]),
    send(19, "one of many is null", "POST", LIST, [*lamps(1), None], differs="many-null"),
    send(19, "one of many is a list", "POST", LIST, [*lamps(1), lamps(1)]),
    send(19, "a text for a list", "POST", LIST, "many"),
    send(19, "a wrong element of a list in one of many", "POST", LIST,
         [*lamps(1), {**lamps(2)[1], "tags": ["x" * 11]}]),
    send(19, "one of many has a field that nobody knows", "POST", LIST, [*lamps(1), {**lamps(2)[1], "nothing": 1}],
         differs="unknown-fields"),
    send(19, "what is right of many", "POST", LIST, [*lamps(2), {"code": "ZZ9"}], query={"partial": "true"},
         differs="many-partly"),
    send(19, "many that one may not create", "POST", LIST, lamps(2), who="reader"),
    send(19, "many that one may not create, wrong", "POST", LIST, [{}], who="reader"),
    send(19, "many of a stranger", "POST", LIST, lamps(2), who="nobody"),
    send(19, "many do not show what is hidden", "POST", LIST, lamps(2), who="clerk", differs="many-answered"),
    send(19, "many cannot set what is hidden", "POST", LIST, [{**lamps(1)[0], "margin": 12}], who="clerk",
         differs="unknown-fields"),
    send(19, "PUT of a list", "PUT", LIST, lamps(2)),
]

# One purchase is given, P0.
AT = {"given": {"code": "P0"}, "given_at": "/purchases"}
OTHERS = "/purchases"
NOBODY = "00000000-0000-7000-8000-000000000000"
ALL = (step("GET", OTHERS, query={"ordering": "code"}),)


def changes(title: str, body, differs: str | tuple[str, ...] = (), **rest) -> Case:
    return send(19, title, "PATCH", OTHERS, body, then=ALL, differs=differs, **AT, **rest)


def removes(title: str, body, differs: str | tuple[str, ...] = (), **rest) -> Case:
    return send(19, title, "DELETE", OTHERS, body, then=ALL, differs=differs, **AT, **rest)


def two(change: dict, other: dict) -> list[dict]:
    """A new purchase and the one that was given, changed together."""
    return [{"id": "{new}", **change}, {"id": "{made}", **other}]


def after_another(title: str, method: str, body, differs: str | tuple[str, ...] = ()) -> Case:
    """The same request over the one that is given and one that is made first."""
    return send(19, title, "POST", OTHERS, {"code": "P1"}, then=(step(method, OTHERS, body), *ALL), differs=differs,
                **AT)


CHANGING = [
    changes("many are changed: a list of one", [{"id": "{made}", "quantity": 5}], differs="many-answered"),
    after_another("two of many are changed", "PATCH", two({"quantity": 5}, {"code": "P9"}), differs="many-answered"),
    after_another("one of many to change is wrong, nothing is changed", "PATCH",
                  two({"quantity": 5}, {"quantity": 0})),
    after_another("each of many to change is wrong", "PATCH", two({"quantity": 101}, {"code": None})),
    after_another("what one of many changes is taken", "PATCH", two({"code": "P0"}, {"quantity": 5}),
                  differs="unique-words"),
    after_another("one of many is changed twice", "PATCH",
                  [{"id": "{made}", "quantity": 5}, {"id": "{made}", "quantity": 6}]),
    changes("a change without an id", [{"quantity": 5}]),
    changes("a change with a wrong id", [{"id": "none", "quantity": 5}]),
    changes("a change of nobody's object", [{"id": NOBODY, "quantity": 5}]),
    changes("a change beside one of nobody's object", [{"id": "{made}", "quantity": 5}, {"id": NOBODY}]),
    changes("a change that is no object", [{"id": "{made}"}, 7]),
    changes("an empty list of changes", []),
    changes("more changes than may be", [{"id": "{made}"}] * 6),
    changes("changes that are no list", {"id": "{made}", "quantity": 5}),
    changes("many references by key are changed", [{"id": "{made}", "maker": "M1"}], differs="many-answered"),
    changes("a wrong reference by key among many", [{"id": "{made}", "maker": "M9"}], differs="slug-words"),
    changes("a state is not changed among many", [{"id": "{made}", "status": "placed"}], differs="many-answered"),
    changes("changes that one may not make", [{"id": "{made}", "quantity": 5}], who="reader"),
    changes("changes of a stranger", [{"id": "{made}", "quantity": 5}], who="nobody"),
]

REMOVING = [
    removes("many are removed: a list of one", {"ids": ["{made}"]}, differs="many-archived"),
    after_another("two of many are removed", "DELETE", {"ids": ["{new}", "{made}"]}, differs="many-archived"),
    removes("one of many to remove is nobody's, nothing is removed", {"ids": ["{made}", NOBODY]}),
    removes("one of many to remove is named twice", {"ids": ["{made}", "{made}"]}),
    removes("an empty list to remove", {"ids": []}),
    removes("more to remove than may be", {"ids": ["{made}"] * 6}, differs="many-ids-words"),
    removes("nothing said of what to remove", {}),
    removes("ids that one may not remove", {"ids": ["{made}"]}, who="clerk"),
    removes("ids of a stranger", {"ids": ["{made}"]}, who="nobody"),
    removes("a wrong id to remove", {"ids": ["{made}", "none"]}, differs="many-ids-by-index"),
]

CASES: list[Case] = [*CREATING, *CHANGING, *REMOVING]
