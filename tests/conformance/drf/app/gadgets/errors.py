"""Every error with its code: `{"errors": <get_full_details of the exception>}`."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.views import exception_handler


class InvalidTransition(exceptions.APIException):
    status_code = 409
    default_code = "invalid_transition"


def with_codes(exception: Exception, context: dict):
    response = exception_handler(exception, context)
    if isinstance(exception, Http404):
        exception = exceptions.NotFound()
    elif isinstance(exception, PermissionDenied):
        exception = exceptions.PermissionDenied()
    if response is not None:
        response.data = {"errors": exception.get_full_details()}
    return response


def nothing_here(request, exception=None) -> JsonResponse:
    """For paths that no view answers."""
    return JsonResponse({"errors": exceptions.NotFound().get_full_details()}, status=404)
