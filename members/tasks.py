"""What the clock does for members."""

from celery import shared_task

from members.services.renewal import remind_due


@shared_task
def remind() -> int:
    """Ask members to stay, and thank those who have left."""
    return remind_due()
