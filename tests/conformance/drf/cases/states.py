"""Point 25: a state that changes by declared steps only; the twin is an action that looks at it first."""

from case import Case, send, step

AT = {"given_at": "/purchases"}
DRAFT = {"code": "P1", "maker": "M1"}
NOWHERE = "/purchases/00000000-0000-7000-8000-000000000000/place"
PLACE, DELIVER, CANCEL = (f"/purchases/{{made}}/{name}" for name in ("place", "deliver", "cancel"))
LOOK = step("GET", "/purchases/{made}")


def post(path: str, body: dict | None = None):
    return step("POST", path, {} if body is None else body)


CASES: list[Case] = [
    send(25, "a state begins as declared", "GET", "/purchases/{made}", given=DRAFT, **AT),
    send(25, "a state is not written by POST", "POST", "/purchases", {**DRAFT, "status": "placed"}),
    send(25, "a state is not written by PATCH", "PATCH", "/purchases/{made}", {"status": "placed"}, given=DRAFT,
         then=(LOOK,), **AT),
    send(25, "a state is not written by PUT", "PUT", "/purchases/{made}", {**DRAFT, "status": "placed"}, given=DRAFT,
         then=(LOOK,), **AT),
    send(25, "a state that is none is not written either", "PATCH", "/purchases/{made}", {"status": "lost"},
         given=DRAFT, **AT),
    send(25, "a step", "POST", PLACE, {}, given=DRAFT, then=(LOOK,), **AT),
    send(25, "one step after the other", "POST", PLACE, {}, given=DRAFT, then=(post(DELIVER), LOOK), **AT),
    send(25, "a step too early", "POST", DELIVER, {}, given=DRAFT, then=(LOOK,), **AT),
    send(25, "a step twice", "POST", PLACE, {}, given=DRAFT, then=(post(PLACE), LOOK), **AT),
    send(25, "a step from one of two states", "POST", CANCEL, {"reason": "late"}, given=DRAFT, then=(LOOK,), **AT),
    send(25, "a step from the other of two states", "POST", PLACE, {}, given=DRAFT,
         then=(post(CANCEL, {"reason": "late"}), LOOK), **AT),
    send(25, "a step from none of two states", "POST", PLACE, {}, given=DRAFT,
         then=(post(DELIVER), post(CANCEL, {"reason": "late"}), LOOK), **AT),
    send(25, "a step back that nobody declared", "POST", "/purchases/{made}/draft", {}, given=DRAFT, **AT),
    send(25, "a step whose guard finds a fault", "POST", PLACE, {}, given={"code": "P1"}, then=(LOOK,), **AT),
    send(25, "a step without what it needs", "POST", CANCEL, {}, given=DRAFT, then=(LOOK,), **AT),
    send(25, "a step with a wrong value", "POST", CANCEL, {"reason": "x" * 21}, given=DRAFT, **AT),
    send(25, "a step that takes nothing, with something", "POST", PLACE, {"reason": "now"}, given=DRAFT, **AT,
         differs="unknown-fields"),
    send(25, "a wrong value is told before a wrong state", "POST", PLACE, {}, given=DRAFT,
         then=(post(DELIVER), post(CANCEL, {})), **AT),
    send(25, "a step of nobody's object", "POST", NOWHERE, {}),
    send(25, "a step that one may do", "POST", PLACE, {}, given=DRAFT, who="clerk", **AT),
    send(25, "a step that one may not do", "POST", CANCEL, {"reason": "late"}, given=DRAFT, who="clerk", **AT),
    send(25, "not allowed before a wrong state", "POST", DELIVER, {}, given=DRAFT, who="clerk", **AT),
    send(25, "a step of one who may only look", "POST", PLACE, {}, given=DRAFT, who="reader", **AT),
    send(25, "a step of a stranger", "POST", PLACE, {}, given=DRAFT, who="nobody", **AT),
    send(25, "a step by PUT", "PUT", PLACE, {}, given=DRAFT, **AT),
    send(59, "a step with If-Match of another version", "POST", PLACE, {}, given=DRAFT,
         headers={"If-Match": '"99"'}, differs="if-match", **AT),
    send(59, "a step twice with one Idempotency-Key", "POST", PLACE, {}, given=DRAFT, times=2,
         headers={"Idempotency-Key": "place"}, differs="idempotency-step", **AT),
]
