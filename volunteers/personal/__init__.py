"""What is held about volunteers, for how long, and how it is forgotten."""
