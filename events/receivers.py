"""What events does when something happened elsewhere."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.signals import published

from events import emails
from events.models import Event, Registration
from events.services import answers, changes, paying, waiting_list
from mail.models import Letter
from mail.signals import letter_failed, letter_sent
from members.models import Person
from members.services import timeline
from payments.models import Charge
from payments.signals import charge_paid


# Not by `sender`: Django compares senders by identity, and a kind that is read from the database is
# another string with the same letters.
@receiver(letter_sent, dispatch_uid="offer_left")
def start_the_clock(letter: Letter, **kwargs: Any) -> None:
    if letter.kind == emails.OFFER and letter.sent_at:
        waiting_list.start_clock(letter.about["registration"], sent_at=letter.sent_at)


@receiver(letter_failed, dispatch_uid="offer_bounced")
def let_the_place_go_on(letter: Letter, **kwargs: Any) -> None:
    if letter.kind == emails.OFFER:
        waiting_list.letter_was_refused(letter.about["registration"])


@receiver(published, sender=Event, dispatch_uid="places_after_publish")
def release_after_publishing(instance: Event, **kwargs: Any) -> None:
    """More places than before go to the queue, and other times are told to who has a place."""
    answers.ready(instance)
    waiting_list.release_places(instance.pk)
    changes.tell_after_publishing(instance.pk, actor=kwargs["revision"].user)


@receiver(charge_paid, dispatch_uid="place_was_paid")
def who_has_paid_has_the_place(charge: Charge, **kwargs: Any) -> None:
    if charge.kind == Charge.Kind.TAKING_PART:
        paying.fee_came(charge)


@timeline.source
def registrations(person: Person) -> Iterable[timeline.Line]:
    """For the page of a person in the register."""
    if not person.email_key:
        return
    rows = Registration.objects.of_mailbox(person.email_key).select_related("event")
    for row in rows:
        state = row.get_state_display()
        yield timeline.Line(row.created_at, _("Anmälan"), row.event.title, state)
