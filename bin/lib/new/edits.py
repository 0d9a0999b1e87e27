"""Lines put into files that are there, at places found by what stands around them."""

import re

from refusal import Refusal


class Edit:
    """The text of one file under way."""

    def __init__(self, root, path):
        self.path = path
        self.text = (root / path).read_text()

    def before(self, pattern, addition):
        """Before the first line that the pattern matches."""
        found = re.search(rf"^{pattern}", self.text, re.MULTILINE)
        return self._insert(found.start() if found else None, pattern, addition)

    def at_end_of(self, opening, closing, addition):
        """Before the first line `closing` behind the line that `opening` matches: the end of a list."""
        begin = re.search(rf"^{opening}.*\n", self.text, re.MULTILINE)
        end = begin and re.compile(rf"^{closing}", re.MULTILINE).search(self.text, begin.end())
        return self._insert(end.start() if end else None, opening, addition)

    def replace(self, pattern, replacement):
        """The one place that the pattern matches."""
        self.text, count = re.subn(pattern, replacement, self.text)
        if count != 1:
            raise self._changed(pattern)
        return self

    def _insert(self, at, pattern, addition):
        if at is None:
            raise self._changed(pattern)
        self.text = self.text[:at] + addition + self.text[at:]
        return self

    def _changed(self, pattern):
        return Refusal(f"{self.path} has changed: no line there looks like {pattern}",
                       "bin/lib/new knows where in it a resource is named; tell it the new place.")

    def sorted_include(self, include):
        """The line `#include …` among those that begin alike, in order."""
        lines = self.text.splitlines(keepends=True)
        folder = include.split("/")[0]
        alike = [number for number, line in enumerate(lines) if line.startswith(folder)]
        if not alike:
            raise self._changed(folder)
        at = next((number for number in alike if lines[number] > include), alike[-1] + 1)
        self.text = "".join([*lines[:at], include, *lines[at:]])
        return self
