"""The lines by which the clinic knows of the resource: its module, its permissions, itself."""

from cpp import refers
from edits import Edit
from names import words


def edits(root, names, fields):
    depends = "clinic/patients" if refers(fields) else "platform/resource"
    build = Edit(root, "CMakeLists.txt")
    build.before(r"terrace_module\(clinic DEPENDS", f"terrace_module(clinic/{names.plural} DEPENDS {depends})\n")
    build.replace(r"(terrace_module\(clinic DEPENDS .*) platform/app\)", rf"\1 clinic/{names.plural} platform/app)")

    many = words(names.plural)
    granted = "".join(f'    catalogue.add_permission({{"{names.plural}.{act}", "{label}"}});\n' for act, label in (
        ("read", f"See {many}"), ("create", f"Add {many}"), ("update", f"Change {many}"),
        ("archive", f"Archive {many} and bring them back")))
    product = Edit(root, "src/clinic/product.cpp")
    product.sorted_include(f'#include "clinic/{names.plural}/{names.singular}.hpp"\n')
    product.before(r"    const std::vector<std::string> everyday\{", f"{granted}\n")
    product.at_end_of(r"    const std::vector<std::string> everyday\{", r"    \};", f'        "{names.plural}.read",\n')
    product.at_end_of(r"    return \{", r"    \};", f"        &{names.plural}(),\n")
    return [build, product]
