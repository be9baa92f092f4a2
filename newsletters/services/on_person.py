"""What the register shows about a person's letters, and what the office may put right."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from mail.templatetags.dates import date_long
from members.models import Person
from members.services.notices import Notice, notice
from members.services.people import note_change
from newsletters.models import Suppression
from newsletters.services.suppression import barred, hash_of, release

Reason = Suppression.Reason


@notice
def letters_come_back(person: Person) -> Notice | None:
    bar = barred(person.email_key)
    if bar is None:
        return None
    since = date_long(bar.since)
    if bar.reason == Reason.BOUNCE:
        return Notice(
            _("Brev till adressen har kommit tillbaka sedan %(since)s. Vi skickar inget dit.")
            % {"since": since},
            button=_("Adressen fungerar, försök igen"),
            url=reverse("issues:try_again", args=[person.reference]),
            permission="members.change_person",
        )
    if bar.reason == Reason.COMPLAINT:
        text = _("Ett brev anmäldes som skräppost %(since)s. Vi skickar inga nyhetsbrev dit.")
    else:
        text = _("Adressen vill inte ha nyhetsbrev sedan %(since)s.")
    own = _("Bara personen själv kan ändra det, på Mina sidor eller på sidan Nyhetsbrev.")
    return Notice(f"{text % {'since': since}} {own}")


@transaction.atomic
def try_again(person: Person, *, actor: Any) -> bool:
    """Only what came back can be put right here: a no is the person's own."""
    bar = barred(person.email_key)
    if bar is None or bar.reason != Reason.BOUNCE:
        return False
    release(hash_of(person.email_key))
    note_change(person, actor, "e-post som kom tillbaka")
    return True
