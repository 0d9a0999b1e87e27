"""What `name:type:option…` means: the fields of the resource, checked."""

import re
from dataclasses import dataclass, replace

from kinds import KINDS
from names import check_field_name, words
from refusal import Refusal

SHAPE = "A field is written name:type or name:type:option:option, such as name:text:required:max=80."


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    required: bool = False
    unique: bool = False
    search: bool = False
    least: int | None = None
    most: int | None = None
    default: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def kind(self):
        return KINDS[self.type]

    @property
    def nullable(self):
        return not self.required and self.default is None and self.type != "boolean"

    @property
    def words(self):
        return words(self.name.removesuffix("_id") if self.type == "reference" else self.name)


def parse_field(text):
    name, *rest = text.split(":")
    if not rest or not rest[0]:
        raise Refusal(f'"{text}" names no type.', SHAPE, f"Types: {', '.join(KINDS)}")
    check_field_name(name)
    type_name, *options = rest
    if type_name not in KINDS:
        raise Refusal(f'{text}: there is no type "{type_name}".', f"Types: {', '.join(KINDS)}")
    field = Field(name, type_name)
    if type_name == "choice":
        field, options = with_choices(field, options)
    elif type_name == "reference":
        field, options = with_reference(field, options)
    for option in options:
        field = with_option(field, option)
    return checked(with_bounds(field))


def with_choices(field, options):
    values = options[0].split(",") if options else [""]
    for value in values:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", value):
            raise Refusal(f'{field.name}: "{value}" is no choice.',
                          f"Choices follow the type, in small letters: {field.name}:choice:red,green,blue")
    if not 2 <= len(values) <= 16 or len(set(values)) < len(values):
        raise Refusal(f"{field.name}: a choice is between 2 to 16 different values.")
    return replace(field, choices=tuple(values)), options[1:]


def with_reference(field, options):
    if not options or options[0] != "patients":
        raise Refusal(f"{field.name}: a reference names what it leads to, and that is patients.",
                      f"{field.name}:reference:patients",
                      "One to another resource is three lines by hand: docs/resources/fields.md, References.")
    if not field.name.endswith("_id"):
        raise Refusal(f"{field.name}: a reference holds an id, and its name says so.",
                      f"{field.name}_id:reference:patients")
    return field, options[1:]


def with_option(field, option):
    name, equals, value = option.partition("=")
    if option in ("required", "unique", "search"):
        return replace(field, **{name: True})
    if equals and name in ("min", "max"):
        if not re.fullmatch(r"-?[0-9]{1,15}", value):
            raise Refusal(f"{field.name}: {option} is no whole number.", f"{field.name}:{field.type}:{name}=80")
        return replace(field, **{"min": {"least": int(value)}, "max": {"most": int(value)}}[name])
    if equals and name == "default":
        return replace(field, default=value)
    raise Refusal(f'{field.name}: there is no option "{option}".',
                  "Options: required, unique, search, min=…, max=…, default=…")


def with_bounds(field):
    """Both ends of a range that was given by one, and those that the type has by itself."""
    kind = field.kind
    if (field.least, field.most) != (None, None) and not kind.bounds:
        raise Refusal(f"{field.name}: min and max are for texts and numbers; a {field.type} has none.")
    if kind.bounds == "length" and field.least is not None:
        raise Refusal(f"{field.name}: a text that is given has at least one letter; only max= bounds it.")
    bounded = kind.always_bounded or (field.least, field.most) != (None, None)
    if not bounded:
        return field
    least = kind.least if field.least is None else field.least
    most = kind.most if field.most is None else field.most
    if least > most:
        raise Refusal(f"{field.name}: the range from {least} to {most} is empty.")
    if kind.bounds == "length" and most > kind.longest:
        raise Refusal(f"{field.name}: a {field.type} has at most {kind.longest} letters.")
    return replace(field, least=least, most=most)


def checked(field):
    name, kind = field.name, field.kind
    if field.required and field.default is not None:
        raise Refusal(f"{name}: what is required has no default.", "Leave one of the two out.")
    if field.unique and not kind.may_be_unique:
        raise Refusal(f"{name}: a {field.type} is not unique.", "Unique may be texts, numbers and references.")
    if field.search and field.type not in ("text", "phone"):
        raise Refusal(f"{name}: the search is over words and phone numbers.", "It is for the types text and phone.")
    if field.default is not None:
        if kind.default_pattern is None:
            raise Refusal(f"{name}: a {field.type} has no default here.",
                          "default= is for text, choice, integer, boolean and minutes.")
        if not re.fullmatch(kind.default_pattern, field.default) or field.choices and field.default not in field.choices:
            raise Refusal(f'{name}: the default "{field.default}" is no value of it.')
        if kind.bounds == "value" and field.least is not None and not field.least <= int(field.default) <= field.most:
            raise Refusal(f"{name}: the default {field.default} lies outside of {field.least} to {field.most}.")
    return field


def parse_fields(texts):
    if not texts:
        raise Refusal("A resource has at least one field.", SHAPE)
    fields = [parse_field(text) for text in texts]
    seen = set()
    for field in fields:
        if field.name in seen:
            raise Refusal(f"{field.name} stands twice.")
        seen.add(field.name)
    if not any(field.type == "text" and field.required for field in fields):
        raise Refusal("No field names an object to a person: one text is required.", "For example: name:text:required")
    return fields
