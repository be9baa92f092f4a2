"""readers: what a reader may choose. office: what the staff fills in on the way of a letter."""
