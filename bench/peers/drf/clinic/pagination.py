from rest_framework.pagination import CursorPagination
from rest_framework.response import Response


class NewestFirst(CursorPagination):
    page_size = 20
    max_page_size = 100
    page_size_query_param = "limit"
    ordering = ("-created_at", "-id")
    template = None

    def encode_cursor(self, cursor) -> str:
        """The link without scheme and host."""
        link = super().encode_cursor(cursor)
        return link[link.index("/", link.index("//") + 2) :]

    def get_paginated_response(self, data) -> Response:
        return Response({"results": data, "next": self.get_next_link(), "previous": self.get_previous_link()})
