"""Wait for a fact, never for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(fact: Callable[[], T], *, seconds: float = 30, what: str = "") -> T:
    """Ask until the answer is true-like, and return it; fail when it never is."""
    deadline = time.monotonic() + seconds
    while True:
        answer = fact()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"Not within {seconds} s: {what or fact!r} (last: {answer!r})")
        time.sleep(0.05)
