"""Point 19: PATCH and DELETE of a list, which Django REST Framework does not have, as a team writes it: all or nothing,
and errors by index, as its lists have them since 3.18."""

from django.core.exceptions import ValidationError as InvalidValue
from django.db import transaction
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.response import Response
from rest_framework.routers import DefaultRouter, Route

from gadgets.serializers import ManySerializer

MOST = 5
NO_SUCH_OBJECT = ErrorDetail("There is no such object.", "does_not_exist")
NAMED_TWICE = ErrorDetail("This object is named twice.", "unique")


class Router(DefaultRouter):
    """Lists take PATCH and DELETE where a view has them."""

    def get_routes(self, viewset) -> list:
        return [
            route._replace(mapping={**route.mapping, "patch": "partial_update_many", "delete": "destroy_many"})
            if isinstance(route, Route) and route.name == "{basename}-list" else route
            for route in super().get_routes(viewset)
        ]  # fmt: skip


class ManyMixin:
    @transaction.atomic
    def partial_update_many(self, request) -> Response:
        items = request.data
        if not isinstance(items, list):
            raise ValidationError({"non_field_errors": [ErrorDetail("Expected a list of items.", "not_a_list")]})
        if not items:
            raise ValidationError({"non_field_errors": [ErrorDetail("This list may not be empty.", "empty")]})
        if len(items) > MOST:
            raise ValidationError(
                {"non_field_errors": [ErrorDetail(f"Ensure this list has no more than {MOST} elements.", "max_length")]}
            )
        errors, changes, seen = {}, [], set()
        for index, item in enumerate(items):
            try:
                changes.append(self._change(item, seen))
            except ValidationError as error:
                errors[index] = error.detail
        if errors:
            raise ValidationError(errors)
        for change in changes:
            change.save()
        return Response([change.data for change in changes])

    def _change(self, item, seen: set):
        if not isinstance(item, dict):
            self.get_serializer(data=item).is_valid(raise_exception=True)
        if "id" not in item:
            raise ValidationError({"id": [ErrorDetail("This field is required.", "required")]})
        change = self.get_serializer(self._named(item["id"], seen), data=item, partial=True)
        change.is_valid(raise_exception=True)
        return change

    def _named(self, id, seen: set):
        try:
            found = self.get_queryset().filter(id=id).first()
        except InvalidValue:
            raise ValidationError({"id": [ErrorDetail("Must be a valid UUID.", "invalid")]})
        if found is None:
            raise ValidationError({"id": [NO_SUCH_OBJECT]})
        if found.id in seen:
            raise ValidationError({"id": [NAMED_TWICE]})
        seen.add(found.id)
        return found

    @transaction.atomic
    def destroy_many(self, request) -> Response:
        named = ManySerializer(data=request.data)
        named.is_valid(raise_exception=True)
        errors, found, seen = {}, [], set()
        for index, id in enumerate(named.validated_data["ids"]):
            try:
                found.append(self._named(id, seen))
            except ValidationError as error:
                errors[index] = error.detail
        if errors:
            raise ValidationError(errors)
        for each in found:
            each.delete()
        return Response(status=204)
