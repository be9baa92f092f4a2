"""News from the register, for the apps above that must know and that members must not."""

from django.dispatch import Signal

# Somebody became a member through the form at /bli-medlem/. Sent in the same transaction, once.
# Arguments: application (members.Application), with its person and what it says of the newsletter.
joined = Signal()
