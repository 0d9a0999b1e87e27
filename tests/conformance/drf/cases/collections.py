"""Point 10: lists and JSON."""

from case import UNSET, Case, change, create

LISTS = [
    create(10, "a list", {"tags": ["brass", "lamp"]}),
    create(10, "an empty list", {"tags": []}),
    create(10, "a list left out", {"tags": UNSET}),
    create(10, "the order is kept", {"tags": ["b", "a", "c"]}),
    create(10, "an element twice", {"tags": ["a", "a"]}),
    create(10, "blanks around an element are cut off", {"tags": [" a "]}),
    create(10, "as many as may be", {"tags": list("abcde")}),
    create(10, "too many", {"tags": list("abcdef")}),
    create(10, "an element that is too long", {"tags": ["a", "x" * 11]}),
    create(10, "two wrong elements", {"tags": ["x" * 11, "a", ""]}),
    create(10, "an empty element", {"tags": [""]}),
    create(10, "null for an element", {"tags": [None]}),
    create(10, "an object for an element", {"tags": [{}]}),
    create(10, "a list for an element", {"tags": [["a"]]}),
    create(10, "null for a list", {"tags": None}),
    create(10, "a text for a list", {"tags": "brass"}),
    create(10, "an object for a list", {"tags": {"0": "brass"}}),
    create(10, "a number for a list", {"tags": 5}),
    create(10, "true for a list", {"tags": True}),
    create(10, "a list of integers", {"sizes": [3, 1, 2]}),
    create(10, "an integer out of range", {"sizes": [1, 100]}),
    create(10, "no integer in a list of them", {"sizes": [1, "x"]}),
    create(10, "two wrong integers", {"sizes": [0, 5, 100]}),
    create(10, "too many integers", {"sizes": [1, 2, 3, 4]}),
    create(10, "a wrong element and a wrong field", {"sizes": [0], "stock": -1}),
    change(10, "PATCH replaces the list", {"tags": ["new"]}, {"tags": ["old", "older"]}),
    change(10, "PATCH empties the list", {"tags": []}, {"tags": ["old"]}),
    change(10, "PATCH with a wrong element changes nothing", {"tags": ["x" * 11]}, {"tags": ["old"]}),
]

JSON = [
    create(10, "JSON", {"extra": {"size": 5, "unit": "cm"}}),
    create(10, "JSON in another order of keys", {"extra": {"unit": "cm", "size": 5}}),
    create(10, "null for JSON", {"extra": None}),
    create(10, "JSON of a type that was not declared", {"extra": [1, 2]}, differs="json-schema"),
    create(10, "a text for JSON", {"extra": "size 5"}, differs="json-schema"),
    create(10, "JSON without what it needs", {"extra": {"unit": "cm"}}, differs="json-schema"),
    create(10, "JSON with more than is declared", {"extra": {"size": 5, "colour": "red"}}, differs="json-schema"),
    create(10, "JSON with a wrong value", {"extra": {"size": 0}}, differs="json-schema"),
    change(10, "PATCH replaces JSON, it does not merge", {"extra": {"size": 7}}, {"extra": {"size": 5, "unit": "cm"}}),
]

CASES: list[Case] = [*LISTS, *JSON]
