"""Persons and those who log in: the base of the domain."""
