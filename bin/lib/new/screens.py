"""What a screen shows of each field: the columns of the list, the details of an object."""

import re

from samples import title


HOOKS = {"date": ("day", "useDay"), "timestamp": ("date", "useDate"), "minutes": ("minutes", "useMinutes")}
LIBRARY = {
    "useDay": "@/session/use-dates",
    "useDate": "@/session/use-dates",
    "useMinutes": "@/resource/use-minutes",
    "formatPaise": "@/lib/money",
    "formatPhone": "@/lib/phone",
}


def shown(field, value):
    """The field's value as a person reads it; nothing where the value itself is that."""
    words_of = {"money": f"formatPaise({value})", "phone": f"formatPhone({value})", "date": f"day({value})",
                "timestamp": f"date({value})", "minutes": f"minutes({value})", "time": f"{value}.slice(0, 5)"}
    return words_of.get(field.type)


def guarded(field, value, expression):
    """The expression where there may be no value."""
    if not field.nullable:
        return expression
    if field.type == "time":
        return f"{value}?.slice(0, 5)"
    return f"{value} !== null && {expression}" if field.type in ("money", "integer") else f"{value} && {expression}"


def imported(text):
    """Import lines for what the text uses of the library."""
    sources = {}
    for name, source in LIBRARY.items():
        if re.search(rf"\b{name}\b", text):
            sources.setdefault(source, []).append(name)
    return [f"import {{ {', '.join(sorted(names))} }} from '{source}';" for source, names in sources.items()]


def hook_lines(fields, always=()):
    kinds = {*always, *(field.type for field in fields)}
    return "".join(f"  const {name} = {hook}();\n" for kind, (name, hook) in HOOKS.items() if kind in kinds)


def in_order(lines):
    """Imports as they stand elsewhere: packages, then `@/`, then `./`, each by its source."""
    source = re.compile(r"from '(.*)'")
    return "\n".join(sorted(lines, key=lambda line: (source.search(line)[1].startswith("."), source.search(line)[1])))


# --- the list ---

PLACES = ("topEnd", "bottomStart", "bottomEnd")  # beside the title in a phone's two lines


def list_parts(names, fields):
    named = title(fields)
    columns = [f"{{ field: '{named.name}', orders: 'text' }}"]
    places = list(PLACES)
    listed = [field for field in fields if field is not named and field.type != "reference"]
    for field in listed:
        columns.append(column(field, places, len(columns)))
    columns.append("{ field: 'created_at', cell: ({ created_at }) => date(created_at), orders: 'time', from: 'xl' }")
    body = ",\n".join(f"        {text}" for text in columns) + ","
    hooks = hook_lines(listed, always=["timestamp"])
    imports = [
        "import { ResourceList } from '@/resource/list/resource-list';",
        "import type { FirstPage } from '@/resource/list/use-list';",
        f"import {{ {names.one}List }} from './{names.file_many}';",
        *imported(hooks + body),
    ]
    return {"imports": in_order(imports), "hooks": hooks, "columns": body}


def column(field, places, position):
    parts = [f"field: '{field.name}'"]
    if expression := shown(field, field.name):
        parts.append(f"cell: ({{ {field.name} }}) => {guarded(field, field.name, expression)}")
    if field.type in ("money", "integer", "decimal", "minutes"):
        parts.append("numeric: true")
    if field.type in ("multiline", "url", "email") or position > 7:
        parts.append("from: 'chosen'")
    elif places:
        parts.append(f"phone: '{places.pop(0)}'")
        if field.type in ("boolean", "integer", "decimal"):
            parts.append("labelled: true")
    else:
        parts.append(f"from: '{'md' if position < 5 else 'lg'}'")
    return "{ " + ", ".join(parts) + " }"


# --- one object ---


def card_parts(names, fields):
    listed = [field for field in fields if field is not title(fields)]
    details = "\n".join(detail(field, f"{names.one}.{field.name}") for field in listed)
    hooks = hook_lines(listed, always=["timestamp"])
    imports = [
        "import { useOne } from '@/resource/data/use-one';",
        "import { Detail, Details } from '@/resource/item/details';",
        "import { ItemActions } from '@/resource/item/item-actions';",
        "import { useItemKeys } from '@/resource/item/use-item-keys';",
        "import type { ItemOf } from '@/resource/paths';",
        "import { useWords } from '@/resource/words';",
        "import { Badge } from '@/ui/badge';",
        f"import {{ {names.many} }} from './{names.file_many}';",
        *(["import { AppLink } from '@/ui/app-link';"] if any(field.type == "reference" for field in fields) else []),
        *imported(hooks + details),
    ]
    return {"imports": in_order(imports), "hooks": hooks, "details": details}


LINK = 'className="break-all text-brand underline underline-offset-4"'


def detail(field, value):
    content = {
        "choice": f"words.ofValue('{field.name}', {value})",
        "boolean": f"words.ofValue('{field.name}', {value})",
        "integer": f"String({value})",
        "multiline": f'<span className="whitespace-pre-line">{{{value}}}</span>',
        "email": f"<a href={{`mailto:${{{value}}}`}} {LINK}>{{{value}}}</a>",
        "url": f'<a href={{{value}}} rel="noreferrer" {LINK}>{{{value}}}</a>',
        "reference": f"<AppLink href={{`/patients/${{{value}}}`}} {LINK}>{{words('fields.{field.name}')}}</AppLink>",
    }.get(field.type, shown(field, value))
    inside = guarded(field, value, content) if content else value
    tag = f"{{{inside}}}" if not inside.startswith("<") else inside
    return f"        <Detail label={{words('fields.{field.name}')}}>{tag}</Detail>"
