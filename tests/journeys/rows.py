"""The rows that a journey stands on, and how this process reads and writes them too."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection
from django.test import override_settings
from psycopg import sql
from pytest_django import DjangoDbBlocker

from tests import services
from tests.conftest import migrated_template
from tests.servers import Site


def copy_of_template(name: str) -> str:
    """A new database with this name, and its address. Journeys commit, so theirs lies apart."""
    template, ours = sql.Identifier(migrated_template()), sql.Identifier(name)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(ours))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(ours, template))
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def broker_apart(worker: str) -> str:
    """Other sites of this session have workers of their own: they must not take our messages."""
    number = int(worker.removeprefix("gw")) + 8
    return services.own_broker_number(os.environ["REDIS_URL"], f"gw{number}")


@contextmanager
def standing_on(site: Site, blocker: DjangoDbBlocker) -> Iterator[None]:
    """Whatever asks for rows, or for the cache, asks for those of the site."""
    ours = connection.settings_dict["NAME"]
    redis_url = site.environment["REDIS_URL"]
    caches = {"default": settings.CACHES["default"] | {"LOCATION": redis_url}}
    with (
        blocker.unblock(),
        override_settings(REDIS_URL=redis_url, CACHES=caches, SITE_URL=site.url),
    ):
        connection.close()
        connection.settings_dict["NAME"] = site.environment["DATABASE_URL"].rpartition("/")[2]
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = ours
