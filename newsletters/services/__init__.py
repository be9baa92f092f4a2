"""The rules: who has chosen what, who gets an issue, and how its copies leave."""
