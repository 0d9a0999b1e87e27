"""What callers met over a fault: when each call began, how it ended and how long that took."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

NO_ANSWER = 0  # in place of a status: the connection ended first


@dataclass(frozen=True)
class Sample:
    began: float  # by the monotonic clock
    ended: float
    status: int

    @property
    def took(self) -> float:
        return self.ended - self.began

    @property
    def failed(self) -> bool:
        return not 200 <= self.status < 300


@dataclass
class Window:
    """The time of a fault: from the moment before it is made until the moment after it is mended."""

    began: float = 0.0
    ended: float = math.inf

    def __enter__(self) -> Window:
        self.began = time.monotonic()
        return self

    def __exit__(self, *_exception) -> None:
        self.ended = time.monotonic()


def p99(samples: list[Sample]) -> float | None:
    """Seconds; nothing without samples."""
    if not samples:
        return None
    times = sorted(sample.took for sample in samples)
    return times[math.ceil(len(times) * 0.99) - 1]


def error_seconds(samples: list[Sample]) -> float:
    """From the beginning of the first call that failed to the end of the last."""
    failed = [sample for sample in samples if sample.failed]
    if not failed:
        return 0.0
    return max(sample.ended for sample in failed) - min(sample.began for sample in failed)


def begun_in(samples: list[Sample], window: Window) -> list[Sample]:
    return [sample for sample in samples if window.began <= sample.began <= window.ended]


def begun_after(samples: list[Sample], moment: float) -> list[Sample]:
    return [sample for sample in samples if sample.began > moment]
