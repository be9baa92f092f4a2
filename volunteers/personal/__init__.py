"""What is held about volunteers, for how long, and how it is forgotten."""

from volunteers.personal import assignments, councils, leads, outreach

__all__ = ["assignments", "councils", "leads", "outreach"]
