"""bin/lib/doc_dependencies.py: a package without its line, and a line without its package, is named."""

import json
import subprocess
import sys

import pytest
from harness import ROOT

PAGE = """# Dependencies

| Package | Why |
|---|---|
| cmake, libpq-dev (≥ 15.20) | Build, curl and all |

| Package | Why |
|---|---|
| next, @types/* | The app |
| wrk, fastify | Measuring |
"""


@pytest.fixture
def clone(tmp_path):
    def write(path, text):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)

    write("docs/dependencies.md", PAGE)
    write("deps/debian.txt", "# curl\n[build]\ncmake unless cmake\nlibpq-dev >= 15.20\n")
    write("bench/debian.txt", "wrk\n")
    write("web/package.json", json.dumps({"dependencies": {"next": "1"}, "devDependencies": {"@types/node": "1"}}))
    write("bench/peers/fastify/package.json", json.dumps({"dependencies": {"fastify": "1"}}))
    return tmp_path


def lines_for(root):
    run = subprocess.run(
        [sys.executable, str(ROOT / "bin/lib/doc_dependencies.py"), str(root)], capture_output=True, text=True
    )
    assert run.stderr == ""
    lines = run.stdout.split("\n")[:-1]
    assert run.returncode == (1 if any(lines) else 0)
    return [line.removeprefix("docs/dependencies.md: ") for line in lines if line]


def test_where_each_has_its_line_nothing_is_said(clone):
    assert lines_for(clone) == []


@pytest.mark.parametrize(
    "path, text, fault",
    [
        ("deps/debian.txt", "cmake\nlibpq-dev\ncurl\n", "curl (deps/debian.txt) has no line"),
        ("bench/debian.txt", "wrk\nh2load\n", "h2load (bench/debian.txt) has no line"),
        ("web/package.json", '{"dependencies": {"next": "1", "zod": "1"}, "devDependencies": {"@types/node": "1"}}',
         "zod (web/package.json) has no line"),
        ("deps/debian.txt", "libpq-dev\n", "cmake has a line, and no list asks for it"),
        ("web/package.json", '{"dependencies": {"next": "1"}}', "@types/* has a line, and no list asks for it"),
    ],
)  # fmt: skip
def test_what_is_amiss_is_named(clone, path, text, fault):
    (clone / path).write_text(text)
    assert lines_for(clone) == [fault]
