"""Records of the tests' own DNS server (dns_server.py), which the API asks about organisations' domains."""

from __future__ import annotations

import json
import os
from pathlib import Path


def publish(name: str, *texts: str) -> None:
    """The TXT records of a name from now on; none takes the name away."""
    folder = Path(os.environ["TERRACE_TEST_DNS_RECORDS"])
    folder.mkdir(parents=True, exist_ok=True)
    if not texts:
        (folder / name).unlink(missing_ok=True)
        return
    written = folder / f"{name}.{os.getpid()}"  # renamed into its place, so that no question meets half a file
    written.write_text(json.dumps(texts), encoding="utf-8")
    written.rename(folder / name)
