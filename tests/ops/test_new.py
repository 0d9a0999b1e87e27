"""bin/new: what it writes is a part of the product, and what it cannot write it refuses with a word of what to write.

A copy of the tree gets two resources. Their C++ is compiled with the rest of the clinic and linked with what this run has
built, which makes a `terrace` that knows them; from its description come the types that their screens are checked against.
Their own unit, API, isolation and end-to-end tests are run by the suites of whoever keeps what was written.
"""

import json
import re
import runpy
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from harness import ROOT
from support.clinics import expect, sign_up
from support.database import Admin
from support.server import Installation
from support.stack import binary

# Names that no product takes: whoever wrote the documents' example has an appointment_type.
EXAMPLE = ("sample_visit name:text:required colour:choice:red,green,blue duration:minutes price:money "
           "active:boolean").split()
# A field of every type, and every option.
EVERYTHING = ("sample_order code:slug:required:unique title:text:required:search:max=40 remark:multiline "
              "contact:email phone:phone:search website:url amount:integer:min=1:max=99 urgency:integer:default=3 "
              "weight:decimal price:money:required urgent:boolean:default=true due_on:date opens:time "
              "seen_at:timestamp length:minutes:max=90:default=30 state:choice:open,done:default=open "
              "patient_id:reference:patients").split()


def new(tree, *arguments):
    return subprocess.run(["python3", tree / "bin/lib/new", "resource", *arguments], capture_output=True, text=True)


def git(tree, *arguments):
    return subprocess.run(["git", "-C", tree, "-c", "user.name=t", "-c", "user.email=t@t.example", *arguments],
                          capture_output=True, text=True, check=True).stdout


def copy_of_tree(folder):
    """What git knows of this tree, or would, as a repository of its own."""
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / "web/node_modules").symlink_to(ROOT / "web/node_modules")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "The tree.")
    return folder


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The tree with both resources in it, the second not committed."""
    made = copy_of_tree(tmp_path_factory.mktemp("new") / "tree")
    for number, arguments in enumerate((EXAMPLE, EVERYTHING)):
        done = new(made, *arguments)
        assert done.returncode == 0, done.stderr
        if number == 0:
            git(made, "add", "-A")
            git(made, "commit", "-qm", "The example.")
    return made


def sources(tree):
    """The files that the two are made of."""
    committed = git(tree, "diff", "--name-only", "--diff-filter=A", "HEAD^", "HEAD").splitlines()
    return [tree / name for name in committed + git(tree, "ls-files", "-o", "--exclude-standard").splitlines()]


def test_every_file_is_named_as_it_is_written(tmp_path):
    made = copy_of_tree(tmp_path / "tree")
    listed = new(made, *EXAMPLE, "--dry-run")
    assert git(made, "status", "--porcelain") == ""
    done = new(made, *EXAMPLE)
    assert (done.stdout, done.stderr) == (listed.stdout, "")
    status = git(made, "status", "--porcelain", "-uall").splitlines()
    assert sorted(line.split()[-1] for line in done.stdout.splitlines()) == sorted(line[3:] for line in status)

    again = new(made, *EXAMPLE)
    assert again.returncode == 1 and "The table shared.sample_visit exists." in again.stderr
    another = new(made, "sample_room", "name:text:required")
    assert another.returncode == 1 and "not committed" in another.stderr and "src/clinic/product.cpp" in another.stderr
    assert git(made, "status", "--porcelain", "-uall").splitlines() == status


@pytest.mark.parametrize("arguments, said", [
    ("sample_room", "A resource has at least one field."),
    ("SampleRoom name:text", "For example: sample_room"),
    ("patient name:text:required", "The table shared.patient exists."),
    ("sheep name:text:required --plural=sheep", "--plural=… names the list."),
    ("sample_room name", "name:text:required:max=80"),
    ("sample_room name:word", 'there is no type "word"'),
    ("sample_room name:text name:text", "name stands twice."),
    ("sample_room name:text:max=none", "max=none is no whole number."),
    ("sample_room name:text:requird", "Options: required, unique, search"),
    ("sample_room name:text:required:default=x", "what is required has no default."),
    ("sample_room id:uuid", 'The field "id" is there already'),
    ("sample_room order:integer", "is a word of C++ or SQL."),
    ("sample_room colour:choice:red", "2 to 16 different values."),
    ("sample_room colour:choice:red,blue:default=green", 'the default "green" is no value of it.'),
    ("sample_room beds:integer name:text", "name:text:required"),
    ("sample_room beds:integer:min=5:max=2", "the range from 5 to 2 is empty."),
    ("sample_room made_on:date:min=5", "a date has none."),
    ("sample_room patient:reference:patients", "patient_id:reference:patients"),
    ("sample_room maker_id:reference:makers", "and that is patients."),
])
def test_a_mistake_is_told_with_what_to_write(arguments, said):
    done = new(ROOT, *arguments.split(), "--dry-run")
    assert done.returncode == 1 and said in done.stderr, done.stderr


def test_all_of_it_is_laid_out_and_nothing_is_unused(tree):
    changed = [tree / "src/clinic/product.cpp", *sources(tree)]
    cpp = [path for path in changed if path.suffix in (".hpp", ".cpp")]
    assert len(cpp) == 9
    subprocess.run(["clang-format-19", "--dry-run", "--Werror", *cpp], check=True)
    subprocess.run(["python3", tree / "bin/lib/unused_using.py"], check=True)
    assert [line for path in changed for line in path.read_text().splitlines() if len(line) > 120] == []


# --- a program that knows them ---


@pytest.fixture(scope="module")
def program(tree):
    """`terrace` with the clinic of the copied tree and everything else as it was built for this run."""
    build = Path(binary()).parent
    clinic = tree / "clinic.cpp"
    files = [path for path in sorted(tree.glob("src/clinic/**/*.cpp"))
             if "patients" not in path.parent.name and not path.stem.endswith("_test")]
    clinic.write_text("".join(f'#include "{path.relative_to(tree / "src")}"\n' for path in files))

    commands = json.loads((build / "compile_commands.json").read_text())
    command = next(entry["command"] for entry in commands if "/clinic.dir/" in entry["file"])
    command = re.sub(r" -o \S+ -c \S+", "", command).replace(f"-I{ROOT}/src", f"-I{tree}/src")
    subprocess.run([*shlex.split(command), "-c", clinic, "-o", tree / "clinic.o"], cwd=build, check=True)

    listed = subprocess.run(["ninja", "-C", build, "-t", "commands", "terrace"], capture_output=True, text=True, check=True)
    link = listed.stdout.splitlines()[-1]
    assert " -o terrace " in link and re.search(r" \S*libclinic\.a ", link), link
    link = re.sub(r" \S*libclinic\.a ", f" {tree}/clinic.o ", link).replace(" -o terrace ", f" -o {tree}/terrace ")
    subprocess.run(link, shell=True, cwd=build, check=True)
    return tree / "terrace"


@pytest.fixture(scope="module")
def installation(program, cluster, tree):
    made = Installation(str(program), cluster, "new")
    made.environment["TERRACE_MIGRATIONS"] = str(tree / "migrations")
    made.migrate()
    return made


def test_the_api_has_their_operations(program):
    document = json.loads(subprocess.run([program, "openapi"], capture_output=True, text=True, check=True).stdout)
    for plural in ("sample_visits", "sample_orders"):
        assert set(document["paths"][f"/api/v1/{plural}"]) >= {"get", "post"}
        assert set(document["paths"][f"/api/v1/{plural}/{{id}}"]) >= {"get", "patch", "put", "delete"}
    asked = document["components"]["schemas"]["SampleVisitCreate"]
    assert asked["required"] == ["name"] and asked["properties"]["duration"]["format"] == "duration"


def test_the_wall_stands_around_them_and_indexes_serve_their_lists(installation):
    done = installation.run("doctor")
    assert done.returncode == 0, done.stdout


def test_objects_of_the_isolation_suite_are_taken(installation, tree):
    resources = runpy.run_path(str(tree / "tests/isolation/resources.py"))["RESOURCES"]
    canaries = runpy.run_path(str(tree / "tests/isolation/test_canaries.py"))
    server = installation.server().start()
    try:
        clinic = sign_up(server.client(), lambda slug: server.client(slug).host, "new")
        without, admin = canaries["WITHOUT"], Admin(installation.admin_url)
        for resource in resources[1:]:
            made = [resource.create(clinic), resource.create(clinic), resource.create_archived(clinic)]
            at = f"{resource.path}/{made[0]['id']}"
            assert expect(clinic.client.patch(at, resource.change(clinic)), 200).json()["version"] <= 2
            expect(clinic.client.post(resource.path, resource.same(clinic)), 201)
            assert len(expect(clinic.client.get(resource.path), 200).json()["results"]) == 3
            for probe in resource.probes(clinic) if resource.probes else []:
                assert len(expect(clinic.client.get(resource.path, query=probe), 200).json()["results"]) == 2
            for name, table, column, _ in admin.rows(canaries["COLUMNS"]):
                if table in (resource.table, f"{resource.table}_token"):
                    held = admin.value(f"select bool_or(position(%s in {column}::text) > 0) from shared.{table}", clinic.canary)
                    assert bool(held) == (name not in without), name
    finally:
        server.stop()


def test_their_screens_fit_what_the_api_says(program, tree):
    web = tree / "web"
    (web / "openapi.json").write_bytes(subprocess.run([program, "openapi"], capture_output=True, check=True).stdout)
    screens = [path.relative_to(web) for path in sources(tree) if path.is_relative_to(web)]
    for command in (["npm", "run", "--silent", "types"], ["npm", "run", "--silent", "typecheck"],
                    ["npm", "run", "--silent", "openapi:lint"],
                    ["npx", "eslint", "--max-warnings", "0", *screens]):
        done = subprocess.run(command, cwd=web, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_their_own_tests_compile(tree):
    flags = ["-std=c++23", "-I", tree / "src", "-D_GLIBCXX_ASSERTIONS", "-Wall", "-Wextra", "-Werror",
             "-Wno-missing-field-initializers", "-isystem", "/usr/include/postgresql"]
    tests = tree / "tests.cpp"
    tests.write_text("".join(f'#include "{path.relative_to(tree / "src")}"\n' for path in (
        tree / "src/clinic/sample_orders/sample_orders_test.cpp", tree / "src/clinic/sample_orders_api_test.cpp",
        tree / "src/clinic/sample_visits_api_test.cpp")))
    subprocess.run(["clang++-19", *flags, "-fsyntax-only", tests], check=True)
