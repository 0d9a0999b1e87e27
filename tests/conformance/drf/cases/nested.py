"""Point 18: objects within objects: lists of children, read and written with their parent, and references expanded."""

from case import Case, send, step

LIST = "/kits"
NEW = "/kits/{new}"
KIT = {"code": "K1", "name": "Box"}
BOLT = {"code": "bolt", "place": 1}
NUT = {"code": "nut", "place": 2, "quantity": 3}
BOX = {**KIT, "parts": [BOLT, NUT]}
SEEN = (step("GET", NEW),)


def made(title: str, body: dict, **rest) -> Case:
    """POST of a kit, then a look at it."""
    return send(18, title, "POST", LIST, body, then=SEEN, **rest)


def written(title: str, method: str, body, given: dict = BOX, who: str = "", **rest) -> Case:
    """A kit is made, then written, then looked at."""
    return send(18, title, "POST", LIST, given, then=(step(method, NEW, body, who=who), *SEEN), **rest)


READ = [
    made("a parent with its children", BOX),
    made("children come in their order", {**KIT, "parts": [NUT, BOLT, {"code": "cap", "place": 0}]}),
    made("a parent without children", KIT),
    made("an empty list of children", {**KIT, "parts": []}),
    made("children with every kind of value", {**KIT, "parts": [{**BOLT, "quantity": 99, "note": "short"}, NUT]}),
    send(18, "a list of parents with their children", "POST", LIST, BOX,
         then=(step("POST", LIST, {**BOX, "code": "K2"}), step("POST", LIST, {**KIT, "code": "K3"}),
               step("GET", LIST))),
    send(18, "children for one who may look only", "POST", LIST, BOX, then=(step("GET", NEW, who="reader"),)),
    send(18, "children for one who may not look", "POST", LIST, BOX, then=(step("GET", NEW, who="outsider"),)),
    send(18, "an empty list of parents", "GET", LIST),
]

EXPANDED = [
    send(18, "a reference is expanded on demand", "POST", LIST, {**BOX, "maker_id": "{maker}"},
         then=(step("GET", NEW, query={"expand": "maker"}), step("GET", LIST, query={"expand": "maker"}),
               step("GET", NEW))),
    send(18, "a reference to nothing is expanded", "POST", LIST, KIT, then=(step("GET", NEW, query={"expand": "maker"}),)),
    send(18, "an expansion that nobody knows", "POST", LIST, KIT, then=(step("GET", NEW, query={"expand": "owner"}),),
         differs="expand-unknown"),
]

WRITTEN = [
    written("children are changed, made and removed", "PATCH",
            {"parts": [{"id": "{part0}", "quantity": 9}, {"code": "cap", "place": 3}]}),
    written("a child is changed", "PATCH", {"parts": [{"id": "{part0}", "quantity": 9}, {"id": "{part1}"}]}),
    written("a field of a child is emptied", "PATCH", {"parts": [{"id": "{part0}", "note": None}]},
            {**KIT, "parts": [{**BOLT, "note": "short"}]}),
    written("a child is made", "PATCH", {"parts": [{"id": "{part0}"}, {"id": "{part1}"}, {"code": "cap", "place": 3}]}),
    written("a child is removed", "PATCH", {"parts": [{"id": "{part1}"}]}),
    written("all children are removed", "PATCH", {"parts": []}),
    written("a change of the parent leaves the children", "PATCH", {"name": "Chest"}),
    written("parent and children are changed", "PATCH", {"name": "Chest", "parts": [{"id": "{part0}", "code": "screw"}]}),
    written("a parent is replaced with its children", "PUT",
            {**KIT, "name": "Chest", "parts": [{"id": "{part0}", **BOLT, "quantity": 5}, {"code": "cap", "place": 3}]}),
    written("a parent is replaced without children", "PUT", KIT),
    written("a child is replaced", "PUT", {**KIT, "parts": [{"id": "{part1}", "code": "nut"}]}, differs="put-replaces-child"),
    written("children by one who may look only", "PATCH", {"parts": []}, who="reader"),
    written("the ids of children are read, not given", "PATCH", {"parts": [{"id": "{part0}", "kit_id": "{maker}"}]}),
]

REFUSED = [
    made("children are null", {**KIT, "parts": None}),
    made("children are an object", {**KIT, "parts": BOLT}, differs="children-as-a-whole"),
    made("children are a text", {**KIT, "parts": "bolt"}, differs="children-as-a-whole"),
    made("a child is a number", {**KIT, "parts": [BOLT, 7]}),
    made("a child is null", {**KIT, "parts": [BOLT, None]}, differs="child-null"),
    made("a child is a list", {**KIT, "parts": [[BOLT]]}),
    made("a child without what it needs", {**KIT, "parts": [BOLT, {"place": 2}]}),
    made("children with wrong fields", {**KIT, "parts": [{**BOLT, "quantity": 0}, NUT, {"code": "x" * 21, "place": 9}]}),
    made("parent and children are wrong", {"code": "K1", "weight": -1, "parts": [{**BOLT, "quantity": 100}]}),
    made("more children than may be", {**KIT, "parts": [BOLT] * 21}, differs="children-as-a-whole"),
    made("as many children as may be", {**KIT, "parts": [{**BOLT, "place": n} for n in range(20)]}),
    made("a child with a field that nobody knows", {**KIT, "parts": [{**BOLT, "nothing": 1}]}, differs="unknown-fields"),
    made("a new child has an id", {**KIT, "parts": [{**BOLT, "id": "{maker}"}]}),
    written("a child without what it needs in a change", "PATCH", {"parts": [{"place": 2}]}),
    written("a child that does not exist", "PATCH", {"parts": [{"id": "{maker}", "quantity": 9}]}),
    written("a child's id is none", "PATCH", {"parts": [{"id": "seven", "quantity": 9}]}),
    written("one of the children is wrong", "PATCH",
            {"name": "Chest", "parts": [{"id": "{part0}", "quantity": 9}, {"id": "{part1}", "quantity": 0}]}),
    send(18, "a child of another parent", "POST", LIST, BOX,
         then=(step("POST", LIST, {**KIT, "code": "K2"}), step("PATCH", NEW, {"parts": [{"id": "{part0}"}]}), *SEEN)),
]

CASES: list[Case] = [*READ, *EXPANDED, *WRITTEN, *REFUSED]
