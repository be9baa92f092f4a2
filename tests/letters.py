"""Every kind of letter that we send, and what one of it is about: for those who look at all."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.utils import timezone

from events.models import Leader
from mail.models import Letter, PreparedFile
from members.models import EmailChange
from members.services.fee_year import last_day
from members.services.joining import ask_to_pay
from members.services.membership import leave
from members.services.own import ask_for_email, change_email
from newsletters.models import Issue, Pace, Subscription
from newsletters.services import choices
from pages.models import CrisisLine
from pages.services import foundation
from payments.services import by_hand, moving
from privacy.models import AccessLog
from tests.events.letters import LETTERS as OF_EVENTS
from tests.factories import CircleFactory, EventFactory, RegistrationFactory, UserFactory
from tests.members.fees import apply, join, member
from tests.newsletters.conftest import write_issue
from tests.volunteers.letters import LETTERS as OF_VOLUNTEERS
from tests.volunteers.outreach_letters import LETTERS as OF_OUTREACH

About = dict[str, Any]
OURS = {"events", "mail", "members", "newsletters", "pages", "payments", "privacy", "volunteers"}


def with_place(**more: Any) -> Callable[[], About]:
    def about() -> About:
        return {"registration": RegistrationFactory(name="Kim", **more).pk}

    return about


def moved() -> About:
    return with_place()() | {"from_event": EventFactory().pk}


def in_a_circle() -> About:
    row = RegistrationFactory(event=CircleFactory(talk=True).event)
    return {"registration": row.pk}


def leads() -> About:
    """Somebody who leads an activity, and its next occasion."""
    event = EventFactory()
    leader = Leader.objects.create(event=event, user=UserFactory(role="ledare"))
    return {"leader": leader.pk, "occasion": event.schedule[0].uid.hex}


def unchecked() -> About:
    """A number that nobody has called yet; the page of numbers looks the same."""
    foundation.lay()
    CrisisLine.objects.filter(dial="112").update(checked_by="")
    return {}


def applied(**more: Any) -> About:
    return {"application": apply(f"{uuid4().hex}@exempel.se", **more).pk}


def asked_to_pay() -> About:
    application = apply(f"{uuid4().hex}@exempel.se")
    return {"charge": ask_to_pay(application).pk, "amount": 20000}


def has_given() -> About:
    """More than was asked for, which became a gift."""
    charge = ask_to_pay(apply(f"{uuid4().hex}@exempel.se"))
    office = UserFactory(role="kassor")
    day, more = timezone.localdate(), charge.amount + 5_000
    by_hand.receive(charge, amount=more, method="bank", day=day, note="", by=office, key=uuid4())
    return {"charge": moving.to_gift(charge, by=office).pk}


def joined() -> About:
    person = join(f"{uuid4().hex}@exempel.se")
    return {"membership": person.memberships.get().pk, "is_new": True}


def is_member() -> About:
    return {"person": join(f"{uuid4().hex}@exempel.se").pk}


def applied_again() -> About:
    """Somebody who has the year already."""
    email = f"{uuid4().hex}@exempel.se"
    year = join(email).memberships.get().year
    return {"application": apply(email).pk, "year": year}


def has_left() -> About:
    return {"person": leave(join(f"{uuid4().hex}@exempel.se")).pk}


def asks_for_mailbox() -> About:
    person = join(f"{uuid4().hex}@exempel.se")
    return {"change": ask_for_email(person, f"{uuid4().hex}@exempel.se").pk}


def asked_for_a_list() -> About:
    file = PreparedFile.objects.create(user=UserFactory(), maker="register", name="lista.csv")
    return {"file": str(file.pk)}


def changed_mailbox() -> About:
    about = asks_for_mailbox()
    change_email(EmailChange.objects.get(pk=about["change"]))
    return about


def to_ask() -> About:
    """Somebody whose year ends soon."""
    year = timezone.localdate().year
    person = member(year, email=f"{uuid4().hex}@exempel.se")
    return {"person": person.pk, "ends_on": last_day(year).isoformat()}


def asked_for_letters() -> About:
    return {"opt_in": choices.ask(uuid4(), email=f"{uuid4().hex}@exempel.se").pk}


def a_letter_to_many() -> About:
    return {"issue": write_issue(subject="Höst på Instrumentvägen").pk, "name": "Kim"}


def paused_issue() -> About:
    issue = Issue(subject="Höst", pause=Issue.Pause.ERRORS, paused_at=timezone.now())
    issue.save()
    return {"issue": issue.pk}


def stuck_issue() -> About:
    now = timezone.now()
    issue = Issue(subject="Höst", approved_at=now, send_at=now, prepared=0, made={})
    issue.save()
    return {"issue": issue.pk}


def chose_letters() -> About:
    address = f"{uuid4().hex}@exempel.se"
    chosen = choices.choose(
        address, pace=Pace.MONTHLY, text_only=False, source=Subscription.Source.MINE
    )
    return {"subscription": chosen.pk}


def a_month() -> About:
    sums = {"paid": 42, "sum": 840_000, "waiting": 21, "to_pair": 4}
    return {"first": "2026-11-01", "name": "Susi"} | sums


# What each kind of letter is about, and what only its reader may know.
LETTERS: dict[str, tuple[Callable[[], About], About | None]] = {
    **OF_EVENTS,
    **OF_VOLUNTEERS,
    **OF_OUTREACH,
    "email_changed": (changed_mailbox, None),
    "email_proof": (asks_for_mailbox, None),
    "circle_agreement": (in_a_circle, None),
    "circle_reminder": (in_a_circle, None),
    "erase_confirm": (is_member, None),
    "event_already": (with_place(), None),
    "event_confirmed": (with_place(), None),
    "event_moved": (moved, None),
    "event_office_cancelled": (with_place(cancelled=True), None),
    "event_self_cancelled": (with_place(cancelled=True), None),
    "export_ready": (asked_for_a_list, None),
    "factor_changed": (lambda: {"what": "totp_activated"}, None),
    "gift_thanks": (has_given, None),
    "kassor_month": (a_month, None),
    "leader_recap": (leads, None),
    "leader_tonight": (leads, None),
    "leader_unsaved": (leads, None),
    "login_code": (dict, {"code": "123456"}),
    "login_unknown": (dict, {"code": "123456"}),
    "member_already": (applied_again, None),
    "member_invoice": (asked_to_pay, None),
    "member_left": (has_left, None),
    "member_paid_late": (asked_to_pay, None),
    "member_paid_twice": (asked_to_pay, None),
    "member_saved": (applied, None),
    "member_welcome": (joined, None),
    "newsletter_confirm": (asked_for_letters, None),
    "newsletter_paused": (paused_issue, None),
    "newsletter_second": (a_letter_to_many, None),
    "newsletter_stuck": (stuck_issue, None),
    "newsletter_test": (a_letter_to_many, None),
    "prefs_changed": (chose_letters, None),
    "queue_joined": (with_place(waiting=True), None),
    "queue_offer": (with_place(offered=True), None),
    "queue_offer_half_time": (with_place(offered=True), None),
    "queue_rest": (with_place(resting=True), None),
    "queue_soon": (with_place(waiting=True, why="soon"), None),
    "renew_1": (to_ask, None),
    "renew_2": (to_ask, None),
    "renew_3": (to_ask, None),
    "staff_crisis_check": (unchecked, None),
}


def written(kind: str) -> Letter:
    """A letter of this kind, as it stands in the row before it is built."""
    about, private = LETTERS[kind]
    return Letter(
        kind=kind, to="kim@exempel.se", about=about(), private=private, created_at=timezone.now()
    )


def every_row() -> dict[str, list[Any]]:
    """Every row of every table of ours, but who has looked at others' data: that is noted."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label in OURS and model is not AccessLog
    }
