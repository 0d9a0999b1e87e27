#!/usr/bin/python3
"""Makes the tables in the database of DATABASE_URL, four people: owner (may do all), reader (may look), clerk (may
write gadgets as far as no field asks for more), outsider (may do nothing), and a maker. Prints their ids as JSON."""

import json
import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()

from django.contrib.auth.models import Permission  # noqa: E402
from django.core.management import call_command  # noqa: E402
from gadgets.models import Maker, Person  # noqa: E402

PASSWORD = os.environ["PASSWORD"]

call_command("migrate", "auth", verbosity=0)  # what the people of gadgets refer to
call_command("migrate", run_syncdb=True, verbosity=0)
ids = {}
rights = Permission.objects.filter(content_type__app_label="gadgets")
for name, permissions in {
    "owner": rights,
    "reader": rights.filter(codename__startswith="view_"),
    "clerk": rights.filter(codename__in=["view_gadget", "add_gadget", "change_gadget", "view_purchase", "add_purchase",
                                         "change_purchase", "place_purchase"]),
    "outsider": rights.none(),
}.items():
    person = Person.objects.create_user(name, password=PASSWORD)
    person.user_permissions.set(permissions)
    ids[name] = str(person.id)
ids["maker"] = str(Maker.objects.create(code="M1").id)
print(json.dumps(ids))
