"""Kits with their parts and their maker (bench/scenarios/nested.py): a page is two queries, whatever its length."""

from django.db import models
from django.db.models import Prefetch
from rest_framework import serializers
from rest_framework.pagination import CursorPagination
from rest_framework.viewsets import ReadOnlyModelViewSet

from clinic.models import TenantModel
from clinic.pagination import NewestFirst


class Maker(TenantModel):
    id = models.UUIDField(primary_key=True)
    version = models.BigIntegerField()
    code = models.TextField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "maker"


class Kit(TenantModel):
    id = models.UUIDField(primary_key=True)
    version = models.BigIntegerField()
    code = models.TextField()
    name = models.TextField()
    stage = models.TextField()
    price = models.BigIntegerField()
    weight = models.BigIntegerField()
    fragile = models.BooleanField()
    made_on = models.DateField(null=True)
    contact = models.TextField(null=True)
    note = models.TextField(null=True)
    maker = models.ForeignKey(Maker, models.DO_NOTHING, null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "kit"


class Part(TenantModel):
    id = models.UUIDField(primary_key=True)
    version = models.BigIntegerField()
    kit = models.ForeignKey(Kit, models.DO_NOTHING, related_name="parts")
    place = models.BigIntegerField()
    code = models.TextField()
    quantity = models.BigIntegerField()
    note = models.TextField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "part"


class MakerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Maker
        fields = ["id", "version", "code", "created_at", "updated_at"]


class PartSerializer(serializers.ModelSerializer):
    kit_id = serializers.UUIDField()

    class Meta:
        model = Part
        fields = ["id", "version", "kit_id", "place", "code", "quantity", "note", "created_at", "updated_at"]


class KitSerializer(serializers.ModelSerializer):
    maker_id = serializers.UUIDField()
    maker = MakerSerializer()
    parts = PartSerializer(many=True)

    class Meta:
        model = Kit
        fields = [
            "id", "version", "code", "name", "stage", "price", "weight", "fragile", "made_on", "contact", "note",
            "maker_id", "created_at", "updated_at", "parts", "maker",
        ]  # fmt: skip


class ByCode(NewestFirst, CursorPagination):
    ordering = ("code", "id")


class KitViewSet(ReadOnlyModelViewSet):
    serializer_class = KitSerializer
    pagination_class = ByCode
    permissions = {"list": "kits.read", "retrieve": "kits.read"}
    filter_backends = []

    def get_queryset(self):
        tenant = self.request.user.tenant_id
        parts = Prefetch("parts", Part.objects.of(tenant).order_by("place", "id"))
        return Kit.objects.of(tenant).select_related("maker").prefetch_related(parts)
