"""What the clock does for the public site."""

from celery import shared_task
from django.core.management import call_command

from pages.services import crisis


@shared_task
def ask_for_crisis_checks() -> int:
    """Write to those who check the crisis numbers, when it is time."""
    return crisis.ask_for_checks()


@shared_task
def write_crisis_copy() -> str:
    """Write the copy of the crisis page again: a page that warns of its age must grow older."""
    return str(crisis.write_copy())


@shared_task
def publish_scheduled() -> str:
    """Publish what editors have timed, pages and activities alike, and take down what is over."""
    call_command("publish_scheduled")
    return "done"
