"""Points 42 to 44: pages."""

from case import Case, listed, walk

PAGES = [
    listed(42, "the second page by number", {"limit": 5, "page": 2}, drf="/numbered", differs="cursors-only"),
    listed(42, "the last page by name", {"page": "last"}, drf="/numbered", differs="cursors-only"),
    listed(42, "a page past the end", {"page": 99}, drf="/numbered", differs="cursors-only-404"),
    listed(42, "the first page", {"limit": 5}, drf="/numbered", differs="no-count"),
    listed(42, "the first page and how many there are", {"limit": 5, "count": "exact"}, drf="/numbered"),
    listed(43, "from the fifth on", {"limit": 5, "offset": 5}, drf="/offset", differs="cursors-only"),
    listed(43, "from past the end", {"limit": 5, "offset": 500}, drf="/offset", differs="cursors-only"),
]

LIMITS = [
    listed(44, "one", {"limit": 1}),
    listed(44, "as many as there are", {"limit": 12}),
    listed(44, "one less than there are", {"limit": 11}),
    listed(44, "as many as may be", {"limit": 100}),
    listed(44, "more than may be", {"limit": 101}, differs="limit-is-checked"),
    listed(44, "none", {"limit": 0}, differs="limit-is-checked"),
    listed(44, "fewer than none", {"limit": -1}, differs="limit-is-checked"),
    listed(44, "not a number", {"limit": "ten"}, differs="limit-is-checked"),
    listed(44, "an empty limit", {"limit": ""}, differs="limit-is-checked"),
    listed(44, "a cursor that is none", {"cursor": "none"}, differs="cursor-400"),
    listed(44, "a cursor of another make", {"cursor": "cD0yMDI2"}, differs="cursor-unsigned"),
    listed(44, "an empty cursor", {"cursor": ""}),
]

WALKS = [
    walk(44, "page by page", {"limit": 5}),
    walk(44, "one by one", {"limit": 1}),
    walk(44, "pages that fit", {"limit": 4}),
    walk(44, "two halves", {"limit": 6}),
    walk(44, "one page", {"limit": 50}),
    walk(44, "page by page, down", {"limit": 5, "ordering": "-code"}),
    walk(44, "page by page by time", {"limit": 5, "ordering": "created_at"}),
    walk(44, "page by page by time, down", {"limit": 5, "ordering": "-created_at"}),
    walk(44, "page by page of a filter", {"limit": 2, "colour": "red"}),
    walk(44, "page by page of a search", {"limit": 2, "search": "lamp"}),
    walk(44, "page by page of all three", {"limit": 1, "search": "lamp", "fragile": "true", "ordering": "-code"}),
    walk(44, "page by page over ties", {"limit": 3, "ordering": "stock"}, ties="stock"),
    walk(44, "an empty list", {"search": "zebra"}),
]

CASES: list[Case] = [*PAGES, *LIMITS, *WALKS]
