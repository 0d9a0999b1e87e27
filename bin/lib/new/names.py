"""The names of a resource, in each place as that place spells them, and which names cannot be."""

import re
from dataclasses import dataclass

from refusal import Refusal

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST = 40  # with `_fieldname_check` behind it a name of PostgreSQL has at most 63 bytes

# Words of C++ and of PostgreSQL that cannot be a member or a column without quotes.
CPP_WORDS = """alignas alignof and asm auto bool break case catch char class concept const consteval constexpr continue
    default delete do double else enum explicit export extern false float for friend goto if inline int long mutable
    namespace new noexcept not nullptr operator or private protected public register requires return short signed sizeof
    static struct switch template this throw true try typedef typeid typename union unsigned using virtual void volatile
    while xor""".split()
SQL_WORDS = """all analyse analyze any array as asc asymmetric authorization binary both cast check collate collation
    column constraint create cross current_date current_role current_time current_user deferrable desc distinct end
    except fetch foreign freeze from full grant group having ilike in initially inner intersect into is isnull join
    lateral leading left like localtime localtimestamp natural notnull null offset on only order outer overlaps placing
    primary references returning right select session_user similar some symmetric table tablesample then to trailing
    union unique user variadic verbose when where window with""".split()
# What the engine keeps of every object, and what every list takes as a parameter.
TAKEN = """tenant_id id version created_at updated_at archived_at
    limit cursor search ordering fields expand count format archived""".split()


def check_name(name, what):
    if not NAME.fullmatch(name):
        spelled = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()).strip("_")
        hint = [f"For example: {spelled}"] if NAME.fullmatch(spelled) else []
        raise Refusal(f'The {what} "{name}" is not written in small letters, digits and single underscores.', *hint)
    if len(name) > LONGEST:
        raise Refusal(f'The {what} "{name}" is longer than {LONGEST} letters.')
    if name in CPP_WORDS or name in SQL_WORDS:
        raise Refusal(f'The {what} "{name}" is a word of C++ or SQL.', "Another name says more, or add a word to it.")


def check_field_name(name):
    check_name(name, "field")
    if name in TAKEN:
        raise Refusal(f'The field "{name}" is there already: of every object, or as a parameter of every list.',
                      "Leave it out, or give it another name.")


def plural_of(singular):
    if re.search(r"[^aeiou]y$", singular):
        return singular[:-1] + "ies"
    if re.search(r"(s|x|z|ch|sh)$", singular):
        return singular + "es"
    return singular + "s"


def words(name):
    return name.replace("_", " ")


def sentence(name):
    """`appointment_type`, or its words, as a label: `Appointment type`."""
    return words(name)[0].upper() + words(name)[1:]


def camel(name):
    return "".join(part.capitalize() for part in name.split("_"))


@dataclass(frozen=True)
class Names:
    singular: str  # appointment_type: the table, the C++ file
    plural: str  # appointment_types: the path, the permissions, the folder, the function

    @property
    def struct(self):
        return camel(self.singular)

    @property
    def structs(self):
        return camel(self.plural)

    @property
    def folder(self):
        return f"src/clinic/{self.plural}"

    @property
    def file_one(self):
        """In the web app, where files are written with hyphens: appointment-type."""
        return self.singular.replace("_", "-")

    @property
    def file_many(self):
        return self.plural.replace("_", "-")

    @property
    def one(self):
        """In TypeScript: appointmentType."""
        return self.struct[0].lower() + self.struct[1:]

    @property
    def many(self):
        return self.structs[0].lower() + self.structs[1:]


def names_of(singular, plural=None):
    check_name(singular, "name")
    if plural is None:
        plural = plural_of(singular)
    check_name(plural, "plural")
    if plural == singular:
        raise Refusal(f'"{singular}" is its own plural; the table and the list need two names.',
                      "--plural=… names the list.")
    return Names(singular, plural)
