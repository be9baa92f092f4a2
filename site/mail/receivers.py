"""The bell: when a letter was committed, wake a worker. If nobody hears it the clock will."""

import logging
import time
from typing import Any

from celery import Task
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from kombu.exceptions import OperationalError

from mail.models import Letter, PreparedFile
from mail.tasks import BELL, deliver, make_files

log = logging.getLogger(__name__)

# After a broker that did not answer, nobody waits for it again for this long, in seconds.
REST_AFTER_SILENCE = 10.0
_silent_until = 0.0
# A bell that nobody has heard for this long was lost with its worker, in seconds.
BELL_RINGS_FOR = 5


@receiver(post_save, sender=Letter, dispatch_uid="ring_for_letter")
def ring_when_committed(instance: Letter, created: bool, **kwargs: Any) -> None:
    if created and instance.due_at <= timezone.now():
        # robust: the row is committed, so a bell that breaks must not become a failed page
        transaction.on_commit(ring, robust=True)


@receiver(post_save, sender=PreparedFile, dispatch_uid="ring_for_file")
def ring_when_asked_for(created: bool, **kwargs: Any) -> None:
    if created:
        transaction.on_commit(lambda: _send(make_files), robust=True)


def ring() -> None:
    """Ask a worker to look in the outbox now. Never waits long, never raises for a lost broker."""
    if time.monotonic() < _silent_until:
        return
    if not cache.add(BELL, 1, BELL_RINGS_FOR):
        # It rings already, and who hears it looks in the outbox later than now.
        return
    _send(deliver)


def _send(task: Task) -> None:
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        task.delay()
    except (OperationalError, OSError) as error:
        _silent_until = time.monotonic() + REST_AFTER_SILENCE
        log.warning("the broker does not answer, the clock will find it: %s", error)
