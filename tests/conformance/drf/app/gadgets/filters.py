from django_filters import rest_framework as filters

from gadgets.models import Gadget


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
