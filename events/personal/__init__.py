"""What activities hold about people. registrations: who signed up. evening: who led, who came.

changes: who stayed at home. circles: what the study association needs."""

from events.personal import changes, circles, evening, registrations

__all__ = ["changes", "circles", "evening", "registrations"]
