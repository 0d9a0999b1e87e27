from django.core.files import File
from django.core.validators import FileExtensionValidator
from django.db import transaction
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from gadgets.models import Drawing, Gadget, Kit, Maker, Part, Purchase, Task


class GadgetSerializer(serializers.ModelSerializer):
    label = serializers.SerializerMethodField()
    tags = serializers.ListField(child=serializers.CharField(max_length=10), max_length=5, required=False)
    sizes = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=99), max_length=3, required=False
    )
    maker_id = serializers.PrimaryKeyRelatedField(
        source="maker", queryset=Maker.objects.all(), allow_null=True, required=False,
        pk_field=serializers.UUIDField(),
    )  # fmt: skip

    class Meta:
        model = Gadget
        fields = [
            "id", "code", "name", "label", "colour", "stock", "fragile", "made_on", "sold_at", "batch", "email",
            "note", "keyword", "price", "cost", "opens", "warranty", "website", "handle", "address", "maker_id",
            "shelf", "place", "tags", "sizes", "extra", "margin", "created_at", "updated_at",
        ]  # fmt: skip
        extra_kwargs = {"keyword": {"write_only": True}}

    def get_label(self, gadget: Gadget) -> str:
        return f"{gadget.code} {gadget.name}"

    def get_fields(self) -> dict:
        """The code is fixed at creation: PUT need not repeat it, PATCH must not mention it. Margins and
        costs are for some."""
        fields = super().get_fields()
        if not self.context["request"].user.has_perm("gadgets.see_margin"):
            del fields["margin"]
        if not self.context["request"].user.has_perm("gadgets.set_cost"):
            fields["cost"].read_only = True
        if self.instance is not None:
            fields["code"].required = False
        return fields

    def validate_code(self, value: str) -> str:
        if self.instance is not None and (self.partial or value != self.instance.code):
            raise serializers.ValidationError("This field cannot be changed.", "invalid")
        return value

    def validate(self, attrs: dict) -> dict:
        def merged(name: str):
            return attrs.get(name, getattr(self.instance, name, None))

        if merged("fragile") and (merged("stock") or 0) > 100:
            raise serializers.ValidationError("Fragile gadgets are kept by the hundred.", "invalid")
        return attrs


class RestockSerializer(serializers.Serializer):
    amount = serializers.IntegerField(min_value=1, max_value=100)
    reason = serializers.CharField(max_length=20, required=False, allow_null=True)


class ClearSerializer(serializers.Serializer):
    shelf = serializers.CharField(max_length=20)


class LinkedGadgetSerializer(GadgetSerializer):
    url = serializers.HyperlinkedIdentityField(view_name="linked-detail")

    class Meta(GadgetSerializer.Meta):
        fields = ["url", *GadgetSerializer.Meta.fields]


class SparseGadgetSerializer(GadgetSerializer):
    """As Django REST Framework's guide makes fields dynamic: those that `?fields=` does not name are dropped."""

    def get_fields(self) -> dict:
        fields = super().get_fields()
        named = self.context["request"].query_params.get("fields")
        return {name: field for name, field in fields.items() if named is None or name in named.split(",")}


class TaskSerializer(serializers.ModelSerializer):
    class Meta:
        model = Task
        fields = ["id", "code", "status", "owner_id", "created_at", "updated_at"]


class PurchaseSerializer(serializers.ModelSerializer):
    maker = serializers.SlugRelatedField(
        slug_field="code", queryset=Maker.objects.all(), allow_null=True, required=False
    )  # fmt: skip

    class Meta:
        model = Purchase
        fields = ["id", "code", "status", "quantity", "maker", "reason", "created_at", "updated_at"]
        read_only_fields = ["status", "reason"]


class CancelSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=20)


class ManySerializer(serializers.Serializer):
    ids = serializers.ListField(child=serializers.UUIDField(), allow_empty=False, max_length=5)


class MakerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Maker
        fields = ["id", "code", "created_at", "updated_at"]


class PartSerializer(serializers.ModelSerializer):
    id = serializers.UUIDField(required=False)
    kit_id = serializers.UUIDField(read_only=True)

    class Meta:
        model = Part
        fields = ["id", "kit_id", "place", "code", "quantity", "note", "created_at", "updated_at"]


def at_most_100_kb(file: File) -> None:
    """Django REST Framework bounds a request, not a file."""
    if file.size > 100_000:
        raise serializers.ValidationError("Ensure this file has at most 100000 bytes.", "max_size")


class DrawingSerializer(serializers.ModelSerializer):
    plan = serializers.FileField(max_length=255, validators=[FileExtensionValidator(["pdf"]), at_most_100_kb])
    picture = serializers.ImageField(
        max_length=255, required=False, allow_null=True, validators=[at_most_100_kb]
    )  # fmt: skip

    class Meta:
        model = Drawing
        fields = ["id", "code", "plan", "picture", "created_at", "updated_at"]


class KitSerializer(serializers.ModelSerializer):
    """A writable nested list by hand, as Django REST Framework's guide shows: parts without an id are made, those with
    one changed, those left out removed."""

    parts = PartSerializer(many=True, required=False, max_length=20)
    maker_id = serializers.PrimaryKeyRelatedField(
        source="maker", queryset=Maker.objects.all(), allow_null=True, required=False,
        pk_field=serializers.UUIDField(),
    )  # fmt: skip

    class Meta:
        model = Kit
        fields = [
            "id", "code", "name", "stage", "price", "weight", "fragile", "made_on", "contact", "note", "maker_id",
            "created_at", "updated_at", "parts",
        ]  # fmt: skip

    def get_fields(self) -> dict:
        fields = super().get_fields()
        if "maker" in self.context["request"].query_params.get("expand", "").split(","):
            fields["maker"] = MakerSerializer(read_only=True)
        return fields

    def validate_parts(self, parts: list[dict]) -> list[dict]:
        """A part of another kit does not exist. What a part must have it needs when it is made."""
        stored = {part.id for part in self.instance.parts.all()} if self.instance else set()
        faults = {}
        for index, part in enumerate(parts):
            if "id" in part and part["id"] not in stored:
                faults[index] = {"id": [ErrorDetail("This object does not exist.", "does_not_exist")]}
            elif "id" not in part and "code" not in part:
                faults[index] = {"code": [ErrorDetail("This field is required.", "required")]}
        if faults:
            raise serializers.ValidationError([faults.get(index, {}) for index in range(len(parts))])
        return parts

    @transaction.atomic
    def create(self, fields: dict) -> Kit:
        parts = fields.pop("parts", [])
        kit = super().create(fields)
        for part in parts:
            Part.objects.create(kit=kit, **part)
        return kit

    @transaction.atomic
    def update(self, kit: Kit, fields: dict) -> Kit:
        parts = fields.pop("parts", None if self.partial else [])
        kit = super().update(kit, fields)
        if parts is None:
            return kit
        stored = {part.id: part for part in kit.parts.all()}
        kit.parts.exclude(id__in=[part["id"] for part in parts if "id" in part]).delete()
        for given in parts:
            part = stored.get(given.pop("id", None)) or Part(kit=kit)
            for name, value in given.items():
                setattr(part, name, value)
            part.save()
        return Kit.objects.prefetch_related("parts").get(id=kit.id)
