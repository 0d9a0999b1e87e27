from rest_framework.throttling import ScopedRateThrottle
from rest_framework.viewsets import ModelViewSet
from rest_framework_simplejwt.views import TokenObtainPairView

from gadgets import pages
from gadgets.filters import GadgetFilters
from gadgets.models import Gadget
from gadgets.serializers import GadgetSerializer, LinkedGadgetSerializer


class GadgetViewSet(ModelViewSet):
    queryset = Gadget.objects.all()
    serializer_class = GadgetSerializer
    filterset_class = GadgetFilters
    search_fields = ["name", "code"]
    ordering_fields = ["code", "stock", "created_at"]
    ordering = ["code"]

    def get_success_headers(self, data: dict) -> dict:
        return {"Location": f"/api/v1/gadgets/{data['id']}"}


class LinkedGadgetViewSet(ModelViewSet):
    """Point 21: objects that carry their own address."""

    queryset = Gadget.objects.all()
    serializer_class = LinkedGadgetSerializer


class NumberedGadgetViewSet(GadgetViewSet):
    """Point 42: pages by number."""

    pagination_class = pages.Numbers


class OffsetGadgetViewSet(GadgetViewSet):
    """Point 43: pages by limit and offset."""

    pagination_class = pages.Offsets


class SignIn(TokenObtainPairView):
    """Ten tries an hour."""

    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "sign-in"
