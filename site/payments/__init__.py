"""What is owed and what was paid. Knows no app above."""
