"""The tables of sql/schema.sql. Keys there are (tenant_id, …), which Django 3.2 cannot declare: `primary_key` stands on
the part that is unique in practice, and TenantModel adds the tenant wherever Django writes by key (as
django-multitenant does)."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone


class TenantManager(models.Manager):
    def of(self, tenant_id: uuid.UUID) -> models.QuerySet:
        return self.get_queryset().filter(tenant_id=tenant_id)


class TenantModel(models.Model):
    tenant_id = models.UUIDField()

    objects = TenantManager()

    class Meta:
        abstract = True

    def _do_update(self, base_qs, using, pk_val, values, update_fields, forced_update):
        own = base_qs.filter(tenant_id=self.tenant_id)
        return super()._do_update(own, using, pk_val, values, update_fields, forced_update)


class Tenant(models.Model):
    id = models.UUIDField(primary_key=True)
    slug = models.TextField(unique=True)
    name = models.TextField()
    time_zone = models.TextField(default="Asia/Kolkata")

    class Meta:
        managed = False
        db_table = "tenant"


class Membership(models.Model):
    tenant = models.ForeignKey(Tenant, models.CASCADE)
    user_id = models.UUIDField(primary_key=True)
    role_slug = models.TextField()

    class Meta:
        managed = False
        db_table = "membership"


class RolePermission(TenantModel):
    role_slug = models.TextField()
    permission = models.TextField(primary_key=True)

    class Meta:
        managed = False
        db_table = "role_permission"


class Patient(TenantModel):
    class Sex(models.TextChoices):
        MALE = "male"
        FEMALE = "female"
        OTHER = "other"
        UNKNOWN = "unknown"

    class Relation(models.TextChoices):
        SELF = "self"
        PARENT = "parent"
        SPOUSE = "spouse"
        CHILD = "child"
        GUARDIAN = "guardian"
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    number = models.BigIntegerField()
    version = models.BigIntegerField(default=1)
    name = models.CharField(max_length=200)
    name_sort = models.TextField()
    sex = models.CharField(max_length=10, choices=Sex.choices)
    born_on = models.DateField()
    dob_precision = models.TextField()
    phone = models.TextField(null=True)
    phone_relation = models.CharField(max_length=10, null=True, choices=Relation.choices)
    guardian_name = models.CharField(max_length=200, null=True)
    email = models.EmailField(null=True)
    address = models.CharField(max_length=500, null=True)
    city = models.CharField(max_length=100, null=True)
    pincode = models.CharField(
        max_length=6, null=True, validators=[RegexValidator(r"^[1-9][0-9]{5}$", "Enter a PIN code of six digits.")]
    )
    household_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "patient"


class PatientToken(TenantModel):
    token = models.TextField()
    object_id = models.UUIDField(primary_key=True)

    class Meta:
        managed = False
        db_table = "patient_token"


class AuditEntry(TenantModel):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField(null=True)
    session_id = models.UUIDField(null=True)
    action = models.TextField()
    object_type = models.TextField()
    object_id = models.UUIDField(null=True)
    changes = models.JSONField(default=dict)
    client_address = models.TextField()
    request_id = models.TextField()

    class Meta:
        managed = False
        db_table = "audit_entry"
