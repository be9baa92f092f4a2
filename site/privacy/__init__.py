"""Consent, encrypted fields, the access log, and what is kept of whom. Knows nobody."""
