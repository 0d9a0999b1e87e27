"""Points 20 and 59: which fields there are, by who asks and by what is asked for."""

from case import BASE, Case, change, create, listed, replace, send

CASES: list[Case] = [
    create(20, "a field for some is taken from them", {"margin": 12}),
    change(20, "a field for some is changed by them", {"margin": 13}, {"margin": 12}),
    send(20, "a field for some is shown to them", "GET", "/gadgets/{made}", given={"margin": 12}),
    send(20, "a field for some is not there for others", "GET", "/gadgets/{made}", given={"margin": 12}, who="reader"),
    listed(20, "a field for some is not there in lists of others", who="reader"),
    replace(20, "PUT of what is fixed at creation", {**BASE, "name": "Bell"}),
    listed(59, "some fields of a list", {"fields": "id,code"}, differs="sparse"),
    send(59, "some fields of one", "GET", "/gadgets/{AA1}", query={"fields": "code,name"}, differs="sparse"),
    send(59, "a field that nobody knows", "GET", "/gadgets/{AA1}", query={"fields": "code,nothing"},
         differs="sparse-unknown"),
]
