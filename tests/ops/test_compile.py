"""What one clone has compiled serves another, and never with the other's path in it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from harness import ROOT

COMPILER = "/usr/bin/clang++-19"
SOURCES = {
    "src/answer.hpp": "inline int answer() { return 42; }\n",
    "src/answer.cpp": '#include "answer.hpp"\n#ifndef CLONE\n#define CLONE ""\n#endif\n'
                      "#include <vector>\nconst char* file() { return __FILE__ CLONE; }\nstd::vector<int> all() { return {answer()}; }\n",
    "build/debug/pch.hxx": "#include <vector>\n",
}


@pytest.fixture
def clones(tmp_path):
    return [Clone(tmp_path / name, tmp_path / "ccache") for name in ("one", "another-one")]


class Clone:
    def __init__(self, root: Path, cache: Path) -> None:
        self.root, self.cache = root, cache
        for name, text in SOURCES.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        (root / "bin/lib").mkdir(parents=True)
        shutil.copy(ROOT / "bin/lib/compile", root / "bin/lib")

    def run(self, *words: str) -> None:
        flags = ("-g1", f"-ffile-prefix-map={self.root}=.", f"-I{self.root}/src")
        subprocess.run([self.root / "bin/lib/compile", COMPILER, *flags, *words], cwd=self.root / "build/debug", check=True,
                       env={**os.environ, "CCACHE_DIR": str(self.cache)})

    def compile(self, *words: str) -> bytes:
        """The object file of answer.cpp, compiled as CMake asks for it."""
        build = self.root / "build/debug"
        self.run("-Xclang", "-emit-pch", "-x", "c++-header", "-MD", "-MF", "pch.d", "-o", "pch.pch", "-c", f"{build}/pch.hxx")
        self.run(*words, "-Xclang", "-include-pch", "-Xclang", f"{build}/pch.pch", "-MD", "-MF", "answer.d",
                 "-o", "answer.o", "-c", f"{self.root}/src/answer.cpp")
        return (build / "answer.o").read_bytes()

    def compilations(self) -> int:
        told = subprocess.run(["ccache", "--print-stats"], check=True, capture_output=True, text=True,
                              env={**os.environ, "CCACHE_DIR": str(self.cache)}).stdout
        return int(dict(line.split("\t") for line in told.splitlines())["cache_miss"])


def test_a_second_clone_compiles_nothing_anew(clones):
    one, another = clones
    made = one.compile()
    assert another.compile() == made
    assert one.compilations() == 1
    assert b"./src/answer.cpp" in made and str(one.root).encode() not in made


def test_what_differs_is_compiled(clones):
    one, another = clones
    one.compile()
    (another.root / "src/answer.hpp").write_text("inline int answer() { return 43; }\n")
    another.compile()
    assert one.compilations() == 2
    (another.root / "build/debug/pch.hxx").write_text("#include <map>\n#include <vector>\n")
    another.compile()
    assert one.compilations() == 3


def test_a_clone_that_is_named_is_the_own(clones):
    for clone in clones:
        assert str(clone.root).encode() in clone.compile(f'-DCLONE="{clone.root}"')
    assert clones[0].compilations() == 2
