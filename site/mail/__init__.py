"""The outbox: rows in, letters out. Layout, signed links and quiet hours. Knows no app above."""
