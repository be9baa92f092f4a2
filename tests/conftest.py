"""What every test may ask for."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql

from samvaro import embedded
from samvaro.embedded import binaries
from samvaro.environment import ROOT

# Files that take minutes, the longest first.
LONG = ("journeys/test_pages.py", "journeys/", "faults/", "project/", "samvaro/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files begin, and the many short ones fill the time that is left beside them."""

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(ROOT / "tests").as_posix()
        return next((n for n, start in enumerate(LONG) if path.startswith(start)), len(LONG))

    items.sort(key=place)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Copy each test database from one that is migrated already: 0.2 s instead of 12."""
    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = migrated_template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """A test that commits leaves the rows of the migrations behind it, not empty tables.

    Django's own way empties every table, also of the root page, the groups and the permissions
    that migrations made, and the next test would find a site that no installation has.
    """
    TransactionTestCase._fixture_teardown = copy_again  # type: ignore[attr-defined]


def copy_again(case: TransactionTestCase) -> None:
    connections.close_all()
    name = sql.Identifier(connection.settings_dict["NAME"])
    template = sql.Identifier(settings.DATABASES["default"]["TEST"]["TEMPLATE"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, template))


def migrated_template() -> str:
    """A database with today's migrations, made once and kept until a migration changes."""
    name = f"template_{state_of_migrations()}"
    url = os.environ["DATABASE_URL"]
    building = sql.Identifier(f"{name}_new")
    with psycopg.connect(url, autocommit=True) as server:
        # The xdist workers come here together: one builds, the others wait. The number is ours.
        server.execute("SELECT pg_advisory_lock(20261121)")
        databases = server.execute("SELECT datname FROM pg_database").fetchall()
        if (name,) in databases:
            return name
        for (old,) in databases:
            if old.startswith("template_"):
                server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(building))
        migrate(url.rpartition("/")[0] + f"/{name}_new")
        server.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(building, sql.Identifier(name))
        )
    return name


def state_of_migrations() -> str:
    """Changes when one of our migrations does, or the version of any package."""
    digest = hashlib.sha256((ROOT / "requirements" / "dev.txt").read_bytes())
    roles = ROOT / "site" / "samvaro" / "roles.py"  # written into the groups after migrating
    migrations = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("site/*/migrations/*.py")]
    for file in sorted([roles, *migrations]):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def migrate(database_url: str) -> None:
    """In a process of its own: this one is already bound to another database."""
    environment = os.environ | {"DATABASE_URL": database_url}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"migrate failed:\n{done.stdout}{done.stderr}")


def fill(database_url: str) -> None:
    """The migrated template once more, in a server of its own: in 3 s instead of 40."""
    template = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{migrated_template()}"
    programs = binaries.find(binaries.account_for(None), None)
    dump = subprocess.run(
        [programs / "pg_dump", "--no-owner", f"--dbname={template}"],
        capture_output=True,
        check=False,
    )
    if dump.returncode != 0:  # a DATABASE_URL that leads to a newer PostgreSQL than ours
        migrate(database_url)
        return
    read_in = [programs / "psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={database_url}"]
    subprocess.run(read_in, input=dump.stdout, stdout=subprocess.DEVNULL, check=True)


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    """No page that one test has cached may answer in the next."""
    with redis.Redis.from_url(settings.REDIS_URL) as valkey:
        for key in valkey.scan_iter(f"{settings.CACHES['default']['KEY_PREFIX']}:*", count=1000):
            valkey.delete(key)


@pytest.fixture
def own_services(tmp_path: Path) -> Iterator[embedded.Services]:
    """A PostgreSQL and a Valkey for one test, to kill, pause and restart. It takes a second."""
    folder = tmp_path / "own services"
    services = embedded.start(folder)
    yield services
    services.stop(found=True)
    embedded.discard(folder)
