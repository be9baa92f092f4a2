"""Playwright for tests that also ask for rows."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from playwright.sync_api import Playwright, sync_playwright

from tests import chromium


@contextmanager
def playwright() -> Iterator[Playwright]:
    """Playwright leaves a sleeping event loop in this thread, and Django takes it for async code.

    Django also keeps connections of their own for code inside of a loop. They are closed here, or
    the next test with a browser would find one that is open to the database of the one before.
    """
    unsafe = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as started:
            connections.close_all()
            yield started
            connections.close_all()
    finally:
        if unsafe is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def path() -> str:
    found = chromium.find()
    assert found, "no browser: python -m tests.chromium"
    return found
