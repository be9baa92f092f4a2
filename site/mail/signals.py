"""News from the outbox, for the apps above that must know and that mail must not."""

from django.dispatch import Signal

# A letter has left. Sent after its row says so, outside any transaction.
# Arguments: letter (mail.Letter).
letter_sent = Signal()

# A letter will never arrive: the mail server refused it for good, or for a whole day.
# Arguments: letter (mail.Letter).
letter_failed = Signal()
