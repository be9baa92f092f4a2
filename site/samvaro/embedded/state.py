"""What a server must remember between two starts: its port, its password, where its rows are."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class EmbeddedError(RuntimeError):
    """A server could not be started; the message says what a person can do about it."""


def prepare_folder(data_dir: Path) -> None:
    """Make the folder closed to others. Under root PostgreSQL's user must be able to pass it."""
    if data_dir.is_dir():
        return
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    data_dir.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, exist_ok=True)


@contextmanager
def locked(data_dir: Path) -> Iterator[None]:
    """One start or stop at a time for each folder, also between processes."""
    with (data_dir / "services.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def load(file: Path) -> dict[str, Any]:
    try:
        remembered: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return remembered


def save(file: Path, values: dict[str, Any]) -> None:
    """Write a file with secrets: whole or not at all, and for its owner's eyes only."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(values, out, indent=2)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
