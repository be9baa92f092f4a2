"""The site on the morning of the pictures, for gunicorn."""

import time_machine

from tests.journeys.pictures import MORNING

time_machine.travel(MORNING).start()

from samvaro.wsgi import application  # noqa: E402 -- the clock is set first

__all__ = ["application"]
