"""The letters about activities. base: what they share. places: places and the queue.

changes: moved and cancelled times. interest: what has no date yet."""

from events.emails.base import ANSWER, BOOKING, answer_url, booking_url, post
from events.emails.changes import CHANGED, OFF
from events.emails.circles import PAPERS, PAPERS_AGAIN
from events.emails.interest import (
    INTEREST,
    INTEREST_NO,
    INTEREST_STILL,
    INTERESTED,
    interest_url,
    post_interest,
)
from events.emails.places import (
    ALREADY,
    CONFIRMED,
    MOVED,
    OFFER,
    OFFER_HALF_TIME,
    OFFICE_CANCELLED,
    PAID_TOO_LATE,
    QUEUED,
    REMINDER,
    RESTS,
    SELF_CANCELLED,
    SOON,
    TO_PAY,
    UNPAID,
    offer_left_at,
)

__all__ = [
    "ALREADY",
    "ANSWER",
    "BOOKING",
    "CHANGED",
    "CONFIRMED",
    "INTEREST",
    "INTERESTED",
    "INTEREST_NO",
    "INTEREST_STILL",
    "MOVED",
    "OFF",
    "OFFER",
    "OFFER_HALF_TIME",
    "OFFICE_CANCELLED",
    "PAID_TOO_LATE",
    "PAPERS",
    "PAPERS_AGAIN",
    "QUEUED",
    "REMINDER",
    "RESTS",
    "SELF_CANCELLED",
    "SOON",
    "TO_PAY",
    "UNPAID",
    "answer_url",
    "booking_url",
    "interest_url",
    "offer_left_at",
    "post",
    "post_interest",
]
