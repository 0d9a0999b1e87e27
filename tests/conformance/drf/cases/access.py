"""Points 30 to 36, 45 and 46: who calls, what they may do, how often."""

from case import Case, send

WHOLE = {"code": "ZZ1", "name": "Lamp"}
WRONG = {"grant_type": "password", "email": "nobody@example.org", "password": "wrong-password"}
WRONG_DRF = {"username": "nobody", "password": "wrong-password"}

CREDENTIALS = [
    send(30, "nobody lists", "GET", "/gadgets", who="nobody"),
    send(30, "nobody creates", "POST", "/gadgets", WHOLE, who="nobody"),
    send(30, "nobody changes", "PATCH", "/gadgets/{AA1}", {"name": "Bell"}, who="nobody"),
    send(30, "nobody destroys", "DELETE", "/gadgets/{AA1}", who="nobody"),
    send(30, "a token that is none", "GET", "/gadgets", who="none", differs="one-401"),
    send(30, "a token of another make", "GET", "/gadgets", who="eyJhbGciOiJub25lIn0.e30.", differs="one-401"),
    send(30, "an unknown scheme", "GET", "/gadgets", who="nobody", headers={"Authorization": "Digest a"}),
    send(30, "a scheme without a token", "GET", "/gadgets", who="nobody", headers={"Authorization": "Bearer"},
         differs="one-401"),
    send(30, "a token with blanks", "GET", "/gadgets", who="nobody", headers={"Authorization": "Bearer a b"},
         differs="one-401"),
    send(31, "Basic credentials", "GET", "/gadgets", who="nobody", headers={"Authorization": "Basic YTpi"}),
    send(31, "a token scheme of old", "GET", "/gadgets", who="nobody", headers={"Authorization": "Token abc"}),
    send(31, "the scheme in small letters", "GET", "/gadgets", who="nobody", headers={"Authorization": "bearer none"}),
]

SIGN_IN = [
    send(32, "a wrong password", "POST", "/auth/token", WRONG, drf_body=WRONG_DRF, who="nobody",
         differs="sign-in-code"),
    send(32, "nothing given", "POST", "/auth/token", {}, who="nobody", differs="grant-type"),
    send(45, "too many wrong passwords", "POST", "/auth/token", WRONG, drf_body=WRONG_DRF, who="nobody", times=12),
]

PERMISSIONS = [
    send(33, "one who may look lists", "GET", "/gadgets", who="reader"),
    send(33, "one who may look retrieves", "GET", "/gadgets/{AA1}", who="reader"),
    send(33, "one who may look cannot create", "POST", "/gadgets", WHOLE, who="reader"),
    send(33, "one who may look cannot update", "PUT", "/gadgets/{AA1}", WHOLE, who="reader"),
    send(33, "one who may look cannot change", "PATCH", "/gadgets/{AA1}", {"name": "Bell"}, who="reader"),
    send(33, "one who may look cannot destroy", "DELETE", "/gadgets/{AA1}", who="reader"),
    send(33, "one who may nothing cannot list", "GET", "/gadgets", who="outsider"),
    send(33, "one who may nothing cannot retrieve", "GET", "/gadgets/{AA1}", who="outsider"),
    send(33, "one who may nothing cannot create", "POST", "/gadgets", WHOLE, who="outsider"),
    send(33, "HEAD asks for the right of GET", "HEAD", "/gadgets", who="outsider"),
    send(35, "nobody gets 401, with a challenge", "PUT", "/gadgets/{AA1}", WHOLE, who="nobody"),
    send(35, "somebody known gets 403", "PUT", "/gadgets/{AA1}", WHOLE, who="outsider"),
]

CASES: list[Case] = [*CREDENTIALS, *PERMISSIONS, *SIGN_IN]
