"""How much of what chance draws is drawn, and from which seed."""

import os
import secrets

# `bin/test --full`: everything, not a sample.
FULL = bool(os.environ.get("TERRACE_TEST_FULL"))
# The same for the whole run, which says it at its end.
SEED = int(os.environ.get("TERRACE_SEED") or secrets.randbits(32))
