"""The twins of the structs in src/conformance/: the same fields and rules, as Django declares them."""

import uuid
from decimal import Decimal

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator, RegexValidator
from django.db import models


class Person(AbstractUser):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)


class Maker(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["code"]


class Purchase(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft"
        PLACED = "placed"
        DELIVERED = "delivered"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    quantity = models.BigIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(100)])
    maker = models.ForeignKey(Maker, models.PROTECT, null=True)
    reason = models.CharField(max_length=20, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["code"]
        permissions = [("place_purchase", "Place"), ("deliver_purchase", "Deliver"), ("cancel_purchase", "Cancel")]


class Task(models.Model):
    class Status(models.TextChoices):
        OPEN = "open"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    owner_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["code"]


class Kit(models.Model):
    class Stage(models.TextChoices):
        DRAFT = "draft"
        PACKED = "packed"
        SENT = "sent"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(
        max_length=7, unique=True, validators=[RegexValidator(r"\AK[0-9]{1,6}\Z", "K and a number.")]
    )
    name = models.CharField(max_length=40)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    price = models.BigIntegerField(default=0, validators=[MinValueValidator(0)])  # in paise
    weight = models.BigIntegerField(default=0, validators=[MinValueValidator(0), MaxValueValidator(50_000)])
    fragile = models.BooleanField(default=False)
    made_on = models.DateField(null=True)
    contact = models.EmailField(null=True)
    note = models.CharField(max_length=100, null=True)
    maker = models.ForeignKey(Maker, models.PROTECT, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["code"]
        permissions = [("send_kit", "Send")]


class Part(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kit = models.ForeignKey(Kit, models.CASCADE, related_name="parts")
    place = models.BigIntegerField(default=0, validators=[MinValueValidator(0), MaxValueValidator(1000)])
    code = models.CharField(max_length=20)
    quantity = models.BigIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(99)])
    note = models.CharField(max_length=40, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["place", "created_at"]


class Drawing(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20)
    plan = models.FileField(max_length=300)
    picture = models.ImageField(max_length=300, null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["code"]


class Gadget(models.Model):
    class Colour(models.TextChoices):
        RED = "red"
        GREEN = "green"
        BLUE = "blue"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"\A[A-Z]{2}[0-9]{1,4}\Z", "Two capital letters and a number.")],
    )
    name = models.CharField(max_length=40, validators=[MinLengthValidator(2)])
    colour = models.CharField(max_length=10, null=True, choices=Colour.choices)
    stock = models.BigIntegerField(default=0, validators=[MinValueValidator(0), MaxValueValidator(1000)])
    fragile = models.BooleanField(default=False)
    made_on = models.DateField(null=True)
    sold_at = models.DateTimeField(null=True)
    batch = models.UUIDField(null=True)
    email = models.EmailField(null=True)
    note = models.CharField(max_length=100, null=True)
    keyword = models.CharField(max_length=40, null=True)
    price = models.DecimalField(
        max_digits=7,
        decimal_places=2,
        default=Decimal("0.00"),
        validators=[MinValueValidator(Decimal("0.00")), MaxValueValidator(Decimal("10000.00"))],
    )
    cost = models.BigIntegerField(null=True, validators=[MinValueValidator(0)])  # in paise
    opens = models.TimeField(null=True)
    warranty = models.DurationField(null=True)
    website = models.URLField(max_length=2048, null=True)
    handle = models.SlugField(null=True)
    address = models.GenericIPAddressField(null=True)
    maker = models.ForeignKey(Maker, models.PROTECT, null=True)
    shelf = models.CharField(max_length=20, null=True, default=None)
    place = models.BigIntegerField(
        null=True, default=None, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    tags = ArrayField(models.CharField(max_length=10), default=list)
    sizes = ArrayField(models.BigIntegerField(), default=list)
    extra = models.JSONField(null=True)
    margin = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["code"]
        unique_together = [("shelf", "place")]
        permissions = [("restock_gadget", "Restock"), ("see_margin", "See margins"), ("set_cost", "Set costs")]
