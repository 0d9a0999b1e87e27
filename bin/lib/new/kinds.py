"""The types of fields: how C++, PostgreSQL and the tests spell each. docs/resources/fields.md has the types themselves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    about: str  # for --help
    cpp: str  # the type of the member, without std::optional
    column: str
    sample: object  # a value that is taken, as it is answered
    wrong: object  # one that is not, and the code of its error
    wrong_code: str
    zero: str = ""  # the initial value of a member that has none by itself
    options: str = ""  # of the field's description, always
    bounds: str = ""  # what min= and max= bound: its length, or its value
    always_bounded: bool = False
    least: int = 0
    most: int = 0
    longest: int = 0
    may_be_unique: bool = False
    default_pattern: str | None = None
    lookups: str | None = None  # the filter that a list has by it, if any


TEXT = {"cpp": "std::string", "column": "text", "wrong": 5, "wrong_code": "invalid", "may_be_unique": True}

KINDS = {
    "text": Kind("one line of text; max=80 unless said", **TEXT, sample="Text", bounds="length", always_bounded=True,
                 least=1, most=80, longest=500, default_pattern=r"[^\x00-\x1f\"\\]+"),
    "multiline": Kind("text of several lines; max=1000 unless said", **{**TEXT, "may_be_unique": False},
                      sample="One line\nand another", options=".multiline()", bounds="length", always_bounded=True,
                      least=1, most=1000, longest=10_000),
    "email": Kind("an e-mail address", **{**TEXT, "wrong": "x"}, sample="asha@example.in", options=".email()"),
    "phone": Kind("a phone number, kept as E.164", **{**TEXT, "wrong": "12"}, sample="+919812345678",
                  options=".phone()"),
    "url": Kind("an http or https address", **{**TEXT, "wrong": "x"}, sample="https://example.in/", options=".url()"),
    "slug": Kind("letters, digits, - and _", **{**TEXT, "wrong": "a b"}, sample="a-slug", options=".slug()"),
    "integer": Kind("a whole number; min= and max=", "std::int64_t", "bigint", 3, "x", "invalid", zero=" = 0",
                    bounds="value", least=0, most=1_000_000_000, may_be_unique=True, default_pattern=r"-?[0-9]{1,15}"),
    "decimal": Kind("a number with two decimals", "resource::Decimal<2>", "bigint", "12.50", "x", "invalid"),
    "money": Kind("an amount in paise, not below 0", "resource::Money", "bigint", 50_000, -1, "min_value"),
    "boolean": Kind("yes or no; no unless default=true", "bool", "boolean", True, "x", "invalid", zero=" = false",
                    default_pattern="true|false", lookups="lookup::exact"),
    "date": Kind("a day", "resource::Date", "date", "2026-11-28", "x", "invalid", zero="{}",
                 lookups="lookup::exact, lookup::range"),
    "time": Kind("a time of day", "resource::TimeOfDay", "time", "09:30:00", "x", "invalid"),
    "timestamp": Kind("a moment", "resource::Timestamp", "timestamptz", "2026-11-28T04:30:00.000000Z", "x", "invalid",
                      lookups="lookup::range"),
    "minutes": Kind("how long, in whole minutes; min=1, max=1440 unless said", "resource::Duration", "bigint", 30, "x",
                    "invalid", bounds="value", always_bounded=True, least=1, most=1440, default_pattern="[0-9]{1,6}"),
    "choice": Kind("one of some: choice:red,green,blue", **{**TEXT, "wrong": "x", "wrong_code": "invalid_choice",
                   "may_be_unique": False}, sample=None, default_pattern=r"[a-z][a-z0-9_]*",
                   lookups="lookup::exact, lookup::in"),
    "reference": Kind("of another resource: patient_id:reference:patients", "Uuid", "uuid", None, "x", "invalid",
                      may_be_unique=True, lookups="lookup::exact"),
}
