"""The twin of src/conformance/gadget.hpp: the same fields and rules, as Django declares them."""

import uuid

from django.core.validators import MaxValueValidator, MinLengthValidator, MinValueValidator, RegexValidator
from django.db import models


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
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["code"]
