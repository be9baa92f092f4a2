"""Asking members to stay: the ladder of reminders, and the fee for one more year."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from mail.services import next_decent_hour
from members.emails import fees as emails
from members.models import Fee, Membership, Person, Reminder, ReminderRule
from members.models.membership import PAID
from members.services.fee_year import Term, covered_to, last_day, term_for_renewal
from members.services.fees import NoFeeSet, charge_for
from members.services.membership import enter
from payments.models import Charge
from payments.services import charges

# A step that nobody took on its day is made up for so long. Later it would only be odd: whoever
# came into the register long after their membership ended is not asked.
CATCH_UP = timedelta(days=30)


class AlreadyRenewed(Exception):
    """That year is paid for."""


def renew_url(person: Person) -> str:
    """The page where they renew, without a log-in."""
    return emails.renew_door(person, term_for_renewal(person).year)


def price(person: Person, year: int, *, reduced: bool = False) -> Fee | None:
    """What one more year costs them; None where the board has set no price."""
    last = _last(person)
    return last.type.fee(year, reduced=reduced) if last else None


@transaction.atomic
def ask_for_year(person: Person, year: int, *, is_reduced: bool = False) -> Charge:
    """The charge for one more year, written once. Raises AlreadyRenewed or NoFeeSet."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    paid_to, last = covered_to(person), _last(person)
    if paid_to and paid_to.year >= year:
        raise AlreadyRenewed
    if last is None:
        raise NoFeeSet(f"{year}")
    fee = last.type.fee(year, reduced=is_reduced) or last.type.fee(year)
    if asked := _asked_already(person, year, amount=fee.amount if fee else 0):
        return asked
    charge = charge_for(
        last.type, year, name=person.full_name, email=person.email, is_reduced=is_reduced
    )
    enter(person, last.type, _term(person, year), charge=charge, main_member=last.main_member)
    return charge


def _last(person: Person) -> Membership | None:
    mine = Membership.objects.filter(person=person).select_related("type", "main_member")
    return mine.order_by("-ends_on", "-pk").first()


def _term(person: Person, year: int) -> Term:
    term = term_for_renewal(person)
    if term.year == year:
        return term
    return Term(year, max(timezone.localdate(), date(year, 1, 1)), last_day(year))


def _asked_already(person: Person, year: int, *, amount: int) -> Charge | None:
    """The fee that they are asked for. With another price it is void, and asked for anew."""
    mine = Membership.objects.filter(person=person, year=year, ended_on__isnull=True)
    kept = mine.exclude(charge=None).select_related("charge").first()
    if kept is None or kept.charge is None:
        return None
    if kept.charge.received or (kept.charge.amount == amount and not kept.charge.voided_at):
        return kept.charge
    charges.make_void(kept.charge)
    kept.ended_on = timezone.localdate()
    kept.save(update_fields=["ended_on"])
    return None


# --- the ladder -----------------------------------------------------------------------------------


def remind_due(now: datetime | None = None) -> int:
    """Write the reminders that are due, in decent hours. Returns how many.

    A step that was missed is made up for; of several only the latest is sent, and the others are
    noted as passed over in the same transaction, so that they are never sent afterwards.
    """
    now = now or timezone.now()
    if next_decent_hour(now) != now:
        return 0
    today = timezone.localdate(now)
    return sum(
        _remind(person, ends_on, now) for person, ends_on in _candidates(today, by_mail=True)
    )


def for_paper(today: date | None = None) -> list[tuple[Person, ReminderRule, date]]:
    """Who is due for a letter that no mail reaches: printed by the office, then noted as sent."""
    today = today or timezone.localdate()
    return [
        (person, steps[-1], ends_on)
        for person, ends_on in _candidates(today, by_mail=False)
        if (steps := _unsent(person, ends_on, today)) and _has_price(person, ends_on)
    ]


def due_on(rule: ReminderRule, ends_on: date) -> date:
    return ends_on + timedelta(days=rule.days)


@transaction.atomic
def note_sent(person: Person, ends_on: date) -> None:
    """The letter has gone another way: on paper, or from an older system."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if steps := _unsent(person, ends_on, timezone.localdate()):
        _note(person, ends_on, steps, timezone.now())


def _candidates(today: date, *, by_mail: bool) -> Iterator[tuple[Person, date]]:
    """Whose last paid day has come near enough, or has been, for some step to be due."""
    days = list(ReminderRule.objects.filter(is_on=True).values_list("days", flat=True))
    if not days:
        return
    people = Person.objects.in_register().filter(stop_asking_at=None)
    reached = ~Q(email="") & Q(is_protected=False)
    last = (
        Membership.objects.filter(
            PAID, ended_on=None, person__in=people.filter(reached if by_mail else ~reached)
        )
        .values("person")
        .annotate(last=Max("ends_on"))
        .filter(
            last__lte=today - timedelta(days=min(days)),
            last__gte=today - timedelta(days=max(days)) - CATCH_UP,
        )
        .order_by("person")
    )
    for row in last.values_list("person", "last"):
        yield Person.objects.get(pk=row[0]), row[1]


def _unsent(person: Person, ends_on: date, today: date) -> list[ReminderRule]:
    """The steps that are due and not noted, the latest last; none when the latest was sent, or
    when its day is long past."""
    rules = ReminderRule.objects.filter(is_on=True, from_year__lte=ends_on.year)
    due = [
        rule for rule in rules.order_by("days", "pk")
        if due_on(rule, ends_on) <= today
    ]  # fmt: skip
    if not due or due_on(due[-1], ends_on) + CATCH_UP < today:
        return []
    noted = set(
        Reminder.objects.filter(person=person, ends_on=ends_on).values_list("rule", flat=True)
    )
    if due[-1].pk in noted:
        return []
    return [rule for rule in due if rule.pk not in noted]


@transaction.atomic
def _remind(person: Person, ends_on: date, now: datetime) -> int:
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.stop_asking_at or person.hidden_at or covered_to(person) != ends_on:
        return 0
    steps = _unsent(person, ends_on, timezone.localdate(now))
    if not steps or not _has_price(person, ends_on):
        return 0
    reminder = _note(person, ends_on, steps, now)
    emails.post_reminder(steps[-1].letter, reminder)
    return 1


def _has_price(person: Person, ends_on: date) -> bool:
    """Whether one more year of the same costs anything: what is free is not asked for."""
    mine = Membership.objects.filter(PAID, person=person, ended_on=None, ends_on=ends_on)
    last = mine.select_related("type").first()
    return last is not None and last.type.fee(ends_on.year + 1) is not None


def _note(person: Person, ends_on: date, steps: list[ReminderRule], now: datetime) -> Reminder:
    *passed, latest = steps
    for rule in passed:
        Reminder.objects.create(person=person, rule=rule, ends_on=ends_on, at=now, superseded=True)
    return Reminder.objects.create(person=person, rule=latest, ends_on=ends_on, at=now)
