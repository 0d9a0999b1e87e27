"""Puts tests/ on the import path, and what more than one suite starts."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.dont_write_bytecode = True

from support.cluster import Cluster  # noqa: E402
from support.server import Installation  # noqa: E402
from support.stack import binary  # noqa: E402


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL cluster of this run's own."""
    with Cluster.running() as made:
        yield made


@pytest.fixture(scope="session")
def installation(cluster):
    """A migrated database in it."""
    made = Installation(binary(), cluster, "terrace")
    made.migrate()
    return made
