"""News about money for the apps above. Sent in the transaction that wrote the ledger, after its
rows: a receiver that fails undoes the booking, so that money and membership never part."""

from django.dispatch import Signal

# charge: the whole amount is there now (paid or waived). At most once until it is given back.
charge_paid = Signal()

# charge: it was paid and is not any more: given back, disputed, or the pairing was undone.
charge_unpaid = Signal()

# charge, payment: money came for a charge that was paid already.
charge_paid_again = Signal()

# words: the treasurer looks for something. Who knows charges by other names than ours answers with
# their ids, such as those of a member number.
who_is_meant = Signal()

# charge, amount: the treasurer is about to give so many öre back. Who knows what ends with it answers
# with a sentence, such as "Medlemskapet slutar i dag."; nothing is written.
what_ends = Signal()
