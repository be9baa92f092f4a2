"""What may be done with those who log in: write them a code, check it, end what they have open."""

from members.services.login import Answer, ask_for_code, check_code, send_again
from members.services.staff import end_sessions, give_app, take_away_factors

__all__ = [
    "Answer",
    "ask_for_code",
    "check_code",
    "end_sessions",
    "give_app",
    "send_again",
    "take_away_factors",
]
