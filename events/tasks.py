"""What the clock does for activities."""

from celery import shared_task

from events.services import leader_letters
from events.services.answers import destroy_due
from events.services.interest import ask_still
from events.services.paper_letters import ask_due
from events.services.paying import settle_due
from events.services.reminders import remind_due
from events.services.waiting_list import release_due


@shared_task
def offer() -> int:
    """Take back offers that ran out and offer every free place to the queue."""
    return release_due()


@shared_task
def settle_payments() -> int:
    """Void what nobody needs to pay any more, and tell the treasurer of what is to go back."""
    return settle_due()


@shared_task
def destroy_answers() -> int:
    """Destroy the keys of answers whose day has come."""
    return destroy_due()


@shared_task
def ask_the_interested() -> int:
    """After a year: ask those who wait for a date whether they want to stay on the list."""
    return ask_still()


@shared_task
def remind() -> int:
    """Write the reminders for tomorrow."""
    return remind_due()


@shared_task
def write_to_leaders() -> int:
    """The list before it begins, the list that nobody saved, the recap when sign-up closes."""
    return leader_letters.write_due()


@shared_task
def ask_for_papers() -> int:
    """Write to those who have a place in a circle and something to read or to fill in."""
    return ask_due()
