"""What activities hold about people. registrations: who signed up. evening: who led, who came.

changes: who stayed at home."""

from events.personal import changes, evening, registrations

__all__ = ["changes", "evening", "registrations"]
