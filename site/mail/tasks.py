"""What the clock does for letters."""

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from mail.models import Heartbeat
from mail.services.files import make_due
from mail.services.outbox import deliver_due

# In the cache while a bell has been rung that no worker has heard yet.
BELL = "mail:bell"


@shared_task
def deliver() -> int:
    """Send every letter that is due. Run by the bell when one is written."""
    # First: a letter that is written from now on rings again.
    cache.delete(BELL)
    return deliver_due()


@shared_task
def tick() -> int:
    """Note that the clock is alive, then send what is due."""
    Heartbeat.objects.update_or_create(name="clock", defaults={"at": timezone.now()})
    return deliver_due()


@shared_task
def make_files() -> int:
    """Make the lists that somebody waits for. Run by the bell when one is asked for."""
    return make_due()
