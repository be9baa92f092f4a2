"""What members do with what we know about them: another mailbox, and taking back a yes."""

from django.db import transaction
from django.utils import timezone

from members.emails import own as emails
from members.models import EmailChange, Person, User
from privacy.addresses import mail_key, tidy_email


class SameMailbox(Exception):
    """It is the address that they have."""


@transaction.atomic
def ask_for_email(person: Person, typed: str) -> EmailChange:
    """Nothing changes: the new mailbox is asked. Raises SameMailbox."""
    address = tidy_email(typed)
    if mail_key(address) == person.email_key:
        raise SameMailbox
    change = EmailChange.objects.create(person=person, email=address, email_key=mail_key(address))
    emails.post_proof(change)
    return change


@transaction.atomic
def change_email(change: EmailChange) -> Person:
    """The new mailbox has answered. The old one is told. A second press changes nothing."""
    change = EmailChange.objects.select_for_update().get(pk=change.pk)
    person = Person.objects.select_for_update().get(pk=change.person_id)
    if change.done_at or person.hidden_at or person.merged_into_id:
        return person
    old, old_key = person.email, person.email_key
    person.email = change.email
    person.save(update_fields=["email", "email_key", "search", "sort_key", "changed_at"])
    change.done_at = timezone.now()
    change.save(update_fields=["done_at"])
    _move_account(old, old_key, change.email)
    emails.post_changed(change, old)
    return person


def _move_account(old: str, old_key: str, new: str) -> None:
    """They stay logged in, when the account is theirs alone. Who works here has theirs changed by
    the administrator."""
    account = User.objects.of_address(old)
    shared = Person.objects.in_register().of_mailbox(old_key).exists()
    if account and not shared and not account.works_here and not User.objects.of_address(new):
        account.email = new
        account.save(update_fields=["email"])


@transaction.atomic
def forget_relation(person: Person) -> None:
    """A yes is as easy to take back as to give, and what it covered is gone at once."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    yes = person.relation_consent
    person.relation, person.relation_consent = "", None
    person.save(update_fields=["relation", "relation_consent", "changed_at"])
    if yes:
        yes.withdrawn_at = timezone.now()
        yes.save(update_fields=["withdrawn_at"])
