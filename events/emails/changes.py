"""The letters about moved and cancelled times: the old and the new side by side."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events.emails.base import BOOKING, content_of, doors, row_of
from events.models import Change, ChangedTime, Occasion, Registration, Time
from mail.letters import Content, letter
from mail.models import Letter
from mail.templatetags import dates

CHANGED = "event_changed"
OFF = "event_cancelled"


@dataclass(frozen=True)
class Line:
    """One occasion as this reader knew it, and as it is. `new` None: it does not take place."""

    old: Time
    new: Time | None

    @property
    def same_place(self) -> bool:
        return self.new is None or self.new.place == self.old.place

    @property
    def same_time(self) -> bool:
        new = self.new
        return new is not None and (new.starts_at, new.ends_at) == (
            self.old.starts_at,
            self.old.ends_at,
        )


@letter(CHANGED)
def changed(row: Letter) -> Content | None:
    return _about(row)


@letter(OFF)
def off(row: Letter) -> Content | None:
    return _about(row)


def _about(row: Letter) -> Content | None:
    """Decided when it leaves: what was undone meanwhile, or changed once more, is not told here."""
    registration = row_of(row)
    change = Change.objects.filter(pk=row.about["change"]).first()
    if registration is None or not registration.is_active or change is None:
        return None
    lines = [line for line in (_line(one, registration) for one in change.times.all()) if line]
    if not lines:
        return None
    is_off = all(line.new is None for line in lines)
    url, cancel_url = doors(registration, BOOKING, "events:booking", "events:cancel")
    return content_of(
        OFF if is_off else CHANGED,
        registration,
        lines=lines,
        subject=_subject(lines, is_off=is_off),
        sentence=change.because,
        whole=registration.event.cancelled_at is not None,
        paid=registration.event.cancelled_at is not None and registration.charge_id is not None,
        waits=registration.state in (Registration.State.WAITING, Registration.State.OFFERED),
        url=url,
        cancel_url=cancel_url,
        others=_others(change),
    )


def _others(change: Change) -> bool:
    """There are more times to come that are as they were."""
    coming = Occasion.objects.filter(event=change.event, cancelled_at=None)
    told = change.times.values_list("occasion_uid", flat=True)
    return coming.filter(starts_at__gt=timezone.now()).exclude(uid__in=list(told)).exists()


def _line(one: ChangedTime, registration: Registration) -> Line | None:
    later = ChangedTime.objects.filter(occasion_uid=one.occasion_uid, pk__gt=one.pk)
    if later.exists():
        return None  # the letter about that one tells it
    old, was_off = _known_to(registration, one)
    occasion = Occasion.objects.filter(uid=one.occasion_uid, cancelled_at=None).first()
    event = registration.event
    if occasion is None or event.cancelled_at:
        return None if was_off else Line(old, None)
    new = Time(occasion.starts_at, occasion.ends_at, event.place)
    return Line(old, new) if was_off or new != old else None


def _known_to(registration: Registration, one: ChangedTime) -> tuple[Time, bool]:
    """The time that this reader was last told, and whether they were told that it is off."""
    earlier = ChangedTime.objects.filter(
        occasion_uid=one.occasion_uid, pk__lt=one.pk, change__at__gte=registration.created_at
    ).select_related("change")
    known = one
    for before in earlier.order_by("-pk"):
        if _was_told(registration, before.change):
            break
        known = before
    return known.old, known.kind == ChangedTime.Kind.ON_AGAIN


def _was_told(registration: Registration, change: Change) -> bool:
    told: dict[str, Any] = {"registration": registration.pk, "change": change.pk}
    rows = Letter.objects.filter(kind__in=[CHANGED, OFF], about__contains=told)
    return rows.filter(state=Letter.State.SENT).exists()


def _subject(lines: list[Line], *, is_off: bool) -> str:
    if is_off and len(lines) == 1:
        day = dates.day_short(lines[0].old.starts_at)
        return _("Träffen %(day)s är inställd") % {"day": day}
    if is_off:
        return _("Dina träffar är inställda")
    if all(line.same_time and not line.same_place for line in lines):
        return _("Ny plats för din träff")
    if all(line.new == line.old for line in lines):
        return _("Din träff blir av ändå")
    return _("Ny tid för din träff") if len(lines) == 1 else _("Nya tider för dina träffar")
