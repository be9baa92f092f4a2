"""A site of real processes on the rows of the test's own database."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.servers import Site

MakeSite = Callable[..., Site]


def database_url() -> str:
    """The database that the tests of this session write in."""
    name = settings.DATABASES["default"]["NAME"]
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


@pytest.fixture(scope="module")
def make_site(
    django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MakeSite]:
    """Make a site, stopped by itself after the last test of the file.

    The rows are thrown away after each test; the processes stay and open new connections.
    """
    made: list[Site] = []

    def make(**more: str) -> Site:
        urls = {"database_url": database_url(), "redis_url": settings.REDIS_URL}
        folder = tmp_path_factory.mktemp("site", numbered=True)
        made.append(Site(Path(folder), **(urls | more)))
        return made[-1]

    yield make
    for site in made:
        site.stop()
