"""bin/lib/docs.py: an example that no longer stands in the file that it names is found, and so is a link to nothing."""

import sys

import pytest
from harness import ROOT

sys.path.insert(0, str(ROOT / "bin/lib"))

import docs  # noqa: E402

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
    assert docs.stands_in(excerpt, SOURCE)


@pytest.mark.parametrize("excerpt", [
    "one()",
    "one();\nfour();\n",
    "four();\n…\none();\n",
    "if (two())\nthree();\n",
])
def test_another_text_does_not(excerpt):
    assert not docs.stands_in(excerpt, SOURCE)


def test_an_example_names_its_file_and_a_link_leads_somewhere(tmp_path):
    page = tmp_path / "page.md"
    (tmp_path / "f.cpp").write_text(SOURCE)
    text = ("From [f.cpp](f.cpp):\n\n```cpp\none();\n```\n\nFrom [f.cpp](f.cpp):\n\n```cpp\nfive();\n```\n\nAlso:\n\n"
            "```cpp\none();\n```\n\n```sh\nbin/up\n```\n\n[gone](gone.md), [here](page.md#part), [odd](<(a)/b.md>), [elsewhere](https://x.example/)\n")
    page.write_text(text)
    assert list(docs.broken_links(page, text)) == ["gone.md leads nowhere", "(a)/b.md leads nowhere"]
    lost = ["the example `five();` does not stand so in f.cpp"]
    assert list(docs.lost_excerpts(page, text, demanded=False)) == lost
    assert list(docs.lost_excerpts(page, text, demanded=True)) == [
        *lost, "the line above the example `one();` links to no file that it is an excerpt of"]
