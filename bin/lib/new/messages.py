"""The words of the screens, in the languages of the app."""

import json

import hindi
from edits import Edit
from names import sentence, words


def part(names, fields, say):
    """The resource's part of the messages; `say` tells a word in the language."""
    words_of = {
        "title": say(sentence(names.plural)),
        "new": say("New {thing}", words(names.singular)),
        "editHeading": say("Edit {thing}", words(names.singular)),
        "fields": {field.name: say(sentence(field.words)) for field in fields},
    }
    chosen = {field.name: {value: say(sentence(value)) for value in field.choices} for field in fields if field.choices}
    return words_of | ({"choices": chosen} if chosen else {})


def english(text, thing=""):
    return text.replace("{thing}", thing)


def edit(root, language, names, fields):
    found = Edit(root, f"web/messages/{language}.json")
    said = part(names, fields, {"en": english, "hi": hindi.say}[language])
    found.text = json.dumps(json.loads(found.text) | {names.plural: said}, ensure_ascii=False, indent=2) + "\n"
    return found
