"""What the register knows about people, for how long, and how it is forgotten."""

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import (
    Application,
    Campaign,
    EmailChange,
    Household,
    ImportBatch,
    ImportedRow,
    Membership,
    MembershipType,
    Merge,
    NotSamePerson,
    PaperLetter,
    Person,
    Reminder,
    ReminderRule,
    SavedList,
)
from members.services import erasing
from privacy import registry
from privacy.models import Consent

# After the last day of the last membership (domain.md 4.1: 12 to 24 months).
KEEP_FORMER = timedelta(days=2 * 365)
# Somebody who typed their name and never paid.
KEEP_UNPAID = timedelta(days=183)
KEEP_IMPORTS = timedelta(days=90)
OPEN_FIELDS = (
    "email", "phone", "care_of", "street", "postcode", "town", "municipality", "last_name",
    "gender", "relation", "note",
)  # fmt: skip


def _weed_people(now: datetime, dry_run: bool) -> int:
    today = timezone.localdate(now)
    known = Person.objects.exclude(first_name=erasing.GONE, email="").annotate(
        last=Max("memberships__ends_on")
    )
    past = known.filter(
        Q(last__lt=today - KEEP_FORMER)
        | Q(last__isnull=True, created_at__lt=now - KEEP_FORMER)
        | Q(erase_on__lte=today)
    )
    if dry_run:
        return past.count()
    asked = list(past.filter(erase_on__lte=today))
    for person in asked:
        erasing.erase(person)
    return len(asked) + forget(past)


def forget(people: Iterable[Person]) -> int:
    """The row stays, because memberships are counted by it; the person is gone from it."""
    number = 0
    for person in people:
        person.first_name = erasing.GONE
        for field in OPEN_FIELDS:
            setattr(person, field, "")
        person.birth_year = person.protected = person.household = person.erase_on = None
        person.wants_paper = person.is_protected = False
        person.reference = uuid.uuid4()
        person.hidden_at = person.hidden_at or timezone.now()
        person.save()
        yeses = [pk for pk in (person.consent_id, person.relation_consent_id) if pk]
        Consent.objects.filter(pk__in=yeses).update(withdrawn_at=timezone.now())
        ImportedRow.objects.filter(person=person).delete()
        Merge.objects.filter(Q(kept=person) | Q(gone=person)).delete()
        number += 1
    return number


def erase_people(people: Iterable[Person]) -> int:
    """Now, because they asked: what they are members as ends today."""
    people = list(people)
    today = timezone.localdate()
    Membership.objects.filter(person__in=people, ended_on__isnull=True, ends_on__gte=today).update(
        ended_on=today
    )
    return forget(people)


def export_person(person: Person) -> dict[str, Any]:
    known = {
        str(field.verbose_name).capitalize(): getattr(person, field.name)
        for field in Person._meta.concrete_fields
        if field.name in (*OPEN_FIELDS, "first_name", "member_number", "birth_year", "wants_paper")
    }
    memberships = person.memberships.select_related("type").order_by("starts_on")
    known[_("Medlemskap")] = [
        f"{one.type} {one.starts_on:%Y-%m-%d}–{one.ended_on or one.ends_on:%Y-%m-%d}"
        for one in memberships
    ]
    known[_("Samtycke")] = str(person.consent or "")
    return known


def _older(model: type[models.Model], column: str, age: timedelta) -> Callable[..., int]:
    def weed(now: datetime, dry_run: bool) -> int:
        old = model._default_manager.filter(**{f"{column}__lt": now - age})
        return old.count() if dry_run else old.delete()[0]

    return weed


def _delete(rows: Iterable[models.Model]) -> int:
    return sum(row.delete()[0] for row in list(rows))


def _nothing(now: datetime, dry_run: bool) -> int:
    return 0


def _weed_applications(now: datetime, dry_run: bool) -> int:
    old = Application.objects.filter(changed_at__lt=now - KEEP_UNPAID).filter(
        Q(charge__isnull=True) | Q(charge__received=0) | Q(person__isnull=False)
    )
    return old.count() if dry_run else old.delete()[0]


registry.register(
    registry.Rule(
        model=Person,
        fields=(
            *OPEN_FIELDS, "first_name", "birth_year", "member_number", "protected", "email_key",
            "search", "sort_key", "relation_consent", "consent", "household",
        ),
        kept="Så länge personen är medlem och två år till, sedan bara antal.",
        weed=_weed_people,
        of_person=Person.objects.of_mailbox,
        export=export_person,
        erase=erase_people,
    )
)  # fmt: skip
registry.register(
    registry.Rule(
        model=Application,
        fields=("first_name", "last_name", "email", "email_key", "street", "postcode", "town",
                "campaign", "person"),
        kept="Ett halvår om avgiften inte betalas, annars tills personen finns i registret.",
        weed=_weed_applications,
        of_person=lambda key: Application.objects.filter(email_key=key),
        export=lambda row: {
            _("Ansökan"): row.created_at,
            _("Namn"): f"{row.first_name} {row.last_name}",
            _("E-post"): row.email,
            _("Adress"): f"{row.street}, {row.postcode} {row.town}".strip(" ,"),
            _("Kod"): row.campaign,
        },
        erase=_delete,
    )
)  # fmt: skip
registry.register(
    registry.Rule(
        model=EmailChange,
        fields=("person", "email", "email_key"),
        kept="Nittio dagar, för att kunna svara på vem som bytte.",
        weed=_older(EmailChange, "asked_at", KEEP_IMPORTS),
        of_person=lambda key: EmailChange.objects.filter(
            Q(email_key=key) | Q(person__email_key=key)
        ),
        export=lambda row: {_("Bad om byte"): row.asked_at, _("Ny e-post"): row.email},
        erase=_delete,
    )
)
registry.register(
    registry.Rule(
        model=ImportedRow,
        fields=("person", "before"),
        kept="Nittio dagar, så att en import kan ångras.",
        weed=_older(ImportedRow, "written_at", KEEP_IMPORTS),
        of_person=lambda key: ImportedRow.objects.filter(person__email_key=key),
        export=lambda row: {_("Importerad"): row.written_at},
        erase=_delete,
    )
)
registry.register(
    registry.Rule(
        model=Merge,
        fields=("kept", "gone", "before", "by"),
        kept="Nittio dagar, så att en sammanslagning kan redas ut.",
        weed=_older(Merge, "at", KEEP_IMPORTS),
        of_person=lambda key: Merge.objects.filter(kept__email_key=key),
        export=lambda row: {_("Sammanslagen"): row.at},
        erase=_delete,
    )
)
for model, reason in {
    Campaign: "En kod i ett brev och ett antal. Ingen person.",
    Household: "Namnet på ett kuvert. Försvinner när den sista i hushållet gör det.",
    Membership: "Typ och datum. Vem det gäller står i personens rad, som glöms.",
    NotSamePerson: "Två rader som någon har jämfört. Vilka de är står i personernas rader.",
    PaperLetter: "Vilket brev på papper som har gått. Vem det gäller står i personens rad.",
    Reminder: "Vilket brev som har gått. Vem det gäller står i personens rad.",
    ReminderRule: "Regler för brev, inte om någon.",
    SavedList: "Ett namn på ett urval, och vem av oss som gjorde det.",
    MembershipType: "Handlar om en sak, inte om en person.",
    ImportBatch: "Namnet på en fil, och vem av oss som läste in den.",
}.items():
    registry.exempt(model, reason)
