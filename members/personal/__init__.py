"""What is held about members and about those who log in, for how long, and how it is forgotten."""

from members.personal import door, register

__all__ = ["door", "register"]
