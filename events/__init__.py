"""Activities, their occasions, and who has a place or waits for one."""
