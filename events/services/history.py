"""What happened to the places of an activity: replayed from its lines, and told without names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Event, PlaceLine, Registration
from mail.templatetags.dates import short

State, Why = Registration.State, Registration.Why


@dataclass(frozen=True)
class Seat:
    """How it stood with one registration. The names are those of its columns."""

    state: str
    party: int
    queued_at: datetime | None
    offered_at: datetime | None
    offer_expires_at: datetime | None
    offers_unanswered: int
    undo_until: datetime | None
    pay_until: datetime | None

    def holds(self, now: datetime) -> bool:
        """A place is given, offered, held while they pay, or kept for one who may regret."""
        if self.state == State.OFFERED:
            return self.offer_expires_at is None or self.offer_expires_at > now
        if self.state == State.PAYING:
            return self.pay_until is not None and self.pay_until > now
        if self.state == State.CANCELLED:
            return self.undo_until is not None and self.undo_until > now
        return self.state == State.CONFIRMED


@dataclass
class Standing:
    """An activity after a number of lines: its places, and everyone by their registration."""

    capacity: int | None = None
    off: bool = False
    seats: dict[int, Seat] = field(default_factory=dict)

    def held(self, now: datetime) -> int:
        return sum(seat.party for seat in self.seats.values() if seat.holds(now))

    def take(self, line: PlaceLine) -> None:
        if line.registration_id is None:
            self.capacity, self.off = line.capacity, line.off
        elif line.state == PlaceLine.LEFT:
            del self.seats[line.registration_id]
        else:
            self.seats[line.registration_id] = Seat(
                line.state,
                line.party or 1,
                line.queued_at,
                line.offered_at,
                line.offer_expires_at,
                line.offers_unanswered or 0,
                line.undo_until,
                line.pay_until,
            )


def replay(lines: Iterable[PlaceLine]) -> Standing:
    """The lines of one activity, oldest first, put together again."""
    standing = Standing()
    for line in lines:
        standing.take(line)
    return standing


@dataclass(frozen=True)
class Happening:
    """One line in words, for the office. A registration is a number, in the order they came."""

    at: datetime
    text: str


def told(event: Event) -> list[Happening]:
    """Everything that happened to the places of this activity, the latest first."""
    numbers: dict[int, int] = {}
    happenings = []
    for line in PlaceLine.objects.filter(event=event):
        if line.registration_id is None:
            text = _of_the_activity(line)
        else:
            number = numbers.setdefault(line.registration_id, len(numbers) + 1)
            text = _of_a_registration(line, number)
        if text:
            happenings.append(Happening(line.at, text))
    return happenings[::-1]


def _of_the_activity(line: PlaceLine) -> str:
    if line.off:
        return _("Aktiviteten är ett utkast eller inställd.")
    if line.capacity is None:
        return _("Alla får plats.")
    text = ngettext(
        "Aktiviteten har %(number)d plats.", "Aktiviteten har %(number)d platser.", line.capacity
    )
    return text % {"number": line.capacity}


# From which state to which: what the registration did, or what was done with it.
DEEDS: dict[tuple[str, str], Any] = {
    ("", State.CONFIRMED): gettext_lazy("fick en plats"),
    ("", State.PAYING): gettext_lazy("har en plats som hålls i väntan på betalning"),
    (State.OFFERED, State.PAYING): gettext_lazy("tackade ja till platsen och ska betala"),
    (State.WAITING, State.PAYING): gettext_lazy("tog en plats som var ledig och ska betala"),
    (State.DECLINED, State.PAYING): gettext_lazy("ändrade sig, tog platsen och ska betala"),
    (State.CANCELLED, State.PAYING): gettext_lazy("ångrade sin avbokning och ska betala"),
    (State.PAYING, State.CONFIRMED): gettext_lazy("har betalat och har platsen"),
    (State.PAYING, State.CANCELLED): gettext_lazy("har inte kvar platsen, den är inte betald"),
    ("", State.WAITING): gettext_lazy("ställde sig i kö"),
    (State.WAITING, State.OFFERED): gettext_lazy("fick frågan om en plats"),
    (State.OFFERED, State.CONFIRMED): gettext_lazy("tackade ja till platsen"),
    (State.WAITING, State.CONFIRMED): gettext_lazy("tog en plats som var ledig"),
    (State.DECLINED, State.CONFIRMED): gettext_lazy("ändrade sig och tog platsen"),
    (State.OFFERED, State.DECLINED): gettext_lazy("tackade nej till platsen"),
    (State.OFFERED, State.WAITING): gettext_lazy("står i kön igen med samma nummer"),
    (State.DECLINED, State.WAITING): gettext_lazy("står kvar i kön"),
    (State.CONFIRMED, State.CANCELLED): gettext_lazy("avbokade sin plats"),
    (State.WAITING, State.CANCELLED): gettext_lazy("lämnade kön"),
    (State.OFFERED, State.CANCELLED): gettext_lazy("lämnade kön"),
    (State.DECLINED, State.CANCELLED): gettext_lazy("lämnade kön"),
    (State.CANCELLED, State.CONFIRMED): gettext_lazy("ångrade sin avbokning"),
    (State.CANCELLED, State.WAITING): gettext_lazy("ställde sig i kön igen"),
}


def _of_a_registration(line: PlaceLine, number: int) -> str:
    text = _told_deed(line)
    if not text:
        return ""
    words = _("Anmälan %(number)d %(deed)s") % {"number": number, "deed": text}
    if line.party and line.party > 1:
        words += _(" (%(number)d personer)") % {"number": line.party}
    because = Why(line.why).label if line.why and line.why != Why.TURN else ""
    return f"{words}: {because}." if because else f"{words}."


def _told_deed(line: PlaceLine) -> str:
    if line.state == PlaceLine.LEFT:
        return _("flyttades till en annan aktivitet")
    if line.was != line.state:
        return str(DEEDS.get((line.was, line.state), ""))
    if line.state == State.OFFERED and line.offer_expires_at:
        return _("kan svara till %(when)s") % {"when": short(line.offer_expires_at)}
    if line.state == State.WAITING and line.why == Why.SOON:
        return _("fick veta att en plats är ledig")
    if line.state == State.WAITING and line.passed_over_at:
        return _("gicks förbi och behåller sitt nummer")
    return ""
