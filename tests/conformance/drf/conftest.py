import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from differences import read_table  # noqa: E402
from sides import start_drf, start_terrace  # noqa: E402


@pytest.fixture(scope="session")
def table():
    return read_table()


@pytest.fixture(scope="session")
def needed():
    """The names of the rows that cases needed so far."""
    return set()


@pytest.fixture(scope="session")
def drf(cluster):
    side = start_drf(cluster)
    yield side
    side.stop()


@pytest.fixture(scope="session")
def terrace(cluster):
    side = start_terrace(cluster, os.environ["TERRACE_CONFORMANCE_BIN"])
    yield side
    side.stop()
