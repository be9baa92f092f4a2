"""Own data as files: a package with everything, and receipts."""

import io
import json
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Registration
from events.services import mailbox
from mail.models import Association
from members.models import EmailChange, Person
from members.services import erasing, own
from members.services.people import reveal
from newsletters.services import mailbox as newsletter
from payments.kronor import kronor
from payments.models import Charge
from privacy.exports import pdf
from privacy.services import export_person

PAPERS = Path(__file__).resolve().parents[1] / "papers"


@transaction.atomic
def hide(person: Person) -> None:
    """Nobody sees them any more, and those who wait for a place get theirs."""
    if person.hidden_at is None:
        mailbox.withdraw_all(_bookings(person, person.email_key))
        erasing.hide(person)


@transaction.atomic
def change_email(change: EmailChange) -> None:
    """The new mailbox has answered: it gets the letters about what is booked, and the newsletter as
    it was chosen, unless somebody else reads the old one."""
    if change.done_at is None:
        key = change.person.email_key
        rows = _bookings(change.person, key)
        own.change_email(change)
        mailbox.move_all(rows, to=change.email)
        if not Person.objects.in_register().of_mailbox(key).exists():
            newsletter.move(key, to=change.email)


def _bookings(person: Person, key: str) -> list[Registration]:
    others = Person.objects.in_register().of_mailbox(key).exclude(pk=person.pk)
    name = reveal(person).first_name
    return mailbox.bookings_of(key, name=name, alone=not others.exists()) if key else []


def package(email: str) -> bytes:
    """Everything that we hold about the mailbox: a page to read and a file for machines."""
    found = export_person(email)
    page = render_to_string(
        "privacy/subject_access.html", {"email": email, "found": found, "now": timezone.now()}
    )
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        zipped.writestr("dina-uppgifter.html", page)
        text = json.dumps(found, ensure_ascii=False, indent=2, default=str)
        zipped.writestr("dina-uppgifter.json", text)
    return file.getvalue()


def receipt(charge: Charge) -> bytes:
    """A receipt as PDF. Neutral: a number and sums."""
    association = Association.load()
    facts = {
        "title": _("Kvitto"),
        "association": association.name,
        "address": association.address,
        "registration_number": association.registration_number,
        "rows": [
            [_("Avser"), charge.title],
            [_("Betalare"), charge.payer_name],
            [_("År"), str(charge.year)],
            [_("Belopp"), kronor(charge.amount)],
        ],
        "heading": _("Betalningar"),
        "payments": [
            [
                _day(payment.booked_on),
                f"{payment.get_kind_display()}, {payment.get_method_display()}",
                kronor(payment.amount),
            ]
            for payment in charge.payments.order_by("happened_at", "pk")
        ],
        "foot": _("Utskrivet %(day)s. Ingen moms.") % {"day": _day(timezone.localdate())},
    }
    return pdf(PAPERS / "receipt.typ", facts)


def _day(day: date) -> str:
    return day.isoformat()
