"""Rows as CSV, made while they are sent."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice

from rest_framework.serializers import Serializer

BATCH = 500  # lines in one write to the client: one a line would be a system call each


def csv_of(rows: Iterable, serializer: Serializer) -> Iterator[str]:
    rows = iter(rows)
    yield ",".join(serializer.fields) + "\r\n"
    while batch := list(islice(rows, BATCH)):
        lines = StringIO(newline="")
        csv.writer(lines).writerows(serializer.to_representation(row).values() for row in batch)
        yield lines.getvalue()
