"""What the clock does for newsletters."""

from celery import shared_task

from newsletters.services import links, returns, rhythm, sending, stuck

# Seconds of one pass. Shorter than the time between two, so that a worker that is asked to stop
# is soon done, and letters that somebody waits for find a free process.
PASS = 15.0


@shared_task
def send() -> int:
    return sending.work(seconds=PASS)


@shared_task(soft_time_limit=45, time_limit=60)
def try_links() -> int:
    return links.try_waiting(seconds=PASS)


@shared_task
def read_what_came_back() -> int:
    return returns.empty_postbox()


@shared_task
def make_letters() -> int:
    """The month in short, and new meetings."""
    return rhythm.make_due()


@shared_task
def tell_what_is_stuck() -> int:
    return stuck.tell()
