"""The site with the lock taken away, to see what the races are about. Only for a test's gunicorn.

Whoever asks for the lock gets the row at once, and everybody thinks a while between the counting
and the writing.
"""

import time
from typing import Any

from samvaro.wsgi import application

__all__ = ["application"]

# Long enough that everyone counts before anyone writes, in seconds.
THINKING = 0.5


def take_the_lock_away() -> None:
    from events.models import Event
    from events.services import places

    count = places.count_for

    def count_slowly(*args: Any, **named: Any) -> places.Places:
        counted = count(*args, **named)
        time.sleep(THINKING)
        return counted

    places.lock = lambda event_id: Event.objects.get(pk=event_id)
    places.lock_again = lambda event: None
    places.count_for = count_slowly


take_the_lock_away()
