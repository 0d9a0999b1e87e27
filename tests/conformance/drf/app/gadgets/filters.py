from django_filters import rest_framework as filters

from gadgets.models import Gadget, Purchase


class GadgetFilters(filters.FilterSet):
    code__prefix = filters.CharFilter(field_name="code", lookup_expr="startswith")

    class Meta:
        model = Gadget
        fields = {
            "colour": ["exact", "in"],
            "stock": ["exact", "in", "lt", "gt", "gte", "lte"],
            "fragile": ["exact"],
            "made_on": ["exact", "gte", "lte", "isnull"],
            "batch": ["exact", "in", "isnull"],
            "price": ["exact", "gte", "lte"],
            "name": ["contains"],
            "created_at": ["gte", "lte"],
            "maker__code": ["exact"],
        }


class TextIn(filters.BaseInFilter, filters.CharFilter):
    """Texts between commas."""


class PurchaseFilters(filters.FilterSet):
    maker = filters.CharFilter(field_name="maker__code")
    maker__in = TextIn(field_name="maker__code", lookup_expr="in")
    maker__isnull = filters.BooleanFilter(field_name="maker", lookup_expr="isnull")

    class Meta:
        model = Purchase
        fields = []
