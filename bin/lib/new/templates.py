"""The templates beside this file, with the names of the resource put in."""

from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent / "templates"


def render(template, names, **values):
    text = Template((FOLDER / template).read_text())
    return text.substitute(singular=names.singular, plural=names.plural, struct=names.struct, structs=names.structs,
                           **values)
