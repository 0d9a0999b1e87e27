import pytest


@pytest.hookimpl(tryfirst=True)  # before xdist looks for the marks
def pytest_collection_modifyitems(items):
    """With two workers (-n 2 --dist loadgroup): compilers are asked about declarations beside the requests."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(item.path.parent.name))
