from rest_framework.pagination import CursorPagination, LimitOffsetPagination, PageNumberPagination


class Cursors(CursorPagination):
    page_size = 20
    max_page_size = 100
    page_size_query_param = "limit"
    ordering = "code"


class Numbers(PageNumberPagination):
    page_size = 20
    page_size_query_param = "limit"


class Offsets(LimitOffsetPagination):
    default_limit = 5
