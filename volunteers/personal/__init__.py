"""What is held about volunteers, for how long, and how it is forgotten."""

from volunteers.personal import assignments, care, councils, leads, outreach

__all__ = ["assignments", "care", "councils", "leads", "outreach"]
