"""Points 1, 2 and 4 to 8: what is common to fields, and those that are not texts."""

from case import UNSET, Case, change, create, replace
from stock import BATCH

LATE = "2026-11-28T10:00:00Z"

COMMON = [
    create(1, "all that is required is enough", {}),
    create(1, "every field", {"colour": "red", "stock": 7, "fragile": True, "made_on": "2026-01-02", "batch": BATCH,
                              "email": "lamp@example.org", "note": "On the shelf.", "keyword": "shelf"}),
    create(1, "a required field is missing", {"name": UNSET}),
    create(1, "two required fields are missing", {"name": UNSET, "code": UNSET}),
    create(1, "null for a required field", {"name": None}),
    create(1, "null for two required fields", {"name": None, "code": None}),
    create(1, "null for a field with a default", {"stock": None}),
    create(1, "null for a boolean", {"fragile": None}),
    create(1, "null for nullable fields", {"colour": None, "made_on": None, "sold_at": None, "batch": None,
                                           "email": None, "note": None, "keyword": None}),
    create(1, "a default where nothing is said", {"stock": UNSET, "fragile": UNSET}),
    create(1, "a read-only id is ignored", {"id": BATCH}),
    create(1, "a read-only time is ignored", {"created_at": "2001-01-01T00:00:00Z"}),
    create(1, "a read-only field of the wrong type is ignored", {"updated_at": [1]}),
    create(1, "a write-only field is not answered", {"keyword": "secret"}),
    create(1, "a field that nobody knows", {"color": "red"}, differs="unknown-fields"),
    create(1, "an empty name", {"": 1}, differs="unknown-fields"),
    change(1, "null for a required field on PATCH", {"name": None}),
    change(1, "null empties a nullable field", {"note": None}, {"note": "there"}),
    change(1, "a read-only field is ignored on PATCH", {"id": BATCH}),
    change(1, "a read-only computed field is ignored on PATCH", {"label": "mine"}),
    change(1, "an unknown field on PATCH", {"color": "red"}, differs="unknown-fields"),
    replace(1, "an unknown field on PUT", {"code": "ZZ1", "name": "Lamp", "color": "red"}, differs="unknown-fields"),
    change(1, "a write-only field changes unseen", {"keyword": "other"}, {"keyword": "one"}),
]

BOOLEANS = [
    create(2, "true", {"fragile": True}),
    create(2, "false", {"fragile": False}),
    *(create(2, f"the text {word!r}", {"fragile": word}, differs="strict-booleans")
      for word in ("true", "True", "TRUE", "t", "y", "yes", "on", "1", "false", "f", "n", "no", "off", "0")),
    create(2, "the number 1", {"fragile": 1}, differs="strict-booleans"),
    create(2, "the number 0", {"fragile": 0}, differs="strict-booleans"),
    create(2, "the number 1.0", {"fragile": 1.0}, differs="strict-booleans"),
    create(2, "the number 2", {"fragile": 2}),
    create(2, "the text maybe", {"fragile": "maybe"}),
    create(2, "an empty text", {"fragile": ""}),
    create(2, "the text null", {"fragile": "null"}),
    create(2, "a list", {"fragile": [True]}),
    create(2, "an object", {"fragile": {"is": True}}),
    change(2, "false over true", {"fragile": False}, {"fragile": True}),
]

INTEGERS = [
    create(5, "the least", {"stock": 0}),
    create(5, "the most", {"stock": 1000}),
    create(5, "below the least", {"stock": -1}),
    create(5, "above the most", {"stock": 1001}),
    create(5, "a negative zero", {"stock": -0}),
    create(5, "the text 5", {"stock": "5"}, differs="strict-numbers"),
    create(5, "the text 1.0", {"stock": "1.0"}, differs="strict-numbers"),
    create(5, "the text 5 with blanks", {"stock": " 5 "}, differs="strict-numbers"),
    create(5, "the text 1.2", {"stock": "1.2"}),
    create(5, "the text five", {"stock": "five"}),
    create(5, "an empty text", {"stock": ""}),
    create(5, "the number 1.0", {"stock": 1.0}, differs="strict-numbers"),
    create(5, "the number 1.2", {"stock": 1.2}),
    create(5, "the number 1e2", {"stock": 1e2}, differs="strict-numbers"),
    create(5, "true", {"stock": True}),
    create(5, "false", {"stock": False}),
    create(5, "a list", {"stock": [5]}),
    create(5, "an object", {"stock": {"n": 5}}),
    create(5, "the greatest of 64 bits", {"stock": 2**63 - 1}),
    create(5, "past 64 bits", {"stock": 2**63}, differs="64-bits"),
    create(5, "a text of a thousand digits", {"stock": "1" * 1001}, differs="long-digits"),
    change(5, "PATCH above the most", {"stock": 1001}),
    change(5, "PATCH in range", {"stock": 12}, {"stock": 3}),
]

# Point 6: neither NaN nor an infinity is JSON, whatever the field.
NUMBERS = [
    create(6, "NaN", {"stock": float("nan")}),
    create(6, "Infinity", {"stock": float("inf")}),
    create(6, "-Infinity", {"stock": float("-inf")}),
]

TIMES = [
    create(7, "a date", {"made_on": "2026-02-28"}),
    create(7, "the leap day of a leap year", {"made_on": "2024-02-29"}),
    create(7, "the leap day of another year", {"made_on": "2026-02-29"}),
    create(7, "the thirteenth month", {"made_on": "2026-13-01"}),
    create(7, "the first year", {"made_on": "0001-01-01"}),
    create(7, "the last year", {"made_on": "9999-12-31"}),
    create(7, "the year nought", {"made_on": "0000-01-01"}),
    create(7, "a date without its noughts", {"made_on": "2026-1-5"}, differs="iso-dates"),
    create(7, "a date as people write it", {"made_on": "05/01/2026"}),
    create(7, "a date with a time", {"made_on": "2026-01-05T10:00:00Z"}),
    create(7, "a date with blanks", {"made_on": " 2026-01-05 "}),
    create(7, "an empty date", {"made_on": ""}),
    create(7, "a number for a date", {"made_on": 20260105}),
    create(7, "a list for a date", {"made_on": ["2026-01-05"]}),
    create(7, "true for a date", {"made_on": True}),
    create(7, "an instant in UTC", {"sold_at": "2026-11-28T10:00:00.123456Z"}),
    create(7, "an instant of whole seconds", {"sold_at": LATE}, differs="six-decimals"),
    create(7, "an instant of half a second", {"sold_at": "2026-11-28T10:00:00.5Z"}),
    create(7, "an instant in India", {"sold_at": "2026-11-28T10:00:00.000001+05:30"}),
    create(7, "an instant west of Greenwich", {"sold_at": "2026-11-28T20:00:00.000001-08:00"}),
    create(7, "an instant with a blank for the T", {"sold_at": "2026-11-28 10:00:00.000001Z"}),
    create(7, "an instant with a small z", {"sold_at": "2026-11-28T10:00:00.000001z"}, differs="rfc-3339"),
    create(7, "an instant without a zone", {"sold_at": "2026-11-28T10:00:00"}, differs="zone-required"),
    create(7, "an instant without seconds", {"sold_at": "2026-11-28T10:00Z"}, differs="six-decimals"),
    create(7, "an instant finer than a microsecond", {"sold_at": "2026-11-28T10:00:00.1234567Z"}),
    create(7, "a date for an instant", {"sold_at": "2026-11-28"}, differs="instant-words"),
    create(7, "the 25th hour", {"sold_at": "2026-11-28T25:00:00Z"}, differs="instant-words"),
    create(7, "the 61st second", {"sold_at": "2026-11-28T10:00:61Z"}, differs="instant-words"),
    create(7, "words for an instant", {"sold_at": "today"}, differs="instant-words"),
    create(7, "an empty instant", {"sold_at": ""}, differs="instant-words"),
    create(7, "a number for an instant", {"sold_at": 1764324000}, differs="instant-words"),
    create(7, "null for an instant", {"sold_at": None}),
    change(7, "PATCH of a date", {"made_on": "2026-03-01"}, {"made_on": "2026-01-01"}),
    change(7, "PATCH of a wrong date", {"made_on": "2026-02-30"}, {"made_on": "2026-01-01"}),
]

CHOICES = [
    *(create(8, f"the choice {colour}", {"colour": colour}) for colour in ("red", "green", "blue")),
    create(8, "no choice of the list", {"colour": "pink"}),
    create(8, "a choice in capitals", {"colour": "RED"}),
    create(8, "a choice with blanks", {"colour": " red "}),
    create(8, "an empty choice", {"colour": ""}),
    create(8, "a number for a choice", {"colour": 1}, differs="choice-words"),
    create(8, "true for a choice", {"colour": True}, differs="choice-words"),
    create(8, "a list for a choice", {"colour": ["red"]}, differs="choice-words"),
    create(8, "an object for a choice", {"colour": {}}, differs="choice-words"),
    create(8, "null for a choice", {"colour": None}),
    change(8, "PATCH to another choice", {"colour": "blue"}, {"colour": "red"}),
    change(8, "PATCH to no choice of the list", {"colour": "pink"}, {"colour": "red"}),
]

CASES: list[Case] = [*COMMON, *BOOLEANS, *INTEGERS, *NUMBERS, *TIMES, *CHOICES]
