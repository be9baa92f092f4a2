"""Those who offer their time, and the rooms where they speak for us."""
