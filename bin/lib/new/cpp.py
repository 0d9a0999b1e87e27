"""The resource in C++: its header and its description."""

import re
from textwrap import indent

from names import sentence
from samples import title
from templates import render

MARGIN = 120


def member(field):
    kind = field.kind
    if field.nullable:
        return f"    std::optional<{kind.cpp}> {field.name};"
    if field.default is None:
        return f"    {kind.cpp} {field.name}{kind.zero};"
    if field.type == "minutes":
        return f"    {kind.cpp} {field.name}{seconds(int(field.default))};"
    value = {"std::string": f'"{field.default}"', "bool": field.default}.get(kind.cpp) or grouped(int(field.default))
    return f"    {kind.cpp} {field.name} = {value};"


def grouped(number):
    """1'000'000, as C++ reads large numbers."""
    return f"{number:,}".replace(",", "'") if abs(number) >= 10_000 else str(number)


def seconds(minutes):
    return f"{{{grouped(60 * minutes)}}}"


def header(names, fields):
    texts = any(field.kind.cpp == "std::string" for field in fields)
    return render("resource.hpp", names, string_include="#include <string>\n" if texts else "",
                  members="\n".join(map(member, fields)))


# --- the description ---


def options(names, field):
    """The options of a field, each as it is chained."""
    kind = field.kind
    chain = []
    if field.required:
        chain.append(".required()")
    chain += re.findall(r"\.[a-z_]+\([^)]*\)", kind.options)
    if field.choices:
        chain.append(".choices({" + ", ".join(f'"{choice}"' for choice in field.choices) + "})")
    if kind.bounds == "length":
        chain.append(f".max_length({grouped(field.most)})")
    elif field.most is not None:
        written = seconds if field.type == "minutes" else grouped
        chain.append(f".between({written(field.least)}, {written(field.most)})")
    if field.type == "reference":
        chain.append(f'.refers_to<&Patient::id>("{{tenant}}.patient", "{names.singular}_{field.name}_fkey")')
        chain.append(".not_archived()")
    if field.unique:
        chain.append(f'.unique("{names.singular}_{field.name}_key")')
    return chain


def described(names, field):
    """`field<&Room::name>.required()`, on as many lines as its options need."""
    lines = [f"field<&{names.struct}::{field.name}>"]
    for option in options(names, field):
        if len(lines[-1]) + len(option) + 16 < MARGIN:
            lines[-1] += option
        else:
            lines.append(f"    {option}")
    return "\n".join(lines)


def rest(names, fields):
    """What the list is filtered, searched and ordered by."""
    of = f"&{names.struct}::"
    lines = [f".filter<{of}{field.name}>({field.kind.lookups})" for field in fields if field.kind.lookups]
    searched = [field for field in fields if field.search]
    if searched:
        sources = ", ".join(f"{'digits' if f.type == 'phone' else 'words'}<{of}{f.name}>()" for f in searched)
        lines.append(f'.search("{{tenant}}.{names.singular}_token", {{{sources}}})')
    name = title(fields).name
    lines.append(f'.orderings("{name}", {{by<{of}{name}>(), by<{of}created_at>()}})')
    lines += [f".expand<{of}{field.name}>(patients())" for field in fields if field.type == "reference"]
    return indent("\n".join(lines), " " * 8)


def used_names(text):
    names = [name for name in ("by", "digits", "field", "words") if re.search(rf"\b{name}<&", text)]
    lookup = ["namespace lookup = resource::lookup;"] if "lookup::" in text else []
    return "\n".join(lookup + [f"using resource::{name};" for name in names])


def refers(fields):
    return any(field.type == "reference" for field in fields)


PATIENT_INCLUDE = '#include "clinic/patients/patient.hpp"\n'


def source(names, fields):
    own = ["id", "version"], ["created_at", "updated_at", "archived_at"]
    system = [[f"field<&{names.struct}::{name}>" for name in part] for part in own]
    listed = ",\n".join(system[0] + [described(names, field) for field in fields] + system[1])
    tail = rest(names, fields)
    return render("resource.cpp", names, about=sentence(names.plural), usings=used_names(listed + tail),
                  reference_include=PATIENT_INCLUDE if refers(fields) else "",
                  fields=indent(listed, " " * 16).lstrip(), rest=tail)
