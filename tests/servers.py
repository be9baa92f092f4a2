"""The whole site as real processes: gunicorn, Celery's worker and clock, and a mail server.

    with Site(folder, database_url=…, redis_url=…) as site:
        site.start_web()
        site.start_worker()
        site.url, site.sink.letters

All of it is on 127.0.0.1, and every process is ended by its id when the site is left.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from samvaro.embedded import ports
from samvaro.environment import ROOT
from tests.sink import Sink
from tests.waiting import until

# The real settings with shorter waits, so that no test has to wait out a minute.
SETTINGS = "tests.hurried"
# How long a process may take to begin on a machine that does other things too, in seconds.
PATIENCE = 90.0


def children_of(parent: int) -> list[int]:
    """The ids of the processes that this one has started and that live."""
    if not Path("/proc/self/stat").exists():  # macOS
        said = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, check=False)
        return sorted(map(int, said.stdout.split()))
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, its_parent = file.read_bytes().rpartition(b")")[2].split()[:2]
            if int(its_parent) == parent and state != b"Z":
                found.append(int(file.parent.name))
    return sorted(found)


class Process:
    """A program that leads a group of its own, so that all of it can be ended by one id."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        environment: dict[str, str],
        log: Path,
        files: Sequence[int] = (),
    ) -> None:
        self.name, self.log = name, log
        # What shows that it does its work; whoever starts it knows.
        self.is_ready: Callable[[], bool] = lambda: self.runs
        self._begins_at = log.stat().st_size if log.exists() else 0
        with log.open("ab") as out:
            self._child = subprocess.Popen(
                [sys.executable, "-m", *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=ROOT,
                env=environment,
                pass_fds=tuple(files),
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def runs(self) -> bool:
        return self._child.poll() is None

    @property
    def children(self) -> list[int]:
        """Gunicorn's workers; the processes of Celery's pool."""
        return children_of(self.pid)

    def said(self) -> str:
        """What this process has logged; an earlier one of the same name may be before it."""
        return self.log.read_bytes()[self._begins_at :].decode(errors="replace")

    def result(self, *, seconds: float) -> int:
        """The exit code of a program that ends by itself."""
        return self._child.wait(timeout=seconds)

    def kill(self) -> None:
        """kill -9 of the program and all its children."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._child.wait(timeout=15)


class Site:
    """One site: an address that stays the same while its processes come and go."""

    def __init__(self, folder: Path, *, database_url: str, redis_url: str, **more: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.sink = Sink()
        self.processes: list[Process] = []
        # Held for as long as the site lives: whoever comes between two web servers waits in line.
        self._listener = socket.create_server((ports.HOST, ports.pick()), backlog=512)
        self.url = f"http://{ports.HOST}:{self._listener.getsockname()[1]}"
        self.environment = {
            **os.environ,
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "EMAIL_URL": self.sink.url,
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": ports.HOST,
            # All clients of a test share one address.
            "FORM_LIMIT": "1000000",
            "MEDIA_ROOT": str(folder / "media"),
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "PYTHONUNBUFFERED": "1",
            **more,
        }

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
        self._listener.close()
        self.sink.close()

    def start(self, name: str, *command: str, files: Sequence[int] = ()) -> Process:
        log = self.folder / f"{name}.log"
        process = Process(name, command, environment=self.environment, log=log, files=files)
        self.processes.append(process)
        return process

    def start_web(
        self, *, workers: int = 2, threads: int = 4, application: str = "samvaro.wsgi"
    ) -> Process:
        """Gunicorn, ready when a page is out."""
        return self._ready(self._begin_web(workers, threads, application))

    def start_worker(self, *, concurrency: int = 2) -> Process:
        """Celery's worker, ready when it listens for messages."""
        return self._ready(self._begin_worker(concurrency))

    def start_clock(self) -> Process:
        return self._ready(self._begin_clock())

    def start_all(self) -> tuple[Process, Process, Process]:
        """The web server, the worker and the clock, side by side."""
        begun = self._begin_web(), self._begin_worker(), self._begin_clock()
        for process in begun:
            self._ready(process)
        return begun

    def _begin_web(
        self, workers: int = 2, threads: int = 4, application: str = "samvaro.wsgi"
    ) -> Process:
        number = self._listener.fileno()
        web = self.start(
            *("web", "gunicorn", application, "--bind", f"fd://{number}", "--no-control-socket"),
            *("--workers", str(workers), "--threads", str(threads), "--graceful-timeout", "1"),
            *("--preload", "--keep-alive", "15"),
            files=[number],
        )
        web.is_ready = lambda: (
            self.status("/healthz", patience=2) == 200 and len(web.children) == workers
        )
        return web

    def _begin_worker(self, concurrency: int = 2) -> Process:
        worker = self.start(
            *("worker", "celery", "-A", "samvaro", "--quiet", "worker"),
            *("--concurrency", str(concurrency), "--loglevel", "INFO"),
            *("--without-gossip", "--without-mingle"),
        )
        worker.is_ready = lambda: " ready." in worker.said()
        return worker

    def _begin_clock(self) -> Process:
        clock = self.start(
            *("clock", "celery", "-A", "samvaro", "--quiet", "beat", "--loglevel", "INFO"),
            *("--pidfile=", "--schedule", str(self.folder / "schedule")),
        )
        clock.is_ready = lambda: "beat: Starting" in clock.said()
        return clock

    def _ready(self, process: Process) -> Process:
        def is_ready() -> bool:
            assert process.runs, process.said()
            return process.is_ready()

        until(is_ready, seconds=PATIENCE, what=f"{process.name} is ready ({process.log})")
        return process

    def status(self, path: str, *, patience: float = 30) -> int | None:
        """The status of a page, or None when nobody answered within the seconds."""
        address = urlsplit(self.url)
        connection = http.client.HTTPConnection(
            address.hostname or "", address.port, timeout=patience
        )
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
