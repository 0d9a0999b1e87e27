"""Points 3 and 4: texts, and texts of a form."""

from case import Case, change, create
from stock import BATCH

PLAIN = [
    create(3, "blanks around are cut off", {"name": "  Lamp \t"}),
    create(3, "blanks inside stay", {"name": "Lamp  two"}),
    create(3, "an empty text", {"name": ""}),
    create(3, "nothing but blanks", {"name": "   "}),
    create(3, "an empty text in a nullable field", {"note": ""}),
    create(3, "nothing but blanks in a nullable field", {"note": "  \n"}),
    create(3, "as long as may be", {"name": "x" * 40}),
    create(3, "too long", {"name": "x" * 41}),
    create(3, "as long as may be after cutting", {"name": " " + "x" * 40 + " "}),
    create(3, "as short as may be", {"name": "xy"}),
    create(3, "too short", {"name": "x"}),
    create(3, "too short after cutting", {"name": " x "}),
    create(3, "length counts characters, not bytes", {"name": "ä" * 40}),
    create(3, "length counts code points past the first plane", {"name": "\U0001f4a1" * 40}),
    create(3, "one too many past the first plane", {"name": "\U0001f4a1" * 41}),
    create(3, "Devanagari", {"name": "दीपक"}),
    create(3, "line breaks in a text of many lines", {"note": "one\ntwo\n\tthree"}),
    create(3, "a line break in a text of one line", {"name": "one\ntwo"}, differs="no-control-characters"),
    create(3, "a tab in a text of one line", {"name": "one\ttwo"}, differs="no-control-characters"),
    create(3, "a bell", {"name": "a\u0007b"}, differs="no-control-characters"),
    create(3, "a delete", {"name": "a\u007fb"}, differs="no-control-characters"),
    create(3, "a NUL", {"name": "a\u0000b"}, differs="nul"),
    create(3, "a NUL in a text of many lines", {"note": "a\u0000b"}, differs="nul-many-lines"),
    create(3, "a number", {"name": 12}, differs="strict-texts"),
    create(3, "a fraction", {"name": 1.5}, differs="strict-texts"),
    create(3, "true", {"name": True}),
    create(3, "false", {"name": False}),
    create(3, "a list", {"name": ["Lamp"]}),
    create(3, "an empty list", {"name": []}),
    create(3, "an object", {"name": {"is": "Lamp"}}),
    create(3, "quotes and backslashes", {"name": "\"a\\b\""}),
    create(3, "markup is a text", {"name": "<b>Lamp</b> & 'co'"}),
    create(3, "a text like a number", {"name": "007"}),
    change(3, "PATCH too long", {"name": "x" * 41}),
    change(3, "PATCH cuts blanks", {"name": " Bell "}),
    change(3, "PATCH to an empty text", {"name": ""}),
    change(3, "PATCH of a nullable text to an empty one", {"note": ""}, {"note": "there"}),
]

EMAILS = [
    *(create(4, f"e-mail {address}", {"email": address})
      for address in ("a@example.org", "a.b+c@example.co.in", "A@EXAMPLE.ORG", "o'brien@example.org",
                      "a@sub.example.org", "x" * 60 + "@example.org")),
    create(4, "e-mail with blanks around", {"email": " a@example.org "}),
    *(create(4, f"no e-mail: {address!r}", {"email": address})
      for address in ("a", "a@", "@example.org", "a@@example.org", "a@example", "a b@example.org", "a@exa mple.org",
                      "a@example..org", ".a@example.org", "a..b@example.org", "a.@example.org", "a@-example.org",
                      "a,b@example.org", "<a@example.org>")),
    create(4, "e-mail to localhost", {"email": "a@localhost"}, differs="public-e-mail"),
    create(4, "a quoted local part", {"email": "\"a b\"@example.org"}),
    create(4, "an address in brackets", {"email": "a@[127.0.0.1]"}, differs="public-e-mail"),
    create(4, "an empty e-mail", {"email": ""}),
    create(4, "an e-mail of 255 characters", {"email": "a@" + "b" * 60 + "." + ("c" * 60 + ".") * 3 + "example"}),
    create(4, "a number for an e-mail", {"email": 5}, differs="strict-text-words"),
]

PATTERNS = [
    *(create(4, f"code {code}", {"code": code}) for code in ("ZZ1", "AB1234", "QQ00")),
    *(create(4, f"no code: {code!r}", {"code": code})
      for code in ("zz1", "Z1", "ZZ", "ZZ1x", "xZZ1", "ZZ 1", "ÄB1", "ZZ१")),
    create(4, "a code that is too long and of no pattern", {"code": "ZZ12345"}, differs="first-fault"),
    create(4, "a code with blanks around", {"code": " ZZ7 "}),
    create(4, "a line break after the code", {"code": "ZZ1\n"}),
]

UUIDS = [
    create(4, "a UUID", {"batch": BATCH}),
    create(4, "a UUID in capitals", {"batch": BATCH.upper()}),
    create(4, "a UUID without hyphens", {"batch": BATCH.replace("-", "")}),
    create(4, "a UUID as an URN", {"batch": f"urn:uuid:{BATCH}"}),
    create(4, "a UUID in braces", {"batch": "{" + BATCH + "}"}, differs="one-form-of-uuid"),
    create(4, "a UUID as a number", {"batch": 5}, differs="one-form-of-uuid"),
    create(4, "no UUID", {"batch": "batch"}),
    create(4, "a UUID cut short", {"batch": BATCH[:-1]}),
    create(4, "a UUID with a wrong digit", {"batch": BATCH[:-1] + "g"}),
    create(4, "an empty UUID", {"batch": ""}),
    create(4, "a list for a UUID", {"batch": [BATCH]}),
    create(4, "the UUID of noughts", {"batch": "00000000-0000-0000-0000-000000000000"}),
]

CASES: list[Case] = [*PLAIN, *EMAILS, *PATTERNS, *UUIDS]
