"""Our own site with Django's admin beside it, on the same rows: the floor of the register."""
