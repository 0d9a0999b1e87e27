from rest_framework import serializers

from gadgets.models import Gadget, Maker, Purchase, Task


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
