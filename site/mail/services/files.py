"""Lists that take long to make: asked for, made by the clock, told about, fetched once logged in."""

import base64
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mail.emails import EXPORT_READY
from mail.models import PreparedFile
from mail.services.outbox import post

log = logging.getLogger(__name__)

# How long it can be fetched.
KEPT_FOR = timedelta(days=7)
MOST_ATTEMPTS = 3

Maker = Callable[[Any, Any], bytes]
_makers: dict[str, Maker] = {}


def maker(name: str) -> Callable[[Maker], Maker]:
    """Name the function that makes files of this sort, of who asked and what they asked for."""

    def note(function: Maker) -> Maker:
        _makers[name] = function
        return function

    return note


def ask(user: Any, sort: str, facts: Any, *, permission: str, name: str, kind: str) -> PreparedFile:
    """In the caller's transaction. The same once more, while it waits, is the same file."""
    waiting = PreparedFile.objects.waiting().filter(user=user, maker=sort, name=name)
    for row in waiting:
        if row.facts == facts:
            return row
    return PreparedFile.objects.create(
        user=user, maker=sort, facts=facts, permission=permission, name=name, content_type=kind
    )


def make_due() -> int:
    """Make what waits, each in a transaction of its own. Returns how many are ready."""
    keys = list(PreparedFile.objects.waiting().values_list("pk", flat=True))
    return sum(_make(key) for key in keys)


def _make(key: Any) -> bool:
    try:
        with transaction.atomic():
            rows = PreparedFile.objects.waiting().select_for_update(skip_locked=True, of=("self",))
            row = rows.filter(pk=key).select_related("user").first()
            if row is None:
                return False
            content = _makers[row.maker](row.user, row.facts)
            row.content = base64.b64encode(content).decode()
            row.made_at = timezone.now()
            row.save(update_fields=["content", "made_at"])
            _tell(row)
    except Exception:  # the outermost place of one file; the next shall have its turn
        log.exception("file %s could not be made", key)
        _note_failure(key)
        return False
    return True


@transaction.atomic
def _note_failure(key: Any) -> None:
    row = PreparedFile.objects.select_for_update().get(pk=key)
    row.attempts += 1
    if row.attempts >= MOST_ATTEMPTS:
        row.failed_at = timezone.now()
        _tell(row)
    row.save(update_fields=["attempts", "failed_at"])


def _tell(row: PreparedFile) -> None:
    post(EXPORT_READY, to=row.user.email, about={"file": str(row.pk)})


def to_fetch(user: Any, key: Any) -> PreparedFile | None:
    """The file, for who asked for it and may still see what is in it."""
    rows = PreparedFile.objects.filter(pk=key, user=user, made_at__gt=timezone.now() - KEPT_FOR)
    row = rows.defer("content").first()
    return row if row and user.has_perm(row.permission) else None


def content_of(row: PreparedFile) -> bytes:
    return base64.b64decode(row.content)
