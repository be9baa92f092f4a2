"""What is held about volunteers, for how long, and how it is forgotten."""

from volunteers.personal import leads

__all__ = ["leads"]
