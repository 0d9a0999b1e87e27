"""The end-to-end test of the screens: what a person types and presses."""

from names import sentence, words
from samples import other_sample, sample, title

TYPED = {"money": "500", "phone": "98123 45678", "time": "09:30", "timestamp": "2026-11-28T09:30", "decimal": "12.50"}


def typed(field):
    if field.type == "minutes":
        return str(max(field.least, min(field.most, field.kind.sample)))
    return TYPED.get(field.type) or str(sample(field)).replace("\n", "\\n")


def labelled(field):
    label = sentence(field.words)
    return f"getByLabel('{label}', {{ exact: true }})" if field.required else f"getByLabel('{label} (optional)')"


def step(field):
    """What a person does to give the field its value."""
    if field.choices and (field.nullable or len(field.choices) > 4):
        return f"await page.{labelled(field)}.selectOption('{field.choices[0]}');"
    if field.choices:
        return f"await page.getByRole('radio', {{ name: '{sentence(field.choices[0])}' }}).check();"
    if field.type == "boolean":
        label = sentence(field.words)
        return f"await page.getByRole('switch', {{ name: '{label}' }}).setChecked(true);"
    return f"await page.{labelled(field)}.fill('{typed(field)}');"


def spec_parts(names, fields):
    named = title(fields)
    needed = [field for field in fields if field.type == "reference" and field.required]
    lines = [step(field) for field in fields if field.type != "reference"]
    if needed:
        lines += ["const [patient = ''] = await addPatients(page, [{ name: 'Asha Rao', sex: 'female', age: 34 }]);"]
        lines += [f"await page.{labelled(field)}.fill(patient);" for field in needed]
    return {
        "imported": "addPatients, expect, hydrated, test" if needed else "expect, hydrated, test",
        "fill": "\n".join(f"  {line}" for line in lines), "label_new": f"New {words(names.singular)}",
        "label_title": sentence(named.name), "sample_title": sample(named), "sample_other": other_sample(named),
        "many_words": words(names.plural)}
