from django.db.models import Q
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.mixins import CreateModelMixin, ListModelMixin, RetrieveModelMixin, UpdateModelMixin
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.viewsets import GenericViewSet, ModelViewSet
from rest_framework_simplejwt.views import TokenObtainPairView

from gadgets import pages
from gadgets.access import HoldsPermission, IsOpenToChange, IsOwner, IsSignedIn, MayChange, MayRestock, MayStep
from gadgets.errors import InvalidTransition
from gadgets.filters import GadgetFilters, PurchaseFilters
from gadgets.many import ManyMixin
from gadgets.models import Drawing, Gadget, Kit, Purchase, Task
from gadgets.serializers import (
    CancelSerializer, ClearSerializer, DrawingSerializer, GadgetSerializer, KitSerializer, LinkedGadgetSerializer,
    PurchaseSerializer, RestockSerializer, SparseGadgetSerializer, TaskSerializer,
)  # fmt: skip


class GadgetViewSet(ModelViewSet):
    queryset = Gadget.objects.all()
    serializer_class = GadgetSerializer
    filterset_class = GadgetFilters
    search_fields = ["name", "code"]
    ordering_fields = ["code", "stock", "fragile", "created_at"]
    ordering = ["code"]

    def get_serializer(self, *args, **kwargs):
        """Point 19: a list creates many."""
        if self.action == "create" and isinstance(kwargs.get("data"), list):
            kwargs |= {"many": True, "allow_empty": False, "max_length": 5}
        return super().get_serializer(*args, **kwargs)

    def get_success_headers(self, data: dict | list) -> dict:
        return {"Location": f"/api/v1/gadgets/{data['id']}"} if isinstance(data, dict) else {}

    @action(detail=True, methods=["post"], permission_classes=[MayRestock])
    def restock(self, request, pk=None) -> Response:
        gadget = self.get_object()
        given = RestockSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        gadget.stock += given.validated_data["amount"]
        if given.validated_data.get("reason"):
            gadget.note = given.validated_data["reason"]
        if gadget.stock > 1000:
            raise ValidationError({"amount": ErrorDetail("The shelves hold a thousand.", "max_value")})
        gadget.save()
        return Response(self.get_serializer(gadget).data)

    @action(detail=True, methods=["post"], url_path="sell-out", permission_classes=[MayChange])
    def sell_out(self, request, pk=None) -> Response:
        gadget = self.get_object()
        gadget.stock = 0
        gadget.save()
        return Response(self.get_serializer(gadget).data)

    @action(detail=False, methods=["post"], permission_classes=[MayChange])
    def clear(self, request) -> Response:
        given = ClearSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response({"count": Gadget.objects.filter(shelf=given.validated_data["shelf"]).update(stock=0)})


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


class SparseGadgetViewSet(GadgetViewSet):
    """Point 59: some fields only."""

    serializer_class = SparseGadgetSerializer


class PurchaseViewSet(ManyMixin, ModelViewSet):
    """Points 12, 19 and 25: references by another key, many at once, and a state that changes by steps only."""

    queryset = Purchase.objects.all()
    serializer_class = PurchaseSerializer
    filterset_class = PurchaseFilters
    ordering_fields = ["code"]
    ordering = ["code"]

    def get_success_headers(self, data: dict) -> dict:
        return {"Location": f"/api/v1/purchases/{data['id']}"}

    def _step(self, name: str, sources: list[str], target: str, **fields) -> Response:
        purchase = self.get_object()
        if purchase.status not in sources:
            raise InvalidTransition(
                f"This purchase is {purchase.status}; {name} takes one that is {' or '.join(sources)}."
            )
        if target == "placed" and purchase.maker is None:
            raise ValidationError({"maker": ErrorDetail("Say who delivers it.", "required")})
        purchase.status = target
        for field, value in fields.items():
            setattr(purchase, field, value)
        purchase.save()
        return Response(self.get_serializer(purchase).data)

    @action(detail=True, methods=["post"], permission_classes=[MayStep])
    def place(self, request, pk=None) -> Response:
        return self._step("place", ["draft"], "placed")

    @action(detail=True, methods=["post"], permission_classes=[MayStep])
    def deliver(self, request, pk=None) -> Response:
        return self._step("deliver", ["placed"], "delivered")

    @action(detail=True, methods=["post"], permission_classes=[MayStep])
    def cancel(self, request, pk=None) -> Response:
        self.get_object()
        given = CancelSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return self._step("cancel", ["draft", "placed"], "cancelled", reason=given.validated_data["reason"])


class TaskViewSet(CreateModelMixin, RetrieveModelMixin, UpdateModelMixin, ListModelMixin, GenericViewSet):
    """Points 34, 36 and 37: composed permissions, on single objects too, and the same rule once more as a queryset."""

    queryset = Task.objects.all()
    serializer_class = TaskSerializer
    permission_classes = [IsSignedIn & (HoldsPermission | IsOwner) & IsOpenToChange]
    filter_backends = []

    def get_queryset(self):
        if self.request.user.has_perm("gadgets.view_task"):
            return super().get_queryset()
        return super().get_queryset().filter(Q(owner_id=self.request.user.id))


class DrawingViewSet(CreateModelMixin, RetrieveModelMixin, UpdateModelMixin, ListModelMixin, GenericViewSet):
    """Point 9: files, in multipart bodies, which are parsed unless a team says otherwise."""

    queryset = Drawing.objects.all()
    serializer_class = DrawingSerializer
    filter_backends = []

    def get_success_headers(self, data: dict) -> dict:
        return {"Location": f"/api/v1/drawings/{data['id']}"}


class KitViewSet(CreateModelMixin, RetrieveModelMixin, UpdateModelMixin, ListModelMixin, GenericViewSet):
    """Point 18: nested objects, read in one query more for each relation."""

    queryset = Kit.objects.select_related("maker").prefetch_related("parts")
    serializer_class = KitSerializer
    filter_backends = []

    def get_success_headers(self, data: dict) -> dict:
        return {"Location": f"/api/v1/kits/{data['id']}"}


class SignIn(TokenObtainPairView):
    """Ten tries an hour."""

    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "sign-in"
