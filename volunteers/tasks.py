"""What the clock does for volunteers."""

from celery import shared_task

from volunteers.services import crews, handing_over, pauses, promises


@shared_task
def look_after_leads() -> int:
    """Move what an absence leaves behind, apologise for what is late, and tell the chair."""
    return handing_over.move_due() + promises.look_after()


@shared_task
def write_on_monday() -> int:
    """Once a week: how many wait, to those who follow up."""
    return promises.write_on_monday()


@shared_task
def look_after_volunteers() -> int:
    """End the pauses whose day has come, and remind of the shifts of tomorrow."""
    return pauses.end_due() + crews.remind_due()
