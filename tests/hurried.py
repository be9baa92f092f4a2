"""The real settings with shorter waits, for the processes that tests start and lose."""

from datetime import timedelta

from samvaro.settings import *  # noqa: F403
from samvaro.settings import CELERY_BEAT_SCHEDULE

# A worker that was killed lets go of its letter after four seconds instead of a minute.
LETTER_LEASE = timedelta(seconds=4)
EMAIL_TIMEOUT = 2
# A mail server that was away is asked again after one second instead of thirty.
MAIL_SERVER_WAIT = timedelta(seconds=1)
# The clock looks into the outbox every second instead of every twentieth.
# Also newsletters, at any hour, as fast as the mail server takes them.
NEWSLETTER_RATE = 0.0
NEWSLETTER_HOURS = (0, 24)
CELERY_BEAT_SCHEDULE["newsletters"] |= {"schedule": 1.0, "options": {"expires": 5.0}}
CELERY_BEAT_SCHEDULE["letters"] |= {"schedule": 1.0, "options": {"expires": 5.0}}
# A browser that is driven by a test is as fast as a robot.
FORM_FASTEST = 0.0
