from django_filters import rest_framework as filters

from gadgets.models import Gadget


class GadgetFilters(filters.FilterSet):
    class Meta:
        model = Gadget
        fields = {
            "colour": ["exact"],
            "stock": ["exact"],
            "fragile": ["exact"],
            "made_on": ["exact"],
            "batch": ["exact"],
        }
