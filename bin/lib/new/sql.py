"""The migration: a table behind row-level security, with the indexes that its list reads by."""

from samples import title
from templates import render


def column(field, fields):
    text = f"    {field.name} {field.kind.column}"
    if field.kind.column == "text" and (field.unique or field == title(fields)):
        text += ' collate "C"'
    if not field.nullable:
        text += " not null"
    return text + ","


UNITS = {"money": "in paise", "decimal": "in hundredths", "minutes": "in seconds"}


def columns(fields):
    lines = []
    for field in fields:
        text = column(field, fields)
        lines.append(f"{text}  -- {UNITS[field.type]}" if field.type in UNITS else text)
    return "\n".join(lines)


def condition(field):
    """What a value of the column must be, as the database checks it once more; nothing where its type says it all."""
    name = field.name
    if field.choices:
        return f"{name} in ({', '.join(repr(choice) for choice in field.choices)})"
    if field.kind.bounds == "length":
        return f"char_length({name}) between 1 and {field.most}"
    if field.kind.bounds == "value" and field.most is not None:
        unit = 60 if field.type == "minutes" else 1
        return f"{name} between {unit * field.least} and {unit * field.most}"
    return {"money": f"{name} >= 0", "phone": f"{name} ~ '^\\+[1-9][0-9]{{6,14}}$'"}.get(field.type)


def constraints(names, fields):
    table = names.singular
    lines = ["primary key (tenant_id, id)"]
    lines += [f"constraint {table}_{f.name}_key unique (tenant_id, {f.name})" for f in fields if f.unique]
    lines += [f"constraint {table}_{f.name}_fkey foreign key (tenant_id, {f.name})\n"
              f"        references shared.patient (tenant_id, id)" for f in fields if f.type == "reference"]
    for field in fields:
        if checked := condition(field):
            line = f"constraint {table}_{field.name}_check check ({checked})"
            lines.append(line if len(line) < 116 else line.replace(" check (", "\n        check (", 1))
    return ",\n".join(f"    {line}" for line in lines)


def index(names, name, keys, where=""):
    text = f"create index {names.singular}_{name}_idx on shared.{names.singular} (tenant_id, {keys})"
    return f"{text}{where};" if len(text + where) < 120 else f"{text}\n    {where.strip()};"


def indexes(names, fields):
    order = title(fields).name
    shown = " where archived_at is null"
    lines = ["-- The orderings of the list, and its filters."]
    if not title(fields).unique:
        lines.append(index(names, order, f"{order}, id", shown))
    lines.append(index(names, "created_at", "created_at, id", shown))
    lines.append(index(names, "archived", f"{order}, id", " where archived_at is not null"))
    for field in fields:
        if not field.kind.lookups:
            continue
        # A foreign key asks for archived rows too.
        lines.append(index(names, field.name, f"{field.name}, {order}, id", "" if field.type == "reference" else shown))
    return "\n".join(lines)


def tokens(names, fields):
    if not any(field.search for field in fields):
        return ""
    return f"""
-- Search: one row a word, folded, kept by the resource layer in the statement that writes the object.
create table shared.{names.singular}_token (
    tenant_id uuid not null,
    token text collate "C" not null,
    object_id uuid not null,
    primary key (tenant_id, token, object_id)
);
call catalog.protect_tenant_table('shared.{names.singular}_token');
"""


def tables(names, fields):
    searched = any(field.search for field in fields)
    return [names.singular] + ([f"{names.singular}_token"] if searched else [])


def migration(names, fields):
    text = render("migration.sql", names, columns=columns(fields), constraints=constraints(names, fields),
                  indexes=indexes(names, fields), tokens=tokens(names, fields))
    return text.rstrip("\n") + "\n"
