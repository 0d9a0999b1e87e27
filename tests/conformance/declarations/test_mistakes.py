"""A mistake in the declaration of a resource does not compile, and the compiler says in a sentence what to write.

Each mistake is compiled by itself. What is found only when the program starts is in src/platform/resource/declaration/description_test.cpp.
"""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
COMPILER = ["clang++-19", "-std=c++23", "-I", str(ROOT / "src"), "-D_GLIBCXX_ASSERTIONS", "-fno-color-diagnostics"]
HEADER = ROOT / "src/platform/resource/describe.hpp"
SCREEN = 50  # lines

BEFORE = """
using namespace terrace;
using namespace terrace::resource;

struct Note {
    Uuid id;
    std::int64_t version = 1;
    std::string text;
    std::optional<std::string> mood;
    std::int64_t number = 0;
    bool done = false;
    Uuid writer_id;
    Timestamp created_at;
    Timestamp updated_at;
};
struct NoteInput {
    std::optional<std::int64_t> age;
};
struct Other {
    Uuid id;
    std::string text;
};
constexpr Names notes{.plural = "notes", .singular = "note", .schema = "Note", .table = "{tenant}.note", .about = ""};

const Resource& others();

template <class... More>
auto note(More... more) {
    return describe<Note>(notes).fields(field<&Note::id>, field<&Note::version>, field<&Note::mood>, field<&Note::number>,
                                        field<&Note::done>, field<&Note::writer_id>, field<&Note::created_at>,
                                        field<&Note::updated_at>, more...);
}
auto whole() { return note(field<&Note::text>); }
"""

# What is written wrongly, and the sentence.
MISTAKES = {
    "a member is forgotten": (
        "note()",
        "A member of the struct is missing in its description: add a field<&Struct::member> for it.",
    ),
    "a member stands twice": (
        "note(field<&Note::text>, field<&Note::text>)",
        "A member stands twice in this description.",
    ),
    "a field of another struct": (
        "note(field<&Other::text>)",
        "A field of another struct stands in this description.",
    ),
    "an input is forgotten": (
        "describe<Note, NoteInput>(notes).fields(field<&Note::id>, field<&Note::version>, field<&Note::text>,"
        " field<&Note::mood>, field<&Note::number>, field<&Note::done>, field<&Note::writer_id>,"
        " field<&Note::created_at>, field<&Note::updated_at>)",
        "A member of the input struct is missing in the description: add an input<&Struct::member>.",
    ),
    "the engine's members are missing": (
        "describe<Other>(notes).fields(field<&Other::id>, field<&Other::text>)",
        "A resource's struct has Uuid id, std::int64_t version, Timestamp created_at and Timestamp updated_at.",
    ),
    "a member of a type that no column has": (
        "[] { struct Odd { double price; }; return field<&Odd::price>; }()",
        "A member of a resource is a std::string, std::int64_t, bool, Uuid, Date, Timestamp",
    ),
    "an input that may not be absent": (
        "input<&Other::text>",
        "An input is a std::optional: it may be absent.",
    ),
    "a length of a number": (
        "field<&Note::number>.max_length(3)",
        "max_length is for texts; integers have between(least, most).",
    ),
    "a range of a text": (
        "field<&Note::text>.between(1, 3)",
        "texts have min_length and max_length.",
    ),
    "an e-mail address that is a number": ("field<&Note::number>.email()", "An e-mail address is a text."),
    "choices of a number": ('field<&Note::number>.choices({"a", "b"})', "choices are texts."),
    "an id that is kept for an id": (
        'field<&Note::writer_id>.refers_to<&Other::id>("{tenant}.other", "fk").kept_in("other_id")',
        "kept_in is for a reference by another key than the id.",
    ),
    "a pattern of a boolean": ('field<&Note::done>.pattern("a", "b")', "A pattern is for texts."),
    "an ordering by what may be null": ("by<&Note::mood>()", "An ordering needs a column that is never null."),
    "words of a number": ("words<&Note::number>()", "words is for texts."),
    "a number that is a text": (
        'whole().numbered<&Note::text>("note")',
        "A number is a std::int64_t.",
    ),
    "archivable without the member": (
        "whole().archivable()",
        "An archivable resource's struct has the member std::optional<Timestamp> archived_at.",
    ),
    "a filter by another's member": (
        "whole().filter<&Other::text>()",
        "A filter is by a member of the resource's struct.",
    ),
    "a prefix of a number": (
        "whole().filter<&Note::number>(lookup::prefix)",
        "lookup::prefix is for texts.",
    ),
    "a comparison of ids": (
        "whole().filter<&Note::writer_id>(lookup::lt)",
        "lt, lte, gt, gte and range are for what has an order: no booleans, no ids.",
    ),
    "isnull of what is never null": (
        "whole().filter<&Note::text>(lookup::isnull)",
        "lookup::isnull is for a std::optional: this member is never null.",
    ),
    "own by what is no user's id": (
        "own<&Note::text>()",
        "own is for a member that holds a user's Uuid.",
    ),
    "a value of another type in a rule": (
        "is<&Note::number>(std::string())",
        "is compares a member with values of its own type.",
    ),
    "a rule of two structs": (
        "own<&Note::writer_id>() && own<&Other::id>()",
        "A rule names members of one struct only.",
    ),
    "a permission that is no name": (
        'holds("Read notes")',
        "A permission is written area.verb in lower case, such as bookings.read.",
    ),
    "a nested list of the resource itself": (
        'whole().nested(nested<&Note::writer_id>("notes", others()))',
        "A nested list is of another resource: objects refer to a parent.",
    ),
    "a nested list by what is no id": (
        'nested<&Note::text>("notes", others())',
        "A nested list is found by the child's reference to its parent's id: a Uuid.",
    ),
    "an expansion by another's reference": (
        "whole().expand<&Other::id>(others())",
        "The reference is a member of the resource's struct.",
    ),
    "a table's name from a variable": (
        "Names{.plural = \"notes\", .singular = \"note\", .schema = \"Note\", .table = std::string(\"note\").c_str()}",
        "no viable conversion from 'const char *' to 'db::Fragment'",
    ),
}


@pytest.fixture(scope="module")
def header(tmp_path_factory):
    """The layer's header, compiled once."""
    compiled = tmp_path_factory.mktemp("header") / "resource.pch"
    subprocess.run([*COMPILER, "-x", "c++-header", str(HEADER), "-o", str(compiled)], check=True)
    return compiled


def compile_declaration(header, tmp_path, declaration):
    source = tmp_path / "declaration.cpp"
    source.write_text(f"{BEFORE}\nauto made = {declaration};\n")
    return subprocess.run(
        [*COMPILER, "-fsyntax-only", "-include-pch", str(header), str(source)], capture_output=True, text=True
    )


@pytest.mark.parametrize("declaration, sentence", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_on_one_screen(header, tmp_path, declaration, sentence):
    run = compile_declaration(header, tmp_path, declaration)
    assert run.returncode != 0, "it compiles"
    assert sentence in " ".join(run.stderr.split()), run.stderr
    assert len(run.stderr.splitlines()) <= SCREEN, run.stderr


def test_what_is_right_compiles(header, tmp_path):
    right = 'whole().filter<&Note::text>(lookup::prefix).orderings("text", {by<&Note::text>()})'
    run = compile_declaration(header, tmp_path, right)
    assert run.returncode == 0, run.stderr


def test_a_whole_resource_is_80_lines():
    """Ten fields, three validators, two filters, search, orderings, a rule, an action, a nested list: struct and
    description, includes and comments."""
    files = [ROOT / "src/conformance" / name for name in ("kit.hpp", "kit.cpp")]
    lines = [line for file in files for line in file.read_text().splitlines()]
    assert len(lines) <= 80
    description = files[1].read_text()
    for part in (".pattern(", ".between(", ".email()", ".filter<", ".search(", ".orderings(", ".allow(", ".action(",
                 ".nested(", ".expand<"):  # fmt: skip
        assert part in description, part
