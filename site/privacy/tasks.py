"""What the clock does for privacy."""

from celery import shared_task
from django.utils import timezone

from privacy import services


@shared_task(name="privacy.weed")
def weed() -> int:
    """Forget everything whose time is past."""
    return sum(services.weed(timezone.now()).values())
