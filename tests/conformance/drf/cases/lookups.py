"""Points 40 and 41: filters by look-up, orderings by several columns."""

from case import Case, listed, walk
from stock import BATCH, OTHER_BATCH

RANGES = [
    listed(41, "greater than", {"stock__gt": 7}),
    listed(41, "at least", {"stock__gte": 7}),
    listed(41, "less than", {"stock__lt": 5}),
    listed(41, "at most", {"stock__lte": 5}),
    listed(41, "from, to", {"stock__gte": 5, "stock__lte": 12}),
    listed(41, "from beyond to", {"stock__gte": 12, "stock__lte": 5}),
    listed(41, "no number to compare with", {"stock__gte": "x"}, differs="filter-number-words"),
    listed(41, "days from", {"made_on__gte": "2026-02-01"}),
    listed(41, "days to", {"made_on__lte": "2026-01-05"}),
    listed(41, "days from, to", {"made_on__gte": "2026-01-01", "made_on__lte": "2026-01-31"}),
    listed(41, "no day to compare with", {"made_on__gte": "soon"}, differs="filter-date-words"),
    listed(41, "instants from", {"created_at__gte": "2020-01-01T00:00:00Z"}),
    listed(41, "instants to", {"created_at__lte": "2020-01-01T00:00:00Z"}),
    listed(41, "instants in another zone", {"created_at__gte": "2020-01-01T00:00:00+05:30"}),
    listed(41, "no instant to compare with", {"created_at__gte": "x"}, differs="filter-date-words"),
    listed(41, "decimals", {"price": "0.00"}),
    listed(41, "decimals from", {"price__gte": "0.01"}),
    listed(41, "decimals to", {"price__lte": "5"}),
    listed(41, "no decimal to compare with", {"price__gte": "x"}, differs="filter-number-words"),
]

SETS = [
    listed(41, "one of two", {"colour__in": "red,blue"}),
    listed(41, "one of one", {"colour__in": "red"}),
    listed(41, "one of none that is a choice", {"colour__in": "red,pink"}, differs="filters-are-typed"),
    listed(41, "one of an empty list", {"colour__in": ""}, differs="empty-filter"),
    listed(41, "one of two numbers", {"stock__in": "5,7"}),
    listed(41, "one of two numbers with a blank", {"stock__in": "5, 7"}, differs="exact-lists"),
    listed(41, "one of two, of which one is no number", {"stock__in": "5,x"}, differs="filter-number-words"),
    listed(41, "one of two ids", {"batch__in": f"{BATCH},{OTHER_BATCH}"}),
    listed(41, "a comma at the end", {"stock__in": "5,"}, differs="exact-lists"),
]

NULLS = [
    listed(41, "is null", {"made_on__isnull": "true"}),
    listed(41, "is not null", {"made_on__isnull": "false"}),
    listed(41, "an id is null", {"batch__isnull": "true"}),
    listed(41, "an id is not null", {"batch__isnull": "false"}),
    listed(41, "null or not is a boolean", {"made_on__isnull": "maybe"}, differs="filters-are-typed"),
]

TEXTS = [
    listed(41, "begins with", {"code__prefix": "A"}),
    listed(41, "begins with two", {"code__prefix": "CA"}),
    listed(41, "begins with nothing that is there", {"code__prefix": "Z"}),
    listed(41, "begins with small letters", {"code__prefix": "a"}),
    listed(41, "begins with a percent sign", {"code__prefix": "%"}),
    listed(41, "contains, within a colour", {"name__contains": "lamp", "colour": "red"}),
    listed(41, "contains, within two colours", {"name__contains": "antern", "colour__in": "red,green"}),
    listed(41, "contains nothing that is there", {"name__contains": "zebra", "colour": "red"}),
    listed(41, "contains a percent sign", {"name__contains": "%", "colour": "red"}),
    listed(41, "contains in capitals", {"name__contains": "LAMP", "colour": "red"}),
    listed(41, "contains, in the whole list", {"name__contains": "lamp"}, differs="contains-within"),
]

TOGETHER = [
    listed(41, "of what is referred to", {"maker__code": "M1"}),
    listed(41, "four filters", {"colour__in": "red,green", "stock__gte": 1, "fragile": "true", "batch__isnull": "false"}),
    listed(41, "exact and a range", {"colour": "red", "stock__lt": 6}),
    listed(38, "a range, a search and an ordering", {"stock__gte": 5, "search": "lamp", "ordering": "-code"}),
    walk(44, "page by page of a range", {"limit": 2, "stock__gte": 5}),
    walk(44, "page by page of a set", {"limit": 2, "colour__in": "red,blue", "ordering": "-code"}),
]

ORDERINGS = [
    listed(40, "by two columns that are declared", {"ordering": "stock,code"}),
    listed(40, "by two columns the other way round", {"ordering": "-stock,-code"}),
    listed(40, "by two columns of two directions", {"ordering": "fragile,-code"}),
    listed(40, "by two columns that are not declared together", {"ordering": "code,stock"},
           differs="ordering-is-checked"),
    listed(40, "by a known and an unknown column", {"ordering": "code,nothing"}, differs="ordering-is-checked"),
    listed(40, "by a column twice", {"ordering": "code,code"}, differs="ordering-is-checked"),
    listed(40, "with blanks", {"ordering": "stock, code"}, differs="ordering-is-checked"),
    walk(44, "page by page by two columns", {"limit": 5, "ordering": "stock,code"}),
    walk(44, "page by page by two columns, down", {"limit": 5, "ordering": "-stock,-code"}),
    walk(44, "one by one by two columns", {"limit": 1, "ordering": "stock,code"}),
    walk(44, "page by page by two columns of two directions", {"limit": 4, "ordering": "fragile,-code"}),
    walk(44, "page by page by two columns of a filter", {"limit": 2, "ordering": "stock,code", "colour": "red"}),
]

CASES: list[Case] = [*RANGES, *SETS, *NULLS, *TEXTS, *TOGETHER, *ORDERINGS]
