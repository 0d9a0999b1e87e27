"""Production settings with nothing that a JSON API behind a proxy does not need: no sessions, no cookies, no
templates, one renderer, one parser. The environment names the database and the switch BARE."""

import os
from datetime import timedelta

from psycopg2.extensions import parse_dsn

DEBUG = False
ALLOWED_HOSTS = ["*"]
SECRET_KEY = os.environ.get("PEERS_SECRET", "a secret of the bench, of more than thirty-two characters")
# 1: POST and PATCH are a bare insert and a bare update, without number service, household, audit and tokens.
BARE = os.environ.get("BARE") == "1"

# auth and contenttypes: simplejwt imports their models. Neither is asked in a request.
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "clinic"]
MIDDLEWARE = ["config.middleware.content_length"]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
USE_L10N = False
LOGGING = {"version": 1, "disable_existing_loggers": False}


def database() -> dict:
    dsn = parse_dsn(os.environ["DATABASE_URL"])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": dsn["dbname"],
        "USER": dsn.get("user", ""),
        "PASSWORD": dsn.get("password", ""),
        "HOST": dsn.get("host", ""),
        "PORT": dsn.get("port", ""),
        "CONN_MAX_AGE": None,  # a connection a thread, kept for good
    }


DATABASES = {"default": database()}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["clinic.rendering.FastJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["clinic.rendering.FastJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["clinic.access.TenantAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["clinic.access.HoldsPermission"],
    "DEFAULT_PAGINATION_CLASS": "clinic.pagination.NewestFirst",
    "DEFAULT_THROTTLE_CLASSES": [],
    "DEFAULT_VERSIONING_CLASS": None,
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}

SIMPLE_JWT = {
    "ALGORITHM": "HS256",
    "SIGNING_KEY": SECRET_KEY,
    "ACCESS_TOKEN_LIFETIME": timedelta(hours=12),  # a bench outlives five minutes
    "USER_ID_CLAIM": "sub",
}
