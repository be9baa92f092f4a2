"""Start everything, say where it is, watch over it, and end all of it again."""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from samvaro import embedded
from samvaro.demo import folder as folders
from samvaro.demo import surroundings
from samvaro.demo.address import answer, take_port
from samvaro.demo.programs import Program, Programs, end_leftovers
from samvaro.demo.telling import say, say_where
from samvaro.embedded import ports

LETTERS_PORT = 8025
STRIPE_PORT = 8026
# How long the site may take to answer for the first time, on a slow machine. Seconds.
PATIENCE = 120.0
# How often a step that takes long shows that it goes on, in seconds.
SIGN_OF_LIFE = 3.0
# How often the programs are looked after, in seconds.
LOOK_EVERY = 0.5


class Stopped(Exception):
    """Somebody pressed Ctrl-C or asked the process to end."""


class Broken(Exception):
    """The demo cannot go on; the message says why."""


def run(folder: Path) -> int:
    try:
        held = folders.Held(folder)
    except folders.Busy as busy:
        where = f"at {busy}" if str(busy) else "and is just starting"
        say(f"The demo already runs {where} (data in {folders.relative(folder)}).")
        say("Nothing was started. Stop it with Ctrl-C where it was started.")
        return 0
    demo = Demo(held)
    try:
        demo.start()
        demo.watch()
    except Stopped:
        pass
    except (Broken, embedded.EmbeddedError) as why:
        if not demo.asked.is_set():
            say(f"\nThe demo cannot go on: {why}")
            return 1
    finally:
        demo.stop()
    return 0


class Demo:
    def __init__(self, held: folders.Held) -> None:
        self.held = held
        self.folder = held.folder
        self.asked = threading.Event()
        self._on_signals(lambda *_: self.asked.set())
        self.services: list[embedded.Postgres | embedded.Valkey] = []
        self.programs = Programs(self.folder, {})
        self.letters_url = ""
        self.stripe_url = ""

    @staticmethod
    def _on_signals(act: Callable[[int, object], None] | signal.Handlers) -> None:
        # One who starts it with nohup wants it to outlive the terminal.
        hang_up = [] if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else [signal.SIGHUP]
        for sign in (signal.SIGINT, signal.SIGTERM, *hang_up):
            signal.signal(sign, act)

    # --- starting -----------------------------------------------------------------------------

    def start(self) -> None:
        say(f"Samvaro's demo, with its data in {folders.relative(self.folder)}/")
        if end_leftovers(self.folder):
            say("A demo that was killed had left programs running; they are ended.")
        self.listener = take_port()
        self.site_url = f"http://{ports.HOST}:{self.listener.getsockname()[1]}"
        self.held.write_address(f"{self.site_url}/")
        known = {"SITE_URL": self.site_url}
        with self._step("PostgreSQL and Valkey"):
            known |= self._start_services()
        beside = [*self._mailbox(known), *self._stripe_standin(known)]
        self.values = surroundings.write(self.folder, known)
        self.programs.environment = surroundings.of_children(self.folder, self.values)
        for program, url in beside:
            with self._step(program.title):
                self.programs.start(program)
                self._wait_for_answer(program, url)
        with self._step("Database and demo association (the first time takes a minute)"):
            self._prepare()
        with self._step("Web server, worker and clock"):
            web, *others = self._site_programs()
            for program in (web, *others):
                self.programs.start(program)
            self._wait_for_answer(web, self.site_url)
        say_where(self.folder, self.site_url, self.letters_url, self.stripe_url)

    @contextlib.contextmanager
    def _step(self, title: str) -> Iterator[None]:
        if self.asked.is_set():
            raise Stopped
        say(f"  {title} …", end="")
        begun = time.monotonic()
        try:
            yield
        except BaseException:
            say("")
            raise
        say(f" ready ({time.monotonic() - begun:.1f} s)")

    def _start_services(self) -> dict[str, str]:
        known = {}
        embedded.prepare_folder(self.folder)
        if not os.environ.get("DATABASE_URL"):
            postgres = embedded.Postgres(self.folder)
            self.services.append(postgres)
            postgres.start()
            known["DATABASE_URL"] = postgres.url
        if not os.environ.get("REDIS_URL"):
            valkey = embedded.Valkey(self.folder)
            self.services.append(valkey)
            valkey.start()
            known["REDIS_URL"] = valkey.url
        return known

    def _mailbox(self, known: dict[str, str]) -> list[tuple[Program, str]]:
        if os.environ.get("EMAIL_URL"):
            return []
        smtp, pages = ports.pick(), ports.next_free(LETTERS_PORT)
        known["EMAIL_URL"] = f"smtp://{ports.HOST}:{smtp}"
        self.letters_url = f"http://{ports.HOST}:{pages}"
        command = [
            *(sys.executable, "-m", "samvaro.demo.mailbox", "--data-dir", str(self.folder)),
            *("--smtp-port", str(smtp), "--http-port", str(pages), "--site-url", self.site_url),
        ]
        return [(Program("letters", "The letter box", command), self.letters_url)]

    def _stripe_standin(self, known: dict[str, str]) -> list[tuple[Program, str]]:
        """Unless somebody has set their own, or a key to the real one."""
        if os.environ.get("STRIPE_API_BASE") or os.environ.get("STRIPE_SECRET_KEY"):
            return []
        port = ports.next_free(STRIPE_PORT)
        self.stripe_url = known["STRIPE_API_BASE"] = f"http://{ports.HOST}:{port}"
        command = [
            *(sys.executable, "-m", "samvaro.demo.stripe_standin", "--port", str(port)),
            *("--data-dir", str(self.folder), "--site-url", self.site_url),
        ]
        return [(Program("stripe", "The stand-in for Stripe", command), self.stripe_url)]

    def _prepare(self) -> None:
        program = Program("prepare", "Preparing", [sys.executable, "-m", "samvaro.demo.prepare"])
        self.programs.start(program)
        sign_of_life = time.monotonic() + SIGN_OF_LIFE
        while not program.ended:
            self._pause()
            if time.monotonic() > sign_of_life:
                say(".", end="")
                sign_of_life += SIGN_OF_LIFE
        self.programs.stop(program)
        if program.child is not None and program.child.returncode != 0:
            raise Broken(f"the database could not be prepared.\n{self._last_words(program)}")

    def _site_programs(self) -> list[Program]:
        (self.folder / "clock").mkdir(mode=0o700, exist_ok=True)
        socket_number = self.listener.fileno()
        python, celery = [sys.executable, "-m"], ["celery", "-A", "samvaro", "--quiet"]
        web = ["gunicorn", "samvaro.wsgi", "--bind", f"fd://{socket_number}", "--no-control-socket"]
        web += ["--preload", "--workers", "2", "--threads", "4", "--graceful-timeout", "5"]
        worker = ["worker", "--concurrency", "2", "--loglevel", "INFO"]
        # It is the only one: there is nobody to look for.
        worker += ["--without-gossip", "--without-mingle"]
        clock = ["beat", "--loglevel", "INFO", "--pidfile="]
        clock += ["--schedule", str(self.folder / "clock" / "schedule")]
        return [
            Program("web", "The web server", [*python, *web], files=(socket_number,)),
            Program("worker", "The worker", [*python, *celery, *worker]),
            Program("clock", "The clock", [*python, *celery, *clock]),
        ]

    def _wait_for_answer(self, program: Program, url: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while answer(url, "/healthz", patience=1) is None:
            if program.ended or time.monotonic() > deadline:
                raise Broken(f"{program.title} does not answer.\n{self._last_words(program)}")
            self._pause()
        # The first page takes longest; whoever comes now finds it warm.
        status = answer(url, "/", patience=30) or 500
        if status >= 500:
            say(f"\n  {url}/ answers with an error ({status}); see {self._log(program)}")

    # --- what to say when it fails -----------------------------------------------------------

    def _log(self, program: Program) -> str:
        return folders.relative(folders.log_file(self.folder, program.name))

    def _last_words(self, program: Program) -> str:
        file = folders.log_file(self.folder, program.name)
        return f"The last lines of {folders.relative(file)}:\n{folders.last_words(file)}"

    # --- watching -----------------------------------------------------------------------------

    def _pause(self) -> None:
        if self.asked.wait(0.1):
            raise Stopped

    def watch(self) -> None:
        while not self.asked.wait(LOOK_EVERY):
            for service in self.services:
                if service.pid is None:
                    self._start_again(service)
            for program in [program for program in self.programs.running if program.ended]:
                code = program.child.returncode if program.child else None
                words = f"{program.title} ended by itself ({code}; see {self._log(program)})"
                if program.ends_too_often():
                    raise Broken(f"{words}, again and again.\n{self._last_words(program)}")
                say(f"{words}; it is started again.")
                self.programs.start(program)

    def _start_again(self, service: embedded.Postgres | embedded.Valkey) -> None:
        name, url = type(service).__name__, service.url
        say(f"{name} ended by itself; it is started again.")
        service.start()
        if service.url != url:
            raise Broken(f"{name} had to move to another port. Start the demo once more.")

    # --- ending -------------------------------------------------------------------------------

    def stop(self) -> None:
        # From here on it ends; more Ctrl-C would only leave something behind.
        self._on_signals(signal.SIG_IGN)
        running = self.programs.running
        say("\nStopping …")
        # The letter box last: what the worker is just sending still has somewhere to go.
        self.programs.stop(*[program for program in running if program.name != "letters"])
        self.programs.stop(*list(running))
        for service in reversed(self.services):
            service.stop()
        self.held.release()
        say("Everything is stopped. The data is kept; `make demo` goes on with it.")
