import shutil
import tempfile
from pathlib import Path

import pytest
from harness import Scripts
from origin import Origin


@pytest.fixture
def open_folder():
    """A folder that every user may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="terrace-ops-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def scripts(open_folder):
    made = Scripts(open_folder / "home")
    yield made
    made.run("down")


@pytest.fixture
def origin(scripts):
    made = Origin(scripts)
    yield made
    for upstream in (made.api, made.web):
        upstream.stop()
