"""The tests of the resource in C++: on a database, and through the product's own server."""

import json

from cpp import PATIENT_INCLUDE, refers
from names import camel
from samples import other_sample, sample, title
from templates import render


def raw(body):
    """A body as a raw literal, on as many lines as it needs."""
    lines = ["{"]
    for number, (name, value) in enumerate(body.items()):
        member = f"{json.dumps(name)}:{json.dumps(value, ensure_ascii=False)}" + ("," if number < len(body) - 1 else "}")
        if len(lines[-1]) + len(member) > 90:
            lines.append(" " * 8)
        lines[-1] += member
    return 'R"(' + "\n".join(lines) + ')"'


def body_in_cpp(fields):
    """A whole body, in which a reference is the id of a patient."""
    body = raw({field.name: f"@{field.name}" if field.type == "reference" else sample(field) for field in fields})
    for field in fields:
        if field.type == "reference":
            body = body.replace(f'"@{field.name}"', f'")" + patient + R"("')
    return body.replace(' + R"()"', "")


def answered(value):
    """As Answer::get says it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\n", "\\n")


def whole(fields):
    made = ""
    if refers(fields):
        made = ('        const std::string patient =\n            clinic.post("/api/v1/patients", '
                'R"({"name":"Asha Rao","sex":"female","age":34})").get("id");\n')
    constant = "" if refers(fields) else "static "
    return f"    {constant}std::string whole() {{\n{made}        return {body_in_cpp(fields)};\n    }}"


def expectations(fields):
    return "\n".join(f'    EXPECT_EQ(made.get("{field.name}"), "{answered(sample(field))}");'
                     for field in fields if field.type != "reference")


def more_tests(names, fields):
    """Tests that only some resources have something for."""
    tests = []
    required = [field for field in fields if field.required]
    if required:
        named = ", ".join(f"{field.name}: required" for field in required)
        tests.append(("NeedWhatIsRequired", f'    EXPECT_EQ(clinic.post(list, "{{}}").errors(), "{named}");'))
    wrong = raw({field.name: field.kind.wrong for field in fields})
    codes = ", ".join(f"{field.name}: {field.kind.wrong_code}" for field in fields)
    tests.append(("AreCheckedFieldByField", f"    EXPECT_EQ(clinic.post(list, {wrong}).errors(),\n"
                                            f'              "{codes}");'))
    unique = next((field for field in fields if field.unique), None)
    if unique:
        tests.append((f"HaveEach{camel(unique.name)}Once",
                      f'    add();\n    EXPECT_EQ(clinic.post(list, whole()).errors(), "{unique.name}: unique");'))
    return "".join(f"TEST_F({names.structs}Test, {name}) {{\n{body}\n}}\n\n" for name, body in tests).rstrip("\n") + "\n"


def changes(fields):
    """Two changes of one field, one after the other."""
    field = title(fields)
    return raw({field.name: other_sample(field)}), raw({field.name: sample(field)})


def test(names, fields):
    change, back = changes(fields)
    serve = "        resource::add(patients(), parts, api);\n" if refers(fields) else ""
    return render("resource_test.cpp", names, reference_include=PATIENT_INCLUDE if refers(fields) else "",
                  serve_reference=serve, whole=whole(fields), expected=expectations(fields),
                  tests=more_tests(names, fields), change=change, change_back=back)


def api_test(names, fields):
    made = ""
    if refers(fields):
        made = ('    const std::string patient =\n        owner.post("/api/v1/patients", '
                'R"({"name":"Asha Rao","sex":"female","age":34})").text("id");\n')
    return render("resource_api_test.cpp", names, reference_made=made, body=body_in_cpp(fields))
