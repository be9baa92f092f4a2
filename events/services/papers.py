"""What people read and give when a group is a study circle: the agreement, and who they are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.models import (
    AgreementRead,
    Attendance,
    Circle,
    CircleSettings,
    Identity,
    Leader,
    Registration,
)
from events.models.circle import NAMED
from events.models.papers import SECRETS
from privacy.models import AccessLog, Consent, ConsentText
from privacy.services import note_access, note_consent

Way, State = Identity.Way, Registration.State
# What the access log says that the rows are.
ABOUT = "events.Identity"

AGREEMENT = "gruppens-lofte"
AGREEMENT_LABEL = "Jag har läst och håller med"
# One promise a line, until the board writes its own (ux.md 2e).
FIRST_AGREEMENT = """Det som sägs här stannar här.
Vi lyssnar till slut.
Du får vara tyst.
Vi ger inte råd om medicin.
Du kan ta paus när du är sjuk. Säg till ledaren.
Kommer du inte? Hör av dig om du orkar."""

NUMBERS = "studieforbundet"
NUMBERS_LABEL = "Ja, {association} får lämna det här till studieförbundet."
FIRST_NUMBERS = (
    "Vi tar bort uppgifterna när cirkeln är överlämnad. Fram till dess kan du ta tillbaka ditt ja."
)


class HandedOver(Exception):
    """The circle has been reported, so nothing more is asked for."""


@dataclass(frozen=True)
class Given:
    """What somebody typed. `digits` as the study association wants them, without a hyphen."""

    kind: str
    digits: str
    first_name: str
    last_name: str
    street: str
    postcode: str
    town: str
    phone: str = ""


def agreement_text() -> ConsentText:
    """The newest words that a group promises each other."""
    return _newest(AGREEMENT, AGREEMENT_LABEL, FIRST_AGREEMENT)


def numbers_text() -> ConsentText:
    return _newest(NUMBERS, NUMBERS_LABEL, FIRST_NUMBERS)


def _newest(purpose: str, label: str, explanation: str) -> ConsentText:
    newest = ConsentText.objects.filter(purpose=purpose).order_by("-version").first()
    if newest:
        return newest
    words = {"label": label, "explanation": explanation}
    return ConsentText.objects.get_or_create(purpose=purpose, version=1, defaults=words)[0]


@transaction.atomic
def rewrite_agreement(lines: list[str]) -> ConsentText:
    """A new version. Groups that have begun keep theirs. The same words again change nothing."""
    newest, text = agreement_text(), "\n".join(lines)
    if newest.explanation == text:
        return newest
    return ConsentText.objects.create(
        purpose=AGREEMENT,
        version=newest.version + 1,
        label=AGREEMENT_LABEL,
        explanation=text,
    )


def circle_of(registration: Registration) -> Circle | None:
    return Circle.objects.filter(event=registration.event_id).select_related("agreement").first()


def agreement_to_read(registration: Registration) -> ConsentText | None:
    """The words, as long as this one has not said yes to them. None in a group without any."""
    circle = circle_of(registration)
    if circle is None or circle.agreement is None or circle.handed_over_at:
        return None
    read = AgreementRead.objects.filter(registration=registration).exists()
    return None if read else circle.agreement


def asks_who(registration: Registration) -> bool:
    """Whether the study association wants to know who this is, and nobody has said it yet."""
    circle = circle_of(registration)
    return (
        circle is not None
        and circle.is_named
        and circle.handed_over_at is None
        and registration.state == State.CONFIRMED
        and not Identity.objects.filter(registration=registration).exists()
    )


@dataclass(frozen=True)
class LeftToDo:
    """What somebody with a place has not done yet: read the agreement, say who they are."""

    agreement: bool
    who: bool

    @property
    def any(self) -> bool:
        return self.agreement or self.who


def left_to_do(registration: Registration) -> LeftToDo:
    placed = registration.state == State.CONFIRMED
    unread = placed and agreement_to_read(registration) is not None
    return LeftToDo(unread, asks_who(registration))


def circles_to_tell(user: Any) -> list[Leader]:
    """What this one leads where the study association does not know who they are."""
    rows = Leader.objects.filter(
        user=user,
        identity=None,
        event__circle__form__in=NAMED,
        event__circle__handed_over_at=None,
        event__cancelled_at=None,
    )
    return list(rows.select_related("event"))


@transaction.atomic
def agree(registration: Registration, *, channel: str = Consent.Channel.WEB) -> None:
    """Note that somebody has read the words. Twice is once."""
    text = agreement_to_read(registration)
    if text is None:
        return
    Registration.objects.select_for_update().get(pk=registration.pk)
    if AgreementRead.objects.filter(registration=registration).exists():
        return
    now = timezone.now()
    consent = note_consent(AGREEMENT, at=now, channel=channel, text=text)
    AgreementRead.objects.create(registration=registration, consent=consent)


@transaction.atomic
def agree_for(registration: Registration | None, *, actor: Any) -> None:
    """The office notes that somebody has read the words on paper."""
    if registration is None or agreement_to_read(registration) is None:
        return
    agree(registration, channel=Consent.Channel.OFFICE)
    note_access(
        actor,
        action=AccessLog.Action.CHANGE,
        about="events.AgreementRead",
        reference=f"{registration.event.slug}#{registration.pk}"[:100],
        reason="har läst gruppens löfte på papper",
    )


def give(who: Registration | Leader, given: Given) -> Identity:
    """Somebody says who they are. The last word holds. Raises HandedOver."""
    return _write(who, Way.TYPED, given, Consent.Channel.WEB)


def choose_paper(who: Registration | Leader) -> Identity:
    """Hands the number to the leader on paper instead. Raises HandedOver."""
    return _write(who, Way.PAPER, None, Consent.Channel.WEB)


def say_protected(who: Registration | Leader) -> Identity:
    """Has protected personal data: nothing is typed, the office phones. Raises HandedOver."""
    return _write(who, Way.PROTECTED, None, Consent.Channel.WEB)


@transaction.atomic
def type_for(who: Registration | Leader, given: Given, *, actor: Any) -> Identity:
    """The office types what came on paper or by phone. Raises HandedOver."""
    identity = _write(who, Way.OFFICE, given, Consent.Channel.OFFICE)
    _note(actor, identity, AccessLog.Action.CHANGE, "skrev in uppgifter")
    return identity


@transaction.atomic
def paper_went_on(who: Registration | Leader, *, actor: Any) -> Identity:
    """The paper has gone from the leader to the study association. Raises HandedOver."""
    identity = _write(who, Way.PAPER, None, Consent.Channel.OFFICE)
    identity.paper_at = timezone.now()
    identity.save(update_fields=["paper_at"])
    _note(actor, identity, AccessLog.Action.CHANGE, "lämnat på papper")
    return identity


@transaction.atomic
def reveal(identity: Identity, *, actor: Any, reason: str) -> str:
    """The whole number, for one who says why. The line in the log is written with the look."""
    _note(actor, identity, AccessLog.Action.REVEAL, reason)
    return str(identity.personal_number)


def owner(who: Registration | Leader) -> dict[str, Any]:
    return {"leader": who} if isinstance(who, Leader) else {"registration": who}


def event_of(who: Registration | Leader | Identity) -> Any:
    if isinstance(who, Identity):
        who = who.registration or who.leader  # type: ignore[assignment]  # one of them is there
    return who.event  # type: ignore[union-attr]  # as above


@transaction.atomic
def _write(who: Registration | Leader, way: str, given: Given | None, channel: str) -> Identity:
    circle = Circle.objects.select_for_update().get(event=who.event_id)
    if circle.handed_over_at:
        raise HandedOver
    now = timezone.now()
    before = Identity.objects.filter(**owner(who)).first()
    identity = before or Identity(**owner(who))
    identity.way, identity.given_at = way, now
    identity.purged_at = identity.paper_at = None
    identity.kind = given.kind if given else ""
    identity.personal_number = given.digits if given else ""
    for name in SECRETS[1:]:
        setattr(identity, name, getattr(given, name) if given else "")
    if given:
        identity.consent = note_consent(NUMBERS, at=now, channel=channel, text=numbers_text())
    identity.save()
    return identity


def _note(actor: Any, identity: Identity, action: str, reason: str) -> None:
    note_access(
        actor,
        action=action,
        about=ABOUT,
        reference=f"{event_of(identity).slug}#{identity.pk}"[:100],
        reason=reason[:200],
    )


def past_their_time(now: datetime) -> QuerySet[Identity]:
    """Numbers that are not needed any more: handed over, never to be, or of one who left."""
    settings = CircleSettings.load()
    done = now - timedelta(days=settings.days_after_hand_over)
    given_up = now - timedelta(days=settings.days_after_last_meeting)
    came = Attendance.objects.filter(registration=OuterRef("registration"), present=True)
    rows = Identity.objects.filter(purged_at=None).annotate(
        handed_over=Max(_either("circle__handed_over_at")),
        form=Max(_either("circle__form")),
        last=Max(_either("occasions__ends_at")),
        came=Exists(came),
    )
    left = Q(registration__isnull=False, came=False) & ~Q(registration__state=State.CONFIRMED)
    not_named = Q(form__isnull=True) | ~Q(form__in=NAMED)
    return rows.filter(Q(handed_over__lt=done) | Q(last__lt=given_up) | left | not_named)


def _either(path: str) -> Any:
    return Coalesce(F(f"registration__event__{path}"), F(f"leader__event__{path}"))


def purge(rows: list[Identity], now: datetime) -> int:
    """Empty them. That a number was given stays, what it was does not."""
    keys = [row.pk for row in rows]
    kept = Identity.objects.filter(pk__in=keys, way__in=[Way.TYPED, Way.OFFICE])
    kept.update(purged_at=now, kind="", **dict.fromkeys(SECRETS, ""))
    # That somebody is protected, or gave a paper, is of no use to anybody afterwards.
    Identity.objects.filter(pk__in=keys, way__in=[Way.PAPER, Way.PROTECTED]).delete()
    return len(keys)
