"""Whether this server can do its work: for the load balancer and for whoever is on call."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from mail.models import Heartbeat, Letter

# The clock ticks every minute; after this long without a tick it stands still.
LONGEST_SILENCE = timedelta(minutes=5)
# A letter that has been due for this long does not leave.
LONGEST_WAIT = timedelta(minutes=15)


@dataclass
class State:
    """Ages are in seconds; None means that there is nothing to measure, or no way to."""

    database: bool = False
    broker: bool = False
    oldest_due_letter: int | None = None
    last_tick: int | None = None

    @property
    def ready(self) -> bool:
        ticks = self.last_tick is not None and self.last_tick <= LONGEST_SILENCE.total_seconds()
        leaves = (self.oldest_due_letter or 0) <= LONGEST_WAIT.total_seconds()
        return self.database and self.broker and ticks and leaves

    def as_json(self) -> dict[str, bool | int | None]:
        return {"ready": self.ready, **asdict(self)}


def look() -> State:
    now = timezone.now()
    state = State(broker=_broker_answers())
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        due = Letter.objects.due(now).order_by("due_at").values_list("due_at", flat=True).first()
        tick = Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()
    except DatabaseError:
        return state
    state.database = True
    state.oldest_due_letter, state.last_tick = _age(due, now), _age(tick, now)
    return state


def _age(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(0, int((now - moment).total_seconds()))


def _broker_answers() -> bool:
    patience = settings.BROKER_PATIENCE
    try:
        with redis.Redis.from_url(
            settings.CELERY_BROKER_URL, socket_timeout=patience, socket_connect_timeout=patience
        ) as broker:
            return bool(broker.ping())
    except (redis.RedisError, OSError):
        return False
