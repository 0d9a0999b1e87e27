"""The few figures of statistics that results are made of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of all values do not exceed (nearest rank)."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def median_of_ratios(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Rounds are compared pair by pair: what slowed the machine in one round slowed both sides of its ratio."""
    if len(ours) != len(theirs):
        raise ValueError("rounds without a counterpart")
    return median(a / b for a, b in zip(ours, theirs))
