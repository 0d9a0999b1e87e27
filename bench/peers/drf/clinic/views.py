import uuid
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import StreamingHttpResponse
from rest_framework import status
from rest_framework.filters import BaseFilterBackend
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from clinic import services
from clinic.export import csv_of
from clinic.models import Patient, PatientToken
from clinic.serializers import PatientSerializer
from clinic.words import search_ranges


class WordPrefixes(BaseFilterBackend):
    """Every word of `?search=` must be the beginning of a token of the patient."""

    def filter_queryset(self, request, queryset: QuerySet, view) -> QuerySet:
        text = request.query_params.get("search", "").strip()
        if not text:
            return queryset
        words = search_ranges(text)
        if not words:
            return queryset.none()
        for ranges in words:
            match = Q()
            for low, high in ranges:
                match |= Q(token__gte=low, token__lt=high)
            tokens = PatientToken.objects.of(request.user.tenant_id).filter(match)
            queryset = queryset.filter(id__in=tokens.values("object_id"))
        return queryset


class PatientViewSet(ReadOnlyModelViewSet):
    serializer_class = PatientSerializer
    filter_backends = [WordPrefixes]

    def get_queryset(self) -> QuerySet:
        own = Patient.objects.of(self.request.user.tenant_id)
        if self.action in ("list", "export"):
            return own.filter(archived_at=None)
        if self.action == "partial_update" and not settings.BARE:
            return own.select_for_update()
        return own

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def get_serializer_context(self) -> dict:
        today = datetime.now(self.request.user.standing.time_zone).date()
        return {"request": self.request, "view": self, "today": today}

    def export(self, request) -> StreamingHttpResponse:
        """The list as CSV, row by row from a cursor of the server, in the order of its pages."""
        rows = self.get_queryset().order_by("-created_at", "-id").iterator(chunk_size=2000)
        return StreamingHttpResponse(csv_of(rows, self.get_serializer()), content_type="text/csv; charset=utf-8")

    def audit(self) -> dict:
        return {"client_address": self.request.META["REMOTE_ADDR"], "request_id": str(uuid.uuid4())}

    def create(self, request, *args, **kwargs) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        today = serializer.context["today"]
        if settings.BARE:
            patient = services.register_bare(request.user, serializer.validated_data, today)
        else:
            with transaction.atomic():
                patient = services.register(request.user, serializer.validated_data, today, self.audit())
        location = {"Location": f"/api/v1/patients/{patient.id}"}
        return Response(serializer.to_representation(patient), status.HTTP_201_CREATED, headers=location)

    def partial_update(self, request, *args, **kwargs) -> Response:
        if settings.BARE:
            serializer = self.checked_change()
            services.change_bare(serializer.instance, serializer.validated_data, serializer.context["today"])
        else:
            with transaction.atomic():
                serializer = self.checked_change()
                services.change(
                    request.user,
                    serializer.instance,
                    serializer.validated_data,
                    serializer.context["today"],
                    self.audit(),
                )
        return Response(serializer.to_representation(serializer.instance))

    def checked_change(self) -> PatientSerializer:
        serializer = self.get_serializer(self.get_object(), data=self.request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        return serializer
