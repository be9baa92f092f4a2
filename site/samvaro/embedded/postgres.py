"""A PostgreSQL server for one folder."""

import secrets
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

from samvaro.embedded import binaries, ports, processes, state
from samvaro.embedded.binaries import Account
from samvaro.embedded.state import EmbeddedError

NAME = "samvaro"
# Crash recovery of a large database takes its time. Seconds.
PATIENCE = 60.0
# What the server says when its predecessor, killed a moment ago, is not quite gone.
NOT_QUITE_GONE = ("pre-existing shared memory block", 'lock file "postmaster.pid" already exists')
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Postgres:
    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = data_dir
        self.durable = durable
        self.started_here = False
        self._file = data_dir / "postgres.json"

    # --- what it is ---------------------------------------------------------------------------

    @property
    def url(self) -> str:
        own = state.load(self._file)
        return f"postgres://{NAME}:{own['password']}@{ports.HOST}:{own['port']}/{NAME}"

    @property
    def pid(self) -> int | None:
        """The living server's process, or None."""
        try:
            first = (self._cluster / "postmaster.pid").read_text().split("\n", 1)[0]
        except (FileNotFoundError, NotADirectoryError, KeyError):
            return None
        alive = first.strip().isdigit() and processes.is_alive(int(first), str(self._cluster))
        return int(first) if alive else None

    @property
    def _home(self) -> Path:
        return Path(state.load(self._file)["home"])

    @property
    def _cluster(self) -> Path:
        return self._home / "cluster"

    @property
    def _log(self) -> Path:
        return self._home / "postgres.log"

    # --- what it does -------------------------------------------------------------------------

    def start(self) -> None:
        """Start the server, or find it running. Its rows are made the first time."""
        with state.locked(self.data_dir):
            if self.pid is None:
                account = self._make_home()
                folder = binaries.find(account, self._major_version())
                if not self._cluster.exists():
                    self._make_cluster(account, folder)
                self._launch(account, folder)
                self.started_here = True
            self._wait_until_it_answers()
            self._make_database()

    def stop(self) -> None:
        """End the server in good order; clients are cut off, their unfinished work undone."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """As when the power goes: no chance to put anything in order."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def discard(self) -> None:
        """Throw the rows away."""
        home = state.load(self._file).get("home")
        if home:
            state.remove(Path(home))
        state.remove(self._file)

    # --- how ----------------------------------------------------------------------------------

    def _end(self, how: signal.Signals) -> None:
        with state.locked(self.data_dir):
            pid = self.pid
            if pid is not None:
                processes.end(pid, str(self._cluster), how=how)

    def _make_home(self) -> Account:
        """A folder that belongs to the server's user and that it can reach, remembered by path."""
        own = state.load(self._file)
        account = binaries.account_for(Path(own["home"]) if own else None)
        if own and Path(own["home"]).is_dir():
            return account
        home = self.data_dir / "postgres"
        if (home / "cluster").exists():
            raise EmbeddedError(
                f"{self._file} is gone, and with it the password for {home}: "
                "put it back, or move that folder away to begin anew."
            )
        home.mkdir(mode=0o700, exist_ok=True)
        account.owns(home)
        if not account.can_enter(home):
            home.rmdir()
            home = self._sheltered_home(account)
        password = secrets.token_urlsafe(32)
        state.save(self._file, {"home": str(home), "password": password, "port": ports.pick()})
        return account

    def _sheltered_home(self, account: Account) -> Path:
        binaries.SHELTER.mkdir(mode=0o755, parents=True, exist_ok=True)
        home = Path(tempfile.mkdtemp(prefix="rows-", dir=binaries.SHELTER))
        account.owns(home)
        if not account.can_enter(home):
            raise EmbeddedError(f"PostgreSQL's user can reach neither {self.data_dir} nor {home}.")
        return home

    def _major_version(self) -> int | None:
        try:
            return int((self._cluster / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None

    def _make_cluster(self, account: Account, folder: Path) -> None:
        """Swedish letters must be letters whatever the language of the machine, also in upper case.

        The builtin provider of PostgreSQL 17 and later does that everywhere; older ones depend on
        what the system has.
        """
        fresh, word = self._home / "cluster.new", self._home / "password"
        word.touch(mode=0o600)
        word.write_text(state.load(self._file)["password"])
        account.owns(word)
        options: list[str | Path] = ["-D", fresh, "-E", "UTF8", "-U", NAME, f"--pwfile={word}"]
        options += ["--auth=scram-sha-256", "--no-instructions"]
        try:
            for locale in (
                ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
                ["--locale=C.UTF-8"],
                ["--locale=C"],
            ):
                state.remove(fresh)
                said = account.run(folder / "initdb", *options, *locale)
                if said.returncode == 0:
                    break
            else:
                raise EmbeddedError(f"initdb failed: {said.stderr.decode(errors='replace')}")
        finally:
            word.unlink()
        # Renamed when it is whole: a start that is killed half-way leaves nothing to trip over.
        fresh.rename(self._cluster)

    def _launch(self, account: Account, folder: Path) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            # A file left by a killed server; its process id may be somebody else's by now. That no
            # old server still writes here is watched by PostgreSQL through its shared memory.
            state.remove(self._cluster / "postmaster.pid")
            own = state.load(self._file)
            own["port"] = ports.pick(own["port"])
            state.save(self._file, own)
            said_before = self._log.stat().st_size if self._log.exists() else 0
            if self._settled(self._spawn(account, folder, own["port"])):
                return
            reason = self._log.read_bytes()[said_before:].decode(errors="replace")
            passing = any(words in reason for words in (*NOT_QUITE_GONE, "could not bind"))
            if not passing or time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL does not start ({self._log}): {reason.strip()}")
            time.sleep(0.2)

    def _spawn(self, account: Account, folder: Path, port: int) -> subprocess.Popen[bytes]:
        settings = [f"listen_addresses={ports.HOST}", f"port={port}", "unix_socket_directories="]
        settings += () if self.durable else FAST
        with self._log.open("ab") as log:
            child = subprocess.Popen(
                [str(folder / "postgres"), "-D", str(self._cluster)]
                + [part for setting in settings for part in ("-c", setting)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._home,
                env=binaries.surroundings(),
                # Ctrl-C in the terminal is for the program that started us, which then stops us.
                start_new_session=True,
                **account.options(),
            )
        return processes.remember(child)

    def _settled(self, child: subprocess.Popen[bytes]) -> bool:
        """True when the server answers, False when it ended instead."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and child.poll() is None:
            if self._answers():
                return True
            time.sleep(processes.LOOK_EVERY)
        return False

    def _connect(self) -> psycopg.Connection:
        own = state.load(self._file)
        return psycopg.connect(
            host=ports.HOST,
            port=own["port"],
            user=NAME,
            password=own["password"],
            dbname="postgres",
            connect_timeout=3,
            autocommit=True,
        )

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL (process {self.pid}) runs but does not answer.")
            time.sleep(processes.LOOK_EVERY)

    def _make_database(self) -> None:
        with self._connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if known.fetchone() is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
