"""What activities hold about people. registrations: who signed up. evening: who led, who came."""

from events.personal import evening, registrations

__all__ = ["evening", "registrations"]
