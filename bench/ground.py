"""The servers that the benchmarks run on: PostgreSQL and Valkey, our site, and the floors."""

import json
import os
import secrets
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import run
from typing import Any

import psycopg
from cryptography.fernet import Fernet

from samvaro import embedded
from samvaro.embedded import ports
from samvaro.environment import ROOT
from tests.servers import Process

# Both sides alike.
WEB_WORKERS, THREADS = 2, 4
RACES, PLACES = 8, 50
# How long a web server may take to begin, in seconds.
PATIENCE = 60.0


@dataclass
class Server:
    """One site with its own database, behind its own gunicorn."""

    name: str
    url: str
    environment: dict[str, str]
    database_url: str

    def ask(self, question: str, *values: Any) -> Any:
        """The one answer to a question to its database."""
        with psycopg.connect(self.database_url) as rows:
            row = rows.execute(question, values).fetchone()
        assert row is not None
        return row[0]

    def run(self, *command: str) -> str:
        done = run(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")
        return done.stdout


@dataclass
class Ground:
    samvaro: Server
    wagtail_home: Server
    bare: Server
    activity: str

    def statements(self, *paths: str) -> dict[str, int]:
        found = self.samvaro.run("bench.scene", "statements", *paths)
        return dict(json.loads(found.splitlines()[-1]))


@contextmanager
def prepared() -> Iterator[Ground]:
    """Everything started and filled; all of it is ended and thrown away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="samvaro-bench-"))
    folder.chmod(0o711)
    processes: list[Process] = []
    services = embedded.start(folder / "services")
    try:
        yield _fill(folder, services, processes)
    finally:
        for process in processes:
            process.kill()
        services.stop()
        embedded.discard(folder / "services")
        shutil.rmtree(folder)


def _fill(folder: Path, services: embedded.Services, processes: list[Process]) -> Ground:
    def begin(name: str, application: str, *fill: str) -> tuple[Server, str]:
        listener = socket.create_server((ports.HOST, ports.pick()), backlog=1024)
        url = f"http://{ports.HOST}:{listener.getsockname()[1]}"
        database_url = _database(services, name)
        environment = _environment(folder, url, database_url, services.redis_url)
        server = Server(name, url, environment, database_url)
        say(f"  {name}: filling the database")
        said = server.run(*fill)
        process = Process(
            name,
            [
                *("gunicorn", application, "--bind", f"fd://{listener.fileno()}"),
                *("--workers", str(WEB_WORKERS), "--threads", str(THREADS), "--preload"),
                *("--keep-alive", "60", "--no-control-socket", "--log-level", "warning"),
            ],
            environment=environment,
            log=folder / f"{name}.log",
            files=[listener.fileno()],
        )
        processes.append(process)
        listener.close()
        _wait_for(process, url)
        return server, said

    samvaro, said = begin("samvaro", "samvaro.wsgi", "bench.scene", "fill", str(RACES), str(PLACES))
    floor = "bench.floor"
    wagtail_home, _ = begin(
        "wagtail_home", f"{floor}.wagtail_home.wsgi", f"{floor}.wagtail_home.fill"
    )
    bare, _ = begin("bare", f"{floor}.bare.wsgi", f"{floor}.bare.fill", str(RACES), str(PLACES))
    activity = json.loads(said.splitlines()[-1])["activity"]
    return Ground(samvaro, wagtail_home, bare, activity)


def _database(services: embedded.Services, name: str) -> str:
    with psycopg.connect(services.database_url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}_bench"')
    return f"{services.database_url.rpartition('/')[0]}/{name}_bench"


def _environment(folder: Path, url: str, database_url: str, redis_url: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": secrets.token_hex(32),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "SITE_URL": url,
        "ALLOWED_HOSTS": ports.HOST,
        # Nobody listens: letters stay in the outbox.
        "EMAIL_URL": f"smtp://{ports.HOST}:1",
        "MEDIA_ROOT": str(folder / "media"),
        # Two hundred people behind one address.
        "FORM_LIMIT": "1000000",
        "DATA_DIR": str(folder),
        "DEBUG": "0",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }


def _wait_for(process: Process, url: str) -> None:
    port = int(url.rpartition(":")[2])
    deadline = time.monotonic() + PATIENCE
    while len(process.children) < WEB_WORKERS:
        if not process.runs or time.monotonic() > deadline:
            raise RuntimeError(f"{process.name} does not start:\n{process.said()}")
        time.sleep(0.1)
    socket.create_connection((ports.HOST, port), timeout=PATIENCE).close()


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
