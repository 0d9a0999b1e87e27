"""Who calls, in which tenant, and what they may do there."""

import time
import uuid
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission
from rest_framework_simplejwt.authentication import JWTStatelessUserAuthentication

from clinic.models import Membership, RolePermission

PERMISSIONS = {
    "list": "patients.read",
    "export": "patients.read",
    "retrieve": "patients.read",
    "create": "patients.create",
    "partial_update": "patients.update",
}
# Seconds for which a worker believes a membership that it has read: as long as an access token of Terrace lives.
MEMBERSHIP_LIFE = 300
MOST_TOKENS = 10_000


@dataclass(frozen=True)
class Standing:
    """A person's place in a tenant."""

    user_id: uuid.UUID
    tenant_id: uuid.UUID
    time_zone: ZoneInfo
    permissions: frozenset[str]


@dataclass(frozen=True)
class Principal:
    standing: Standing
    session_id: str

    is_authenticated = True

    @property
    def tenant_id(self) -> uuid.UUID:
        return self.standing.tenant_id


_known: dict[tuple[str, str], tuple[float, Standing]] = {}


def find_standing(user: str, tenant: str) -> Standing:
    now = time.monotonic()
    known = _known.get((user, tenant))
    if known and now < known[0]:
        return known[1]
    try:
        membership = Membership.objects.select_related("tenant").get(tenant_id=tenant, user_id=user)
    except Membership.DoesNotExist:
        raise AuthenticationFailed("The person is no member of this organisation.") from None
    permissions = RolePermission.objects.of(tenant).filter(role_slug=membership.role_slug)
    standing = Standing(
        user_id=membership.user_id,
        tenant_id=membership.tenant_id,
        time_zone=ZoneInfo(membership.tenant.time_zone),
        permissions=frozenset(permissions.values_list("permission", flat=True)),
    )
    _known[user, tenant] = now + MEMBERSHIP_LIFE, standing
    return standing


_verified: dict[bytes, Any] = {}


class TenantAuthentication(JWTStatelessUserAuthentication):
    """simplejwt checks the token; a worker remembers it until it expires, as Terrace and fast-jwt do. Its claims `sub`
    and `tid` name the person and the tenant."""

    def get_validated_token(self, raw_token: bytes):
        known = _verified.get(raw_token)
        if known and time.time() < known.payload["exp"]:
            return known
        token = super().get_validated_token(raw_token)
        if len(_verified) >= MOST_TOKENS:
            _verified.clear()
        _verified[raw_token] = token
        return token

    def get_user(self, validated_token) -> Principal:
        claims = validated_token.payload
        try:
            return Principal(find_standing(claims["sub"], claims["tid"]), claims["sid"])
        except KeyError:
            raise AuthenticationFailed("The token names no tenant.") from None


class HoldsPermission(BasePermission):
    def has_permission(self, request, view) -> bool:
        permissions = getattr(view, "permissions", PERMISSIONS)
        return request.user is not None and permissions[view.action] in request.user.standing.permissions
