"""What the clock does for privacy."""

from celery import shared_task
from django.utils import timezone

from privacy.services import weed as weed_all


@shared_task
def weed() -> int:
    """Forget everything whose time is past."""
    return sum(weed_all(timezone.now()).values())
