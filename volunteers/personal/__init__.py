"""What is held about volunteers, for how long, and how it is forgotten."""

from volunteers.personal import councils, leads

__all__ = ["councils", "leads"]
