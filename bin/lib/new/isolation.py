"""Where the isolation suite learns of the resource: its objects, its tables, its permissions."""

import json
from textwrap import indent

from edits import Edit
from samples import sample, title
from sql import tables


def value(field):
    """A value as Python writes it: texts with the clinic's canary, what is unique never twice."""
    if field.type == "reference":
        return "some_patient(clinic)"
    mark = "some_word()" if field.unique else "clinic.canary"
    if field.type in ("text", "multiline"):
        return text(field)
    if field.type == "email":
        return f'f"{{{mark}}}@{{clinic.canary}}.example"'
    if field.type == "url":
        return f'f"https://{{clinic.canary}}.example/{{{mark}}}"'
    if field.type == "slug":
        return mark if mark == "clinic.canary" else 'f"{clinic.canary}-{some_word()}"'
    if field.type == "phone" and (field.unique or field.search):
        return "clinic.phone" if field.search else 'f"+9198{secrets.randbelow(10**8):08d}"'
    if field.type == "integer" and field.unique:
        return f"{field.least or 0} + secrets.randbelow({(field.most or 1_000_000_000) - (field.least or 0) + 1})"
    return python(sample(field))


# How long what stands in a body's texts is (tests/support/clinics.py, some_word).
LENGTHS = {"clinic.canary": 16, "clinic.word": 13, "some_word()": 8}


def text(field):
    """What tells it from others first, then as much of the rest as there is room for."""
    parts = ["clinic.word"] * field.search + ["some_word()"] * field.unique + ["clinic.canary"]
    label = f"{field.words[0].upper()}{field.words[1:]} "
    while len(parts) > 1 and sum(LENGTHS[part] + 1 for part in parts) > field.most:
        parts.pop()
    room = field.most - sum(LENGTHS[part] + 1 for part in parts)
    if room < -1:
        return f"{parts[0]}[:{field.most}]"
    label = label if room >= len(label) and parts == ["clinic.canary"] else ""
    return f'f"{label}{" ".join(f"{{{part}}}" for part in parts)}"' if label or len(parts) > 1 else parts[0]


def python(constant):
    if isinstance(constant, int) and not isinstance(constant, bool) and constant >= 10_000:
        return f"{constant:_}"
    return repr(constant) if isinstance(constant, bool) else json.dumps(constant)


def body(fields):
    return "{" + ", ".join(f'"{field.name}": {value(field)}' for field in fields) + "}"


def change(fields):
    return f'{{"{title(fields).name}": {value(title(fields))}}}'


def same(fields):
    """The least that makes one, without a word of its clinic."""
    needed = [field for field in fields if field.required]
    values = [f'"{f.name}": ' + (value(f) if f.type == "reference" else python(sample(f))) for f in needed]
    return "{" + ", ".join(values) + "}"


def function(text):
    """A lambda on one line, or on several when it is long."""
    parameter = "clinic" if "clinic" in text else "_clinic"
    line = f"lambda {parameter}: {text}"
    if len(line) < 100:
        return line
    pairs = text[1:-1].replace(', "', ',\n"')
    return f"lambda {parameter}: {{\n{indent(pairs, ' ' * 4)},\n}}"


def entry(names, fields):
    lines = [f'"{names.plural}",', f'"{names.singular}",', f"body={function(body(fields))},",
             f"change={function(change(fields))},", f"same={function(same(fields))},"]
    searched = [field for field in fields if field.search]
    if searched:
        words = [f'{{"search": clinic.{"phone" if f.type == "phone" else "word"}}}' for f in searched]
        lines.append(f"probes=lambda clinic: [{', '.join(dict.fromkeys(words))}],")
    return f"    Resource(\n{indent(chr(10).join(lines), ' ' * 8)}\n    ),\n"


def without_canary(names, fields):
    """The columns of text that can hold no word of one's own, each with the reason."""
    reasons = {"choice": "one of a list", "phone": "a phone"}
    short = [field for field in fields if field.type == "text" and field.most < LENGTHS["clinic.canary"]]
    columns = {field.name: reasons[field.type] for field in fields if field.type in reasons}
    columns |= {field.name: "shorter than a canary" for field in short}
    lines = [f'    "{names.singular}.{name}": "{reason}",\n' for name, reason in columns.items()]
    searched = [field for field in fields if field.search]
    if searched and all(field.type == "phone" or field in short for field in searched):
        lines.append(f'    "{names.singular}_token.token": "of texts that can hold none",\n')
    return "".join(lines)


def edits(root, names, fields):
    named = [f'"{names.plural}.{act}"' for act in ("read", "create", "update", "archive")]
    guarded = "".join(f'    "{table}",\n' for table in tables(names, fields))
    return [
        Edit(root, "tests/isolation/resources.py").at_end_of(r"RESOURCES = \[", r"\]", entry(names, fields)),
        Edit(root, "tests/isolation/test_roles.py")
        .at_end_of(r"EVERYDAY = \{", r"\}", f"    {named[0]},\n")
        .at_end_of(r"EVERYTHING = EVERYDAY \| \{", r"\}", "".join(f"    {name},\n" for name in named[1:])),
        Edit(root, "tests/isolation/test_mutants.py").at_end_of(r"TABLES = \(", r"\)", guarded),
        *canaries(root, without_canary(names, fields)),
    ]


def canaries(root, lines):
    return [Edit(root, "tests/isolation/test_canaries.py").at_end_of(r"WITHOUT = \{", r"\}", lines)] if lines else []
