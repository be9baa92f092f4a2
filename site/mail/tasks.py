"""What the clock does for letters."""

from celery import shared_task
from django.utils import timezone

from mail.models import Heartbeat
from mail.services.outbox import deliver_due


@shared_task
def deliver() -> int:
    """Send every letter that is due. Run by the bell when one is written, and by the clock."""
    return deliver_due()


@shared_task
def tick() -> int:
    """Note that the clock is alive, then send what is due."""
    Heartbeat.objects.update_or_create(name="clock", defaults={"at": timezone.now()})
    return deliver_due()
