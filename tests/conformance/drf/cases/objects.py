"""Points 34, 36 and 37: composed permissions, and permissions on single objects. A task is read by its owner and by who
may read tasks, changed by its owner and by who may change tasks, until it is done."""

from case import Case, listed, send, step

OPEN = {"code": "T1", "owner_id": "{outsider}"}
DONE = {"code": "T1", "owner_id": "{outsider}", "status": "done"}
OTHERS = {"code": "T1", "owner_id": "{reader}"}
AT = {"given_at": "/tasks"}

READING = [
    send(36, "one's own is read without a permission", "GET", "/tasks/{made}", who="outsider", given=OPEN, **AT),
    send(36, "another's is not there", "GET", "/tasks/{made}", who="outsider", given=OTHERS, **AT),
    send(36, "another's is read with the permission", "GET", "/tasks/{made}", who="reader", given=OPEN, **AT),
    send(36, "nobody's own is nobody's", "GET", "/tasks/{made}", who="outsider", given={"code": "T1"}, **AT),
    send(36, "what is done is read", "GET", "/tasks/{made}", who="outsider", given=DONE, **AT),
    send(36, "nobody reads", "GET", "/tasks/{made}", who="nobody", given=OPEN, **AT),
]

CHANGING = [
    send(36, "one's own is changed", "PATCH", "/tasks/{made}", {"code": "T2"}, who="outsider", given=OPEN, **AT),
    send(36, "one's own is replaced", "PUT", "/tasks/{made}", OPEN, who="outsider", given=OPEN, **AT),
    send(36, "what is read but not one's own is not changed", "PATCH", "/tasks/{made}", {"code": "T2"}, who="reader",
         given=OPEN, **AT),
    send(36, "what is not read is not there to change", "PATCH", "/tasks/{made}", {"code": "T2"}, who="outsider",
         given=OTHERS, **AT),
    send(36, "not allowed before a wrong body", "PATCH", "/tasks/{made}", {"status": 5}, who="reader", given=OPEN, **AT),
    send(36, "not there before a wrong body", "PATCH", "/tasks/{made}", {"status": 5}, who="outsider", given=OTHERS,
         **AT),
    send(36, "a wrong body of one's own", "PATCH", "/tasks/{made}", {"status": 5}, who="outsider", given=OPEN, **AT,
           differs="choice-words"),
    send(34, "and: one's own that is done is not changed", "PATCH", "/tasks/{made}", {"code": "T2"}, who="outsider",
         given=DONE, **AT),
    send(34, "and: what is done is not changed with every permission", "PATCH", "/tasks/{made}", {"status": "open"},
         given=DONE, **AT),
    send(34, "or: with the permission, not one's own", "PATCH", "/tasks/{made}", {"code": "T2"}, given=OPEN, **AT),
    send(34, "or: one's own and the permission", "PATCH", "/tasks/{made}", {"code": "T2"},
         given={"code": "T1", "owner_id": "{owner}"}, **AT),
    send(34, "the stored object decides, not the new one", "PATCH", "/tasks/{made}", {"status": "done"}, who="outsider",
         given=OPEN, then=(step("PATCH", "/tasks/{made}", {"status": "open"}),), **AT),
    send(34, "another's done is not there", "PATCH", "/tasks/{made}", {"code": "T2"}, who="outsider",
         given={**OTHERS, "status": "done"}, **AT),
    send(36, "one's own is not given away out of sight", "PATCH", "/tasks/{made}", {"owner_id": "{reader}"},
         who="outsider", given=OPEN, **AT, differs="kept-in-sight"),
    send(36, "creating needs the permission", "POST", "/tasks", OPEN, who="outsider", given=OTHERS, **AT),
]

LISTS = [
    send(37, "a list shows one's own", "GET", "/tasks", who="outsider", given=OPEN, **AT),
    send(37, "a list does not show another's", "GET", "/tasks", who="outsider", given=OTHERS, **AT),
    send(37, "a list shows all with the permission", "GET", "/tasks", who="reader", given=OPEN, **AT),
    send(37, "nobody lists", "GET", "/tasks", who="nobody", given=OPEN, **AT),
    listed(37, "a list asks for the permission where no object is one's own", who="outsider"),
]

CASES: list[Case] = [*READING, *CHANGING, *LISTS]
