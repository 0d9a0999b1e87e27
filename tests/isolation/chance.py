"""How much of what chance draws is drawn, and from which seed."""

import os
import secrets

# `bin/test --full`: everything, not a sample.
FULL = bool(os.environ.get("TERRACE_TEST_FULL"))
# The same for the whole run and each of its workers, which it starts later; it says it at its end.
SEED = int(os.environ.get("TERRACE_SEED") or secrets.randbits(32))
os.environ["TERRACE_SEED"] = str(SEED)
