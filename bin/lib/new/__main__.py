"""Writes a resource: `python3 bin/lib/new resource NAME field:type…`. bin/new then builds it and describes it."""

import argparse
import subprocess
import sys
from pathlib import Path

import cpp
import cpp_tests
import isolation
import product
import sql
import web
from fields import parse_fields
from kinds import KINDS
from names import names_of
from refusal import Refusal

ROOT = Path(__file__).resolve().parents[3]

OPTIONS = """options of a field:
  required     must be given; without it (and without a default) it may be null
  unique       no two in a clinic have the same, archived ones among them
  search       ?search= finds its words, or a phone's digits
  min= max=    the range of a number or of minutes; max= the letters of a text
  default=     of a text, choice, integer, boolean or minutes that is not given

example:
  bin/new resource appointment_type name:text:required colour:choice:red,green,blue duration:minutes price:money \\
      active:boolean"""


def parse(arguments):
    kinds = "\n".join(f"  {name:12} {kind.about}" for name, kind in KINDS.items())
    parser = argparse.ArgumentParser(
        prog="bin/new", formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
        description="Writes a new resource of the clinic: C++, migration, permissions, tests, isolation cases, the API's\n"
                    "description and the web app's screens. Then builds the API to describe it.",
        epilog=f"types of fields:\n{kinds}\n\n{OPTIONS}\n\ndocs/resources/ says the rest.")
    parser.add_argument("what", choices=["resource"])
    parser.add_argument("name", metavar="NAME", help="of one object, in small letters: appointment_type")
    parser.add_argument("fields", metavar="field:type[:option…]", nargs="*")
    parser.add_argument("--plural", help="where English has its own: --plural=people")
    parser.add_argument("--dry-run", action="store_true", help="list what would be written, and write nothing")
    parser.add_argument("--sources-only", action="store_true", help="write the files, and build nothing")
    return parser.parse_args(arguments)


def next_migration():
    numbers = [int(path.name.split("_")[0]) for path in (ROOT / "migrations/tenant").glob("[0-9]*.sql")]
    return max(numbers) + 1


def new_files(names, fields):
    at = f"{names.folder}/{names.singular}"
    return {
        f"{at}.hpp": cpp.header(names, fields),
        f"{at}.cpp": cpp.source(names, fields),
        f"{names.folder}/{names.plural}_test.cpp": cpp_tests.test(names, fields),
        f"src/clinic/{names.plural}_api_test.cpp": cpp_tests.api_test(names, fields),
        f"migrations/tenant/{next_migration():04}_{names.plural}.sql": sql.migration(names, fields),
        **web.files(names, fields),
    }


def refuse_what_exists(names, files):
    tables = "\n".join(path.read_text() for path in (ROOT / "migrations/tenant").glob("*.sql"))
    if f"create table shared.{names.singular} (" in tables:
        raise Refusal(f"The table shared.{names.singular} exists.", "Another name, or a migration that changes it.")
    for path in [names.folder, *files]:
        if (ROOT / path).exists():
            raise Refusal(f"{path} exists.", "Another name, or take it away first.")


def refuse_uncommitted(paths):
    """What is written is undone by git; with other changes in the same files that would take those too."""
    status = subprocess.run(["git", "-C", ROOT, "status", "--porcelain", "--", *paths], capture_output=True, text=True)
    if status.returncode == 0 and status.stdout:
        raise Refusal("There are changes that are not committed, in files which this writes:", *status.stdout.splitlines(),
                      "Commit or stash them: then `git status` shows what was written, and git can undo it.")


def lay_out(paths):
    cpp = [ROOT / path for path in paths if path.endswith((".hpp", ".cpp"))]
    subprocess.run(["clang-format-19", "-i", *cpp], check=True)
    pages = [ROOT / path for path in paths if path.startswith("web/")]
    prettier = ROOT / "web/node_modules/prettier/bin/prettier.cjs"
    subprocess.run(["node", prettier, "--write", "--log-level=warn", *pages], cwd=ROOT / "web", check=True)


def write(files, edits):
    for path, text in files.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text)
    for edit in edits:
        (ROOT / edit.path).write_text(edit.text)
    lay_out([*files, *(edit.path for edit in edits)])


def main():
    asked = parse(sys.argv[1:])
    names, fields = names_of(asked.name, asked.plural), parse_fields(asked.fields)
    files = new_files(names, fields)
    refuse_what_exists(names, files)
    edits = [*product.edits(ROOT, names, fields), *isolation.edits(ROOT, names, fields),
             *web.edits(ROOT, names, fields)]
    if not asked.dry_run:
        refuse_uncommitted([edit.path for edit in edits])
        write(files, edits)
    for path in files:
        print(f"  new      {path}")
    for edit in edits:
        print(f"  changed  {edit.path}")


try:
    main()
except Refusal as refusal:
    print(f"✗ {refusal}", *(f"  {hint}" for hint in refusal.hints), sep="\n", file=sys.stderr)
    sys.exit(1)
