#!/usr/bin/python3
"""Makes the tables in the database of DATABASE_URL, and three people: owner (may do all), reader (may look), outsider
(may do nothing)."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from django.contrib.auth.models import Permission, User  # noqa: E402
from django.core.management import call_command  # noqa: E402

PASSWORD = os.environ["PASSWORD"]

call_command("migrate", run_syncdb=True, verbosity=0)
rights = Permission.objects.filter(content_type__app_label="gadgets")
for name, permissions in {
    "owner": rights,
    "reader": rights.filter(codename="view_gadget"),
    "outsider": rights.none(),
}.items():
    User.objects.create_user(name, password=PASSWORD).user_permissions.set(permissions)
