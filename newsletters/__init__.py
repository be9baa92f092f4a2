"""Newsletters: who wants them, what they say, and a sending that adds up."""
