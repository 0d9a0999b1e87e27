"""Point 19: many in one request."""

from case import Case, send, step

LIST = "/gadgets"
MADE = (step("GET", "/gadgets", query={"ordering": "code"}),)


def lamps(count: int) -> list[dict]:
    return [{"code": f"ZZ{index}", "name": "Lamp"} for index in range(count)]


CASES: list[Case] = [
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
