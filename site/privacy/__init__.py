"""Consent, encrypted fields, the access log, and the registry of retention, export and erasure. Knows nobody."""
