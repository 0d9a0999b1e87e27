"""Progress and tables on the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class BenchError(Exception):
    """What a person can mend, or a run whose figures mean nothing: printed without a trace."""


def say(text: str = "") -> None:
    print(text, flush=True)


def progress(text: str) -> None:
    """Overwritten by the next line, where somebody watches."""
    if sys.stdout.isatty():
        print(f"\r\033[K… {text}", end="", flush=True)
    else:
        print(f"… {text}", flush=True)


def done(text: str) -> None:
    print(f"\r\033[K{text}" if sys.stdout.isatty() else text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    began = time.monotonic()
    progress(title)
    yield
    done(f"✓ {title} ({time.monotonic() - began:.0f} s)")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Markdown, its columns aligned: the first to the left, figures to the right."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        first, *rest = (c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths)))
        return "| " + " | ".join([first, *rest]) + " |"

    rule = "|" + "|".join("-" * (w + 2) if i == 0 else "-" * (w + 1) + ":" for i, w in enumerate(widths)) + "|"
    return "\n".join([line(head), rule, *map(line, rows)])
