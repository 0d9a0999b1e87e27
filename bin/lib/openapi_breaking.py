"""Says what in a new OpenAPI document would break a program written against an old one: openapi_breaking.py OLD NEW.

The rules of /api/v1: what is answered only grows, what is asked for only shrinks. So a path, an operation, a status that
succeeds, a member of an answer, a parameter or a choice that may be sent must stay, and nothing new may be demanded. What
is only described otherwise (summaries, descriptions, examples) breaks nothing, and a page for people may become another
program's. Prints a line for each break; exit code 1
when there is one.
"""

import json
import sys

METHODS = ("get", "put", "post", "delete", "patch", "options")
# Bounds that a body must keep: whether the new one is narrower.
NARROWER = {
    "minimum": lambda old, new: new > old,
    "minLength": lambda old, new: new > old,
    "minItems": lambda old, new: new > old,
    "maximum": lambda old, new: new < old,
    "maxLength": lambda old, new: new < old,
    "maxItems": lambda old, new: new < old,
    "pattern": lambda old, new: new != old,
}


class Comparison:
    def __init__(self, old, new):
        self.old, self.new = old, new
        self.breaks = []
        self.under_way = set()

    def run(self):
        for path, operations in self.old["paths"].items():
            for method in METHODS:
                if method in operations and not is_page(operations[method]):
                    self.operation(f"{method.upper()} {path}", operations[method],
                                   self.new["paths"].get(path, {}).get(method))
        return self.breaks

    def operation(self, where, old, new):
        if new is None:
            return self.say(where, "is gone")
        if old["operationId"] != new["operationId"]:
            self.say(where, f"is called {new['operationId']}, not {old['operationId']}")
        if old.get("x-permission") != new.get("x-permission"):
            self.say(where, f"asks for the permission {new.get('x-permission')}, not {old.get('x-permission')}")
        self.parameters(where, old, new)
        self.body(where, old, new)
        for status, answer in old["responses"].items():
            self.answer(f"{where} {status}", status, answer, new["responses"].get(status))

    def parameters(self, where, old, new):
        after = {(p["in"], p["name"]): p for p in new.get("parameters", [])}
        for parameter in old.get("parameters", []):
            key = (parameter["in"], parameter["name"])
            there = f"{where} parameter {key[1]}"
            if key not in after:
                self.say(there, "is gone")
                continue
            self.asked(there, parameter["schema"], after[key]["schema"])
            if after[key].get("required") and not parameter.get("required"):
                self.say(there, "is required")
            del after[key]
        for (_, name), parameter in after.items():
            if parameter.get("required"):
                self.say(f"{where} parameter {name}", "is new and required")

    def body(self, where, old, new):
        before, after = old.get("requestBody"), new.get("requestBody")
        if after and not before and after.get("required"):
            return self.say(where, "demands a body")
        if not before or not after:
            return None
        for media_type, content in before["content"].items():
            if media_type not in after["content"]:
                self.say(where, f"takes no {media_type}")
            else:
                self.asked(f"{where} body", content["schema"], after["content"][media_type]["schema"])
        return None

    def answer(self, where, status, old, new):
        if new is None:
            if status < "400":
                self.say(where, "is gone")
            return
        old, new = self.resolve(self.old, old), self.resolve(self.new, new)
        for media_type, content in old.get("content", {}).items():
            if media_type not in new.get("content", {}):
                self.say(where, f"is no {media_type}")
            elif "schema" in content:
                self.answered(where, content["schema"], new["content"][media_type]["schema"])

    # What a program reads: it must find all that it knew, and nothing that it was promised not to find.
    def answered(self, where, old, new):
        if not self.enter("answered", old, new):
            return
        old, new = self.resolve(self.old, old), self.resolve(self.new, new)
        if self.variants(where, old, new, self.answered):
            return
        if surplus := types(new) - types(old):
            self.say(where, f"may be {', '.join(sorted(surplus))}")
        if "enum" in old and (surplus := choices(new) - choices(old)) and "code" not in where.rsplit(".", 1)[-1]:
            self.say(where, f"may be {', '.join(sorted(surplus))}")
        self.items(where, old, new, self.answered)
        after = new.get("properties", {})
        for name, schema in old.get("properties", {}).items():
            there = f"{where}.{name}"
            if name not in after:
                self.say(there, "is gone")
                continue
            if name in old.get("required", []) and name not in new.get("required", []):
                self.say(there, "may be missing")
            self.answered(there, schema, after[name])

    # What a program sends: all that it may send must still be taken.
    def asked(self, where, old, new):
        if not self.enter("asked", old, new):
            return
        old, new = self.resolve(self.old, old), self.resolve(self.new, new)
        if self.variants(where, old, new, self.asked):
            return
        if missing := types(old) - types(new):
            self.say(where, f"may no longer be {', '.join(sorted(missing))}")
        if "enum" in new and (missing := choices(old) - choices(new) if "enum" in old else {"anything else"}):
            self.say(where, f"may no longer be {', '.join(sorted(missing))}")
        for bound, narrower in NARROWER.items():
            if bound in new and (bound not in old or narrower(old[bound], new[bound])):
                self.say(where, f"has the {bound} {new[bound]}, was {old.get(bound, 'free')}")
        self.items(where, old, new, self.asked)
        before, after = old.get("properties", {}), new.get("properties", {})
        for name, schema in before.items():
            if name in after:
                self.asked(f"{where}.{name}", schema, after[name])
            elif new.get("additionalProperties") is False:
                self.say(f"{where}.{name}", "is no longer taken")
        for name in set(new.get("required", [])) - set(old.get("required", [])):
            self.say(f"{where}.{name}", "is required")

    def items(self, where, old, new, compare):
        if "items" in old and "items" in new:
            compare(f"{where}[]", old["items"], new["items"])

    def variants(self, where, old, new, compare):
        """Of a choice of schemas: those of the same name are compared, the others in their order; none may go."""
        if "oneOf" not in old and "oneOf" not in new:
            return False
        before, after = (dict(named(schema)) for schema in (old, new))
        for name, schema in before.items():
            if name in after:
                compare(f"{where}|{name}", schema, after[name])
            elif compare == self.asked:
                self.say(f"{where}|{name}", "is no longer taken")
        return True

    def enter(self, kind, old, new):
        """A schema that refers to itself is walked once."""
        if "$ref" not in old:
            return True
        key = (kind, old["$ref"], new.get("$ref"))
        if key in self.under_way:
            return False
        self.under_way.add(key)
        return True

    @staticmethod
    def resolve(document, schema):
        while "$ref" in schema:
            target = document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            schema = target
        if schema.get("anyOf", [])[1:] == [{"type": "null"}]:
            return or_null(Comparison.resolve(document, schema["anyOf"][0]))
        return schema

    def say(self, where, what):
        line = f"{where} {what}"
        if line not in self.breaks:
            self.breaks.append(line)


def is_page(operation):
    """Whether it answers people, not programs."""
    media_types = operation["responses"].get("200", {}).get("content", {})
    return any(media_type.startswith("text/html") for media_type in media_types)


def named(schema):
    """The variants of a schema, by name: itself where there is no choice."""
    for index, variant in enumerate(schema.get("oneOf", [schema])):
        yield variant.get("$ref", f"variant {index + 1}").rsplit("/", 1)[-1], variant


def or_null(schema):
    """As a schema that stands in its place says it: `type: [string, null]`."""
    schema = {**schema, "type": [*types(schema), "null"]}
    return {**schema, "enum": [*schema["enum"], None]} if "enum" in schema else schema


def types(schema):
    kind = schema.get("type", [])
    return set(kind if isinstance(kind, list) else [kind])


def choices(schema):
    return {json.dumps(value) for value in schema.get("enum", [])}


def compare(old, new):
    return Comparison(old, new).run()


def main():
    old, new = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
    breaks = compare(old, new)
    for line in breaks:
        print(line)
    sys.exit(1 if breaks else 0)


if __name__ == "__main__":
    main()
