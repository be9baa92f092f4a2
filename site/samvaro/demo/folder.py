"""The folder of a demo: what lies in it, and that only one demo at a time runs in it."""

import fcntl
import os
from pathlib import Path

from samvaro import embedded

# Everything that a demo makes; a reset throws away these and nothing else.
MADE = (
    "environment.json",
    "demo.json",
    "processes.json",
    "clock",
    "mailbox",
    "stripe.json",
    "stripe.new",
    "media",
    "answer-keys",
    "log",
    "services.lock",
    "demo.lock",
)


class Busy(Exception):
    """A demo already runs here; the message is its address, empty while it is starting."""


class Held:
    """The folder, held until this process ends in whatever way."""

    def __init__(self, folder: Path) -> None:
        embedded.prepare_folder(folder)
        self.folder = folder
        self._file = (folder / "demo.lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.seek(0)
            raise Busy(self._file.read().strip()) from None
        self.write_address("")

    def write_address(self, url: str) -> None:
        """For a second demo, that it can say where the first one is."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(url)
        self._file.flush()

    def release(self) -> None:
        self.write_address("")
        self._file.close()


def log_file(folder: Path, name: str) -> Path:
    """Where a program writes; one that has grown large is put aside first."""
    logs = folder / "log"
    logs.mkdir(mode=0o700, exist_ok=True)
    file = logs / f"{name}.log"
    if file.exists() and file.stat().st_size > 5_000_000:
        file.replace(file.with_suffix(".log.1"))
    file.touch(mode=0o600)
    return file


def last_words(file: Path, lines: int = 15) -> str:
    return "\n".join(file.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def relative(path: Path) -> str:
    """As short as a person would write it."""
    short = os.path.relpath(path)
    return str(path) if short.startswith("..") else short
