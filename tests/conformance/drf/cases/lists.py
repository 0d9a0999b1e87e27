"""Points 38 to 41: filters, search, ordering."""

from case import Case, listed
from stock import BATCH, OTHER_BATCH

FILTERS = [
    *(listed(41, f"colour {colour}", {"colour": colour}) for colour in ("red", "green", "blue")),
    listed(41, "a choice that nothing has", {"colour": "red", "stock": 12}),
    listed(41, "a choice that is none", {"colour": "pink"}, differs="filter-choice-words"),
    listed(41, "an empty choice", {"colour": ""}, differs="empty-filter"),
    listed(41, "an integer", {"stock": 5}),
    listed(41, "an integer that nothing has", {"stock": 6}),
    listed(41, "no integer", {"stock": "five"}, differs="filter-number-words"),
    listed(41, "a fraction", {"stock": "1.5"}, differs="filters-are-typed"),
    listed(41, "an empty integer", {"stock": ""}, differs="empty-filter"),
    listed(41, "a negative integer", {"stock": -1}),
    listed(41, "true", {"fragile": "true"}),
    listed(41, "false", {"fragile": "false"}),
    listed(41, "True", {"fragile": "True"}, differs="filters-are-typed"),
    listed(41, "no boolean", {"fragile": "maybe"}, differs="filters-are-typed"),
    listed(41, "a date", {"made_on": "2026-01-05"}),
    listed(41, "a date that nothing has", {"made_on": "2020-01-01"}),
    listed(41, "no date", {"made_on": "yesterday"}, differs="filter-date-words"),
    listed(41, "a day that does not exist", {"made_on": "2026-02-30"}, differs="filter-date-words"),
    listed(41, "a UUID", {"batch": BATCH}),
    listed(41, "another UUID", {"batch": OTHER_BATCH}),
    listed(41, "a UUID that nothing has", {"batch": "00000000-0000-0000-0000-000000000000"}),
    listed(41, "no UUID", {"batch": "x"}, differs="filter-uuid-words"),
    listed(41, "two filters", {"colour": "red", "fragile": "true"}),
    listed(41, "three filters", {"colour": "red", "fragile": "false", "stock": 5}),
    listed(41, "two wrong filters", {"stock": "x", "batch": "x"}, differs=("filter-number-words", "filter-uuid-words")),
    listed(41, "one filter twice", [("colour", "red"), ("colour", "green")], differs="parameters-once"),
    listed(41, "an unknown parameter", {"color": "red"}, differs="unknown-parameters"),
    listed(41, "a field that is no filter", {"name": "Tin whistle"}, differs="unknown-parameters"),
    listed(41, "a look-up that is not declared", {"stock__range": "1,5"}, differs="unknown-parameters"),
    listed(41, "quotes in a filter", {"colour": "red'; --"}, differs="filter-choice-words"),
]

TOGETHER = [
    listed(38, "filter and search", {"colour": "red", "search": "lamp"}),
    listed(38, "filter and ordering", {"colour": "red", "ordering": "-stock"}, ties="stock"),
    listed(38, "filter, search and ordering", {"fragile": "true", "search": "lamp", "ordering": "-code"}),
    listed(38, "search and ordering", {"search": "bell", "ordering": "-code"}),
    listed(38, "a wrong filter beside a search", {"stock": "x", "search": "lamp"}, differs="filter-number-words"),
]

SEARCH = [
    listed(39, "a word", {"search": "lamp"}),
    listed(39, "a word in capitals", {"search": "LAMP"}),
    listed(39, "two words", {"search": "brass lamp"}),
    listed(39, "two words the other way round", {"search": "lamp brass"}),
    listed(39, "words by a comma", {"search": "lamp,shade"}),
    listed(39, "a word of another field", {"search": "CC1"}),
    listed(39, "words of two fields", {"search": "wooden CC1"}),
    listed(39, "the beginning of a word", {"search": "kett"}),
    listed(39, "the beginnings of two words", {"search": "copp lam"}),
    listed(39, "nothing is found", {"search": "zebra"}),
    listed(39, "one word found, the other not", {"search": "lamp zebra"}),
    listed(39, "an empty search", {"search": ""}),
    listed(39, "a search of blanks", {"search": "   "}),
    listed(39, "the middle of a word", {"search": "antern"}, differs="word-prefixes"),
    listed(39, "the end of a word", {"search": "spoon"}),
    listed(39, "inside a word", {"search": "ettl"}, differs="word-prefixes"),
    listed(39, "without the accent", {"search": "armel"}, differs="accents-folded"),
    listed(39, "with the accent", {"search": "ärmel"}),
    listed(39, "with the accent in capitals", {"search": "ÄRMEL"}),
    listed(39, "a sign between words", {"search": "lantern, small"}),
    listed(39, "a sign that no word has", {"search": "lamp!"}, differs="signs-part-words"),
    listed(39, "a percent sign", {"search": "%"}),
    listed(39, "an underscore", {"search": "_"}),
    listed(39, "nothing but a dot", {"search": "."}),
    listed(39, "a pattern", {"search": "^brass"}, differs="signs-part-words"),
    listed(39, "a NUL", "search=%00", differs="nul-in-query"),
    listed(39, "of a filter's value", {"search": "green"}),
]

ORDERING = [
    listed(40, "up", {"ordering": "code"}),
    listed(40, "down", {"ordering": "-code"}),
    listed(40, "by the time of creation", {"ordering": "created_at"}),
    listed(40, "by the time of creation, down", {"ordering": "-created_at"}),
    listed(40, "by a column with ties", {"ordering": "stock"}, ties="stock"),
    listed(40, "by a column with ties, down", {"ordering": "-stock"}, ties="stock"),
    listed(40, "by nothing", {"ordering": ""}, differs="ordering-is-checked"),
    listed(40, "by an unknown column", {"ordering": "colour"}, differs="ordering-is-checked"),
    listed(40, "by a hidden column", {"ordering": "keyword"}, differs="ordering-is-checked"),
    listed(40, "by a relation's column", {"ordering": "owner__password"}, differs="ordering-is-checked"),
    listed(40, "by what is not there: the default", {}),
    listed(40, "two minus signs", {"ordering": "--code"}, differs="ordering-is-checked"),
]

CASES: list[Case] = [*FILTERS, *TOGETHER, *SEARCH, *ORDERING]
