"""bin/lib/doc_excerpts.py: an example that no longer stands in the file that it names is found."""

import sys

import pytest
from harness import ROOT

sys.path.insert(0, str(ROOT / "bin/lib"))

import doc_excerpts  # noqa: E402

SOURCE = """
void f() {
    one();
    if (two())
        three();
    four();
}
"""


@pytest.mark.parametrize("excerpt", [
    "one();",
    "    one();\n    if (two())\n        three();\n",
    "if (two())\n    three();\n",  # less indented, as a whole
    "one();\n…\nfour();\n",
    "void f() {\n…\n}\n",
])
def test_an_excerpt_stands_in_its_file(excerpt):
    assert doc_excerpts.stands_in(excerpt, SOURCE)


@pytest.mark.parametrize("excerpt", [
    "one()",
    "one();\nfour();\n",
    "four();\n…\none();\n",
    "if (two())\nthree();\n",
])
def test_another_text_does_not(excerpt):
    assert not doc_excerpts.stands_in(excerpt, SOURCE)


def test_an_example_names_its_file(tmp_path):
    page = tmp_path / "page.md"
    (tmp_path / "(a)").mkdir()
    (tmp_path / "f.cpp").write_text(SOURCE)
    (tmp_path / "(a)/f.cpp").write_text(SOURCE)
    text = ("From [f.cpp](f.cpp):\n\n```cpp\none();\n```\n\nFrom [f.cpp](<(a)/f.cpp>):\n\n```cpp\nfive();\n```\n\nAlso:\n\n"
            "```cpp\none();\n```\n\n```sh\nbin/up\n```\n")
    lost = ["the example `five();` does not stand so in (a)/f.cpp"]
    assert list(doc_excerpts.lost_excerpts(page, text, demanded=False)) == lost
    assert list(doc_excerpts.lost_excerpts(page, text, demanded=True)) == [
        *lost, "the line above the example `one();` links to no file that it is an excerpt of"]
