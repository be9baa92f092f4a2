"""One letter of each kind about visits, for the tests that read them as they leave."""

from collections.abc import Callable
from typing import Any

from tests.volunteers.visits import asks, held

About = dict[str, Any]


def request() -> About:
    row = asks()
    return {"what": "lecture", "request": row.pk, "user": row.owner_id}


def visit() -> About:
    return {"what": "lecture", "request": held().pk}


LETTERS: dict[str, tuple[Callable[[], About], About | None]] = {
    "lecture_questions": (visit, None),
    "request_received": (request, None),
    "staff_new_request": (request, None),
}
