"""The screens: a list, an object, the forms to add and to change one; and where the web app learns of them."""

import json

import messages
from edits import Edit
from samples import title
from screen_test import spec_parts
from screens import card_parts, list_parts
from templates import render

DESK = "web/src/app/(app)/(desk)"


def files(names, fields):
    feature = f"web/src/features/{names.file_many}"
    page = f"{DESK}/{names.plural}"
    shared = {"one": names.one, "many": names.many, "file_one": names.file_one, "file_many": names.file_many,
              "title": title(fields).name}

    def made(template, **values):
        return render(f"web/{template}", names, **shared, **values)

    return {
        f"{feature}/{names.file_many}.ts": made("resource.ts", filters=filters(fields), orderings=orderings(fields),
                                                searches="true" if any(field.search for field in fields) else "false"),
        f"{feature}/{names.file_one}-server.ts": made("server.ts"),
        f"{feature}/{names.file_one}-list.tsx": made("list.tsx", **list_parts(names, fields)),
        f"{feature}/{names.file_one}-card.tsx": made("card.tsx", **card_parts(names, fields)),
        f"{feature}/{names.file_one}-fields.tsx": made("fields.tsx", fields="\n".join(
            f'      <FormField form={{form}} name="{field.name}" />' for field in fields)),
        f"{feature}/new-{names.file_one}.tsx": made("new.tsx"),
        f"{feature}/edit-{names.file_one}.tsx": made("edit.tsx"),
        f"{page}/page.tsx": made("list-page.tsx"),
        f"{page}/new/page.tsx": made("new-page.tsx"),
        f"{page}/[id]/page.tsx": made("card-page.tsx"),
        f"{page}/[id]/edit/page.tsx": made("edit-page.tsx"),
        f"web/e2e/{names.file_many}.spec.ts": made("e2e.spec.ts", **spec_parts(names, fields)),
    }


def filters(fields):
    """Those with few values; ranges and references have no chip."""
    chips = {field.name: list(field.choices) for field in fields if field.choices}
    chips |= {field.name: ["true", "false"] for field in fields if field.type == "boolean"}
    chips["archived"] = ["true"]
    return ", ".join(f"{name}: {json.dumps(values)}" for name, values in chips.items())


def orderings(fields):
    return f"'{title(fields).name}', 'created_at'"


def edits(root, names, fields):
    layout = Edit(root, "web/src/app/(app)/layout.tsx").replace("'patients',", rf"\g<0> '{names.plural}',")
    shell = Edit(root, "web/src/features/shell/sections.ts")
    shell.replace(r",?\s*\] as const satisfies", rf", {{ name: '{names.plural}', icon: List }}] as const satisfies")
    if "List," not in shell.text:
        shell.replace(r"import \{ (?=.* from 'lucide-react')", r"\g<0>List, ")
    pages = Edit(root, "web/e2e/accessibility.spec.ts")
    pages.replace(r"const IN_SPECS_OF_THEIR_OWN: string\[\] = \[", rf"\g<0>'/{names.plural}', ")
    return [
        layout, shell, pages,
        messages.edit(root, "en", names, fields),
        messages.edit(root, "hi", names, fields),
    ]
