"""Points 20 and 59: which fields there are, by who asks and by what is asked for. Margins are hidden from
some, costs are for some to change."""

from case import BASE, Case, change, create, listed, replace, send, step

ONE = "/gadgets/{AA1}"
SPARSE_ONE = "/sparse/{AA1}"
SEEN_BY_THE_OWNER = (step("GET", "/gadgets/{made}", who="owner"),)

HIDDEN = [
    create(20, "a field for some is taken from them", {"margin": 12}),
    change(20, "a field for some is changed by them", {"margin": 13}, {"margin": 12}),
    send(20, "a field for some is shown to them", "GET", "/gadgets/{made}", given={"margin": 12}),
    send(20, "a field for some is not there for others", "GET", "/gadgets/{made}", given={"margin": 12}, who="reader"),
    listed(20, "a field for some is not there in lists of others", who="reader"),
    create(20, "what others create does not show it", {}, who="clerk"),
    create(20, "others cannot set it", {"margin": 12}, who="clerk", differs="unknown-fields"),
    change(20, "others cannot change it", {"margin": 13}, {"margin": 12}, who="clerk", differs="unknown-fields"),
    send(20, "it outlives what others change", "PATCH", "/gadgets/{made}", {"name": "Bell"}, given={"margin": 12},
         who="clerk", then=SEEN_BY_THE_OWNER),
    send(20, "it outlives what others replace", "PUT", "/gadgets/{made}", {**BASE, "name": "Bell"},
         given={"margin": 12}, who="clerk", then=SEEN_BY_THE_OWNER),
    send(20, "an action of others does not show it", "POST", "/gadgets/{made}/sell-out", {}, given={"margin": 12},
         who="clerk"),
]

READ_ONLY = [
    send(20, "a field that some may only see", "GET", "/gadgets/{made}", given={"cost": 7}, who="clerk"),
    change(20, "they cannot change it", {"cost": 8}, {"cost": 7}, who="clerk", differs="not-theirs-to-write"),
    create(20, "they cannot set it", {"cost": 8}, who="clerk", differs="not-theirs-to-write"),
    change(20, "they may send back what it is", {"name": "Bell", "cost": 7}, {"cost": 7}, who="clerk"),
    change(20, "others may change it", {"cost": 8}, {"cost": 7}),
    send(20, "it outlives what they replace", "PUT", "/gadgets/{made}", {**BASE, "name": "Bell"}, given={"cost": 7},
         who="clerk", then=SEEN_BY_THE_OWNER),
    change(20, "a wrong value of it", {"cost": -1}, {"cost": 7}, who="clerk", differs="not-theirs-and-wrong"),
]

SPARSE = [
    listed(59, "some fields of a list", {"fields": "id,code,stock"}, drf="/sparse"),
    listed(59, "some fields of a list in another order",
           {"fields": "stock,code", "ordering": "-stock", "fragile": "true"}, drf="/sparse", ties="stock"),
    listed(59, "a field twice", {"fields": "code,code"}, drf="/sparse"),
    send(59, "some fields of one", "GET", ONE, query={"fields": "code,name"}, drf=SPARSE_ONE),
    send(59, "one field", "GET", ONE, query={"fields": "label"}, drf=SPARSE_ONE),
    send(59, "what is null is there when it is named", "GET", ONE, query={"fields": "id,margin,email"}, drf=SPARSE_ONE),
    send(59, "some fields, where nothing was made for it", "GET", ONE, query={"fields": "code,name"}, differs="sparse"),
    send(59, "a field that is never shown", "GET", ONE, query={"fields": "code,keyword"}, drf=SPARSE_ONE,
         differs="sparse-unknown"),
    send(59, "no field", "GET", ONE, query={"fields": ""}, drf=SPARSE_ONE, differs="sparse-unknown"),
    send(59, "a field that nobody knows", "GET", ONE, query={"fields": "code,nothing"}, drf=SPARSE_ONE,
         differs="sparse-unknown"),
    send(59, "a field that is hidden", "GET", ONE, query={"fields": "code,margin"}, drf=SPARSE_ONE,
         who="reader", differs="sparse-unknown"),
]

CASES: list[Case] = [*HIDDEN, *READ_ONLY, *SPARSE,
                     replace(20, "PUT of what is fixed at creation", {**BASE, "name": "Bell"})]
