"""Django REST Framework as it comes, where the checklist speaks of defaults: renderers, parsers, negotiation. What a
careful team sets itself: token authentication, model permissions, filters, one shape for errors."""

import os
from datetime import timedelta

from psycopg2.extensions import parse_dsn

DEBUG = False
ALLOWED_HOSTS = ["*"]
SECRET_KEY = "a secret of the conformance suite, of more than thirty-two characters"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "django_filters",
    "rest_framework",
    "gadgets",
]
MIDDLEWARE = ["django.middleware.locale.LocaleMiddleware", "django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "config.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = os.environ["MEDIA_ROOT"]
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
USE_L10N = False
AUTH_USER_MODEL = "gadgets.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # of three people of a test
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def database() -> dict:
    dsn = parse_dsn(os.environ["DATABASE_URL"])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": dsn["dbname"],
        "USER": dsn.get("user", ""),
        "HOST": dsn.get("host", ""),
        "PORT": dsn.get("port", ""),
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": database()}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework_simplejwt.authentication.JWTAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["gadgets.access.ModelPermissions"],
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend",
        "rest_framework.filters.SearchFilter",
        "rest_framework.filters.OrderingFilter",
    ],
    "DEFAULT_PAGINATION_CLASS": "gadgets.pages.Cursors",
    "DEFAULT_THROTTLE_RATES": {"sign-in": "10/hour"},
    "EXCEPTION_HANDLER": "gadgets.errors.with_codes",
}

SIMPLE_JWT = {"SIGNING_KEY": SECRET_KEY, "ACCESS_TOKEN_LIFETIME": timedelta(minutes=5)}
