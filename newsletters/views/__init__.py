"""subscribing: for readers. office, sending: for the staff, hung up by wagtail_hooks."""
