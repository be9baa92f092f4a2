"""The keys of answers: a file each, in a folder that no backup holds.

A row that is overwritten is still in yesterday's dump, so a key in the database would live on there.
The file tells its own day, so that it is destroyed also when the database knows nothing of it, as
after a restore. It is wrapped with FIELD_KEYS: the folder alone opens nothing.
"""

import json
import logging
import os
import secrets
import uuid
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core import checks

from privacy.fields import CannotDecrypt, decrypt, encrypt

log = logging.getLogger(__name__)
SUFFIX = ".key"


def folder() -> Path:
    """Only for the house's own user."""
    path = Path(settings.ANSWER_KEYS_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


@checks.register(checks.Tags.security)
def keys_outside_backup(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A backup is the database and MEDIA_ROOT: no key may lie there."""
    keys, media = Path(settings.ANSWER_KEYS_DIR).resolve(), Path(settings.MEDIA_ROOT).resolve()
    if media != keys and media not in keys.parents:
        return []
    return [checks.Error("ANSWER_KEYS_DIR must not lie in MEDIA_ROOT", id="events.E001")]


def _file(uid: uuid.UUID) -> Path:
    return folder() / f"{uid.hex}{SUFFIX}"


def make(uid: uuid.UUID, dies_on: date) -> None:
    """A new key. There already, it stays as it is."""
    if not _file(uid).exists():
        _write(_file(uid), Fernet.generate_key().decode(), dies_on)


def bring_nearer(uid: uuid.UUID, dies_on: date) -> None:
    """The same key, to be destroyed on an earlier day."""
    if content := _read(_file(uid)):
        _write(_file(uid), content[0], min(content[1], dies_on))


def find(uid: uuid.UUID, today: date) -> Fernet | None:
    """The key, while it lives. From its day on there is none, also before the clock has been here."""
    content = _read(_file(uid))
    return Fernet(content[0]) if content and content[1] > today else None


def destroy_due(today: date) -> int:
    """Destroy every key whose day has come, whatever the database says. Returns how many."""
    due = [path for path in sorted(folder().glob(f"*{SUFFIX}")) if _is_due(path, today)]
    for path in due:
        _destroy(path)
    return len(due)


def _is_due(path: Path, today: date) -> bool:
    """Read without the key: a key that nobody can unwrap dies on its day all the same."""
    try:
        return date.fromisoformat(json.loads(path.read_text())["dies_on"]) <= today
    except (KeyError, ValueError):
        log.exception("a key of answers has no day")
        return False


def _destroy(path: Path) -> None:
    """Written over before it is taken away: most disks then hold nothing of it."""
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _write(path: Path, key: str, dies_on: date) -> None:
    content = json.dumps({"dies_on": dies_on.isoformat(), "key": encrypt(key)})
    # Beside it and then in its place: a key is never half written.
    new = path.with_suffix(".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        _destroy(path)
    new.rename(path)


def _read(path: Path) -> tuple[str, date] | None:
    try:
        content = json.loads(path.read_text())
        return decrypt(content["key"]), date.fromisoformat(content["dies_on"])
    except FileNotFoundError:
        return None
    except (CannotDecrypt, KeyError, ValueError):
        log.exception("a key of answers cannot be read")
        return None


def rewrap() -> int:
    """Wrap every key anew with the newest of FIELD_KEYS."""
    number = 0
    for path in folder().glob(f"*{SUFFIX}"):
        if content := _read(path):
            _write(path, *content)
            number += 1
    return number
