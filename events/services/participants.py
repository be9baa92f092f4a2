"""Who is on the list of one activity, as the office reads it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Absence, Event, Registration
from events.services import giving_back, places
from events.services.office import ABOUT
from events.services.places import Places
from mail.templatetags.dates import short
from privacy.models import AccessLog
from privacy.services import note_access

State, Why = Registration.State, Registration.Why


@dataclass(frozen=True)
class Participants:
    """Everyone on the list. In the queue each row also carries `number` and `because`."""

    event: Event
    places: Places
    placed: list[Any]
    queue: list[Any]
    gone: list[Any]

    @property
    def everyone(self) -> list[Any]:
        return [*self.placed, *self.queue, *self.gone]

    def without(self, hidden: set[int]) -> "Participants":
        def left(rows: list[Any]) -> list[Any]:
            return [row for row in rows if row.pk not in hidden]

        placed, queue, gone = left(self.placed), left(self.queue), left(self.gone)
        return replace(self, placed=placed, queue=queue, gone=gone)

    @property
    def sentence(self) -> str:
        """8 har plats, 3 står i kö, 2 platser lediga."""
        words = []
        if self.placed:
            words.append(_("%(number)d har plats") % {"number": people(self.placed)})
        if self.queue:
            words.append(_("%(number)d står i kö") % {"number": people(self.queue)})
        if not words:
            words.append(_("Ingen är anmäld än"))
        return ", ".join([*words, self._room()]) + "."

    def _room(self) -> str:
        free, more = self.places.free, people(self.placed) - (self.places.capacity or 0)
        if free is None:
            return _("alla får plats")
        if free > 0:
            text = ngettext("%(number)d plats ledig", "%(number)d platser lediga", free)
            return text % {"number": free}
        if more > 0:
            return _("%(number)d fler än platserna") % {"number": more}
        return _("ingen plats ledig")

    @property
    def can_offer(self) -> bool:
        """There is a place that the office may offer to somebody who rests in the queue."""
        free = self.places.free
        return self.event.live and not self.event.cancelled_at and (free is None or free > 0)

    @property
    def awaiting(self) -> int:
        """Places that somebody in the queue is asked about right now."""
        return people([row for row in self.queue if row.holds])

    @property
    def kept(self) -> int:
        """Places that are kept some minutes for those who may regret that they cancelled."""
        return self.places.held - people(self.placed) - self.awaiting


def people(rows: list[Any]) -> int:
    """How many they are, with those who come together counted each."""
    return sum(row.party for row in rows)


@transaction.atomic
def open_list(event: Event, *, actor: Any) -> Participants:
    """Everyone on the list. That somebody looked is noted in the same transaction."""
    note_access(actor, action=AccessLog.Action.VIEW, about=ABOUT, reference=event.slug)
    return read(event)


def read(event: Event) -> Participants:
    now = timezone.now()
    rows = list(with_new(Registration.objects.filter(event=event).select_related("charge")))
    for row in rows:
        row.may_get_money_back = giving_back.may_go_back(row, event, now)
    placed = [row for row in rows if row.state in (State.CONFIRMED, State.PAYING)]
    _note_absences(event, placed, now)
    queue = [row for row in rows if row.state in (State.WAITING, State.OFFERED)]
    queue.sort(key=lambda row: (row.queued_at, row.pk))
    following = _next_in_turn(queue)
    for number, row in enumerate(queue, start=1):
        row.number, row.because = number, why(row, now, is_next=row is following)
        row.holds = row.offer_stands(now)
    gone = [row for row in rows if not row.is_active]
    return Participants(event, places.count(event, now), placed, queue, gone)


def _note_absences(event: Event, placed: list[Any], now: datetime) -> None:
    """Each with the times to come at which they have said that they are away."""
    coming = {one.uid: one for one in event.held if one.ends_at > now}
    said: dict[int, list[Any]] = {}
    for absence in Absence.objects.filter(registration__in=placed, occasion_uid__in=coming):
        said.setdefault(absence.registration_id, []).append(coming[absence.occasion_uid])
    for row in placed:
        row.away_at = sorted(said.get(row.pk, []), key=lambda one: one.starts_at)


def with_new(rows: Any) -> Any:
    """Marks those who never signed up to anything before, so that somebody can say hello."""
    earlier = Registration.objects.filter(person_key=OuterRef("person_key"), pk__lt=OuterRef("pk"))
    # Without a mailbox nobody can tell whether it is the first time.
    by_mail = ~Q(person_key__startswith="phone:") & ~Q(name="")
    is_new = ExpressionWrapper(by_mail & ~Exists(earlier), output_field=BooleanField())
    return rows.annotate(is_new=is_new).order_by("created_at", "pk")


def _next_in_turn(queue: list[Any]) -> Any:
    """Whom a free place goes to, in the order that waiting_list.release asks."""
    hopeful = [row for row in queue if row.state == State.WAITING and not row.rests]
    order = sorted(
        hopeful,
        key=lambda row: (row.why == Why.SKIPPED, row.offers_unanswered, row.queued_at, row.pk),
    )
    return order[0] if order else None


def why(row: Registration, now: datetime, *, is_next: bool) -> str:
    """Why this row stands where it stands, in words for the office."""
    if row.state == State.OFFERED:
        return _why_offered(row, now)
    if row.rests:
        return _why_rests(row)
    if row.why in (Why.SOON, Why.SKIPPED, Why.TOO_MANY):
        return _why_by_rule(row)
    if is_next:
        return _("Nästa på tur")
    return (
        _("Svarade inte förra gången, frågas efter de andra")
        if row.offers_unanswered
        else _("Väntar på sin tur")
    )


def _why_rests(row: Registration) -> str:
    number = {2: _("två")}.get(row.offers_unanswered, str(row.offers_unanswered))
    return _("Vilar: %(number)s obesvarade") % {"number": number}


def _why_by_rule(row: Registration) -> str:
    if row.why == Why.SOON:
        return _("En plats är ledig. Alla i kön har frågats, den som svarar först får den")
    words = {"when": short(row.passed_over_at), "party": row.party}
    if row.why == Why.SKIPPED:
        return _("Kansliet hoppade över %(when)s") % words
    return _("Väntar på %(party)d platser. Förbigången %(when)s, numret är kvar") % words


def _why_offered(row: Registration, now: datetime) -> str:
    words = {"asked": short(row.offered_at)}
    if row.offer_expires_at is None:
        return _("Erbjuden %(asked)s, brevet är på väg") % words
    words["until"] = short(row.offer_expires_at)
    if not row.offer_stands(now):
        return _("Svarade inte i tid, %(until)s. Platsen går vidare") % words
    if not row.email:
        return _("Ring! Erbjuden %(asked)s, svar senast %(until)s") % words
    return _("Erbjuden %(asked)s, svar senast %(until)s") % words
