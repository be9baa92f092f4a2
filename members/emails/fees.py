"""What is asked for, what was paid, and what has ended."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.letters import Content, letter
from mail.models import Association, Letter
from mail.services import mint, post
from members.emails import joining, paper
from members.models import Membership, MembershipSettings, PaperLetter, Person, Reminder
from payments.models import Charge, Payment
from payments.services import invoice as invoices

WELCOME = "member_welcome"
INVOICE = "member_invoice"
PAID_LATE = "member_paid_late"
PAID_TWICE = "member_paid_twice"
LEFT = "member_left"
GIFT = "gift_thanks"
RENEW_1, RENEW_2, RENEW_3 = "renew_1", "renew_2", "renew_3"

# A door to the page about next year. About a person and a year.
RENEW = "members-renew"
# When a payment that somebody has made has not come by then, we say that we wait.
LATE_AFTER = timedelta(minutes=10)
# A link that is asked for outside the season lives at least so long.
SHORTEST_LIFE = timedelta(days=30)


def renew_door(person: Person, year: int) -> str:
    """The address of the page where they renew for a year. Good until the last day to renew."""
    token = mint(RENEW, about=f"{person.pk}:{year}", expires_at=_open_until(year))
    return settings.SITE_URL + reverse("members:renew", args=[token])


def last_day_to_renew(year: int) -> date:
    month = MembershipSettings.load().renew_until_month
    first_after = date(year + month // 12, month % 12 + 1, 1)
    return first_after - timedelta(days=1)


def _open_until(year: int) -> datetime:
    closes = timezone.make_aware(datetime.combine(last_day_to_renew(year), time.max))
    return max(closes, timezone.now() + SHORTEST_LIFE)


def post_welcome(membership: Membership, *, is_new: bool) -> None:
    if membership.person.email:
        post(
            WELCOME,
            to=membership.person.email,
            about={"membership": membership.pk, "is_new": is_new},
            dedupe_key=f"{WELCOME}:{membership.pk}",
        )
    else:
        paper.put(PaperLetter.Kind.WELCOME, membership.person, membership)


def post_invoice(charge: Charge) -> None:
    """Once per charge and day: who asks again tomorrow gets it again."""
    day = f"{timezone.localdate():%Y%m%d}"
    _to_payer(INVOICE, charge, once=day, public=True)
    membership = getattr(charge, "membership", None)
    if membership and not charge.payer_email:
        paper.put(PaperLetter.Kind.INVOICE, membership.person, membership)


def post_paid_late(charge: Charge) -> None:
    """Written when somebody comes back from paying; nothing leaves if the money has come by then."""
    _to_payer(PAID_LATE, charge, once="late", due_at=timezone.now() + LATE_AFTER)


def post_paid_twice(charge: Charge, amount: int, *, once: str) -> None:
    _to_payer(PAID_TWICE, charge, once=once, amount=amount)


def post_gift_thanks(charge: Charge) -> None:
    _to_payer(GIFT, charge, once="thanks")


def post_left(person: Person) -> None:
    if person.email:
        post(LEFT, to=person.email, about={"person": person.pk})
    else:
        paper.put(PaperLetter.Kind.LEFT, person)


def post_reminder(kind: str, reminder: Reminder) -> None:
    post(
        kind,
        to=reminder.person.email,
        about={"person": reminder.person_id, "ends_on": reminder.ends_on.isoformat()},
        dedupe_key=f"reminder:{reminder.pk}",
    )


def _to_payer(
    kind: str,
    charge: Charge,
    *,
    once: str,
    due_at: datetime | None = None,
    public: bool = False,
    **about: Any,
) -> None:
    if charge.payer_email:
        post(
            kind,
            to=charge.payer_email,
            about={"charge": charge.pk, **about},
            due_at=due_at,
            dedupe_key=f"{kind}:{charge.pk}:{once}",
            public=public,
        )


def _content(letter_name: str, because: str, **context: Any) -> Content:
    return Content(template=f"members/mail/{letter_name}", context=context, because=because)


def _because_member() -> str:
    return _("Du får det här mejlet för att du är eller har varit medlem hos oss.")


def _because_fee() -> str:
    return _("Du får det här mejlet för att du har en avgift hos oss.")


def _greeted(person: Person | None) -> str:
    return person.first_name if person and not person.is_protected else ""


def _payer(charge: Charge) -> str:
    """Whom to greet. A letter about money names nobody else."""
    if application := getattr(charge, "application", None):
        return str(application.first_name)
    membership = getattr(charge, "membership", None)
    return _greeted(membership.person if membership else None)


def _charge(row: Letter) -> Charge | None:
    return Charge.objects.filter(pk=row.about["charge"]).first()


@letter(WELCOME)
def welcome(row: Letter) -> Content | None:
    found = Membership.objects.select_related("person", "charge")
    membership = found.filter(pk=row.about["membership"], ended_on__isnull=True).first()
    if membership is None:
        return None
    paid = membership.charge and membership.charge.payments.filter(kind=Payment.Kind.PAID)
    receipt = paid.order_by("-pk").first() if paid else None
    return _content(
        WELCOME,
        _("Du får det här mejlet för att du är medlem hos oss."),
        name=_greeted(membership.person),
        is_new=row.about["is_new"],
        membership=membership,
        # Nothing is paid for what the board let go or what is free.
        receipt=receipt,
        charge=membership.charge,
        registration_number=Association.load().registration_number,
        url=settings.SITE_URL + "/aktiviteter/",
    )


@letter(INVOICE)
def invoice(row: Letter) -> Content | None:
    charge = _charge(row)
    if charge is None or charge.state != Charge.State.OPEN:
        return None
    if application := getattr(charge, "application", None):
        url = joining.continue_url(application)
    elif membership := getattr(charge, "membership", None):
        url = renew_door(membership.person, membership.year)
    else:
        url = ""
    facts = invoices.details(charge)
    return _content(
        INVOICE, _because_fee(), name=_payer(charge), invoice=facts, url=url, charge=charge
    )


@letter(PAID_LATE)
def paid_late(row: Letter) -> Content | None:
    charge = _charge(row)
    if charge is None or charge.state != Charge.State.OPEN:
        return None
    return _content(PAID_LATE, _because_fee(), name=_payer(charge))


@letter(PAID_TWICE)
def paid_twice(row: Letter) -> Content | None:
    charge = _charge(row)
    if charge is None:
        return None
    return _content(PAID_TWICE, _because_fee(), name=_payer(charge), amount=row.about["amount"])


@letter(GIFT)
def gift_thanks(row: Letter) -> Content | None:
    charge = _charge(row)
    if charge is None or not charge.is_settled:
        return None
    receipt = charge.payments.order_by("-pk").first()
    return _content(
        GIFT,
        _("Du får det här mejlet för att du har betalat till oss."),
        name=_payer(charge),
        charge=charge,
        receipt=receipt,
        # What was paid too much; they did not say that it is a gift.
        was_over=receipt is not None and receipt.method == Payment.Method.MOVED,
        registration_number=Association.load().registration_number,
    )


@letter(LEFT)
def left(row: Letter) -> Content | None:
    person = Person.objects.in_register().filter(pk=row.about["person"]).first()
    if person is None or person.stop_asking_at is None:
        return None
    year = timezone.localdate().year
    return _content(LEFT, _because_member(), name=_greeted(person), url=renew_door(person, year))


def _asked(row: Letter, name: str) -> Content | None:
    """Decided when it leaves: who has paid or said no meanwhile is not asked."""
    people = Person.objects.in_register().filter(stop_asking_at=None, is_protected=False)
    person = people.filter(pk=row.about["person"]).first()
    ends_on = date.fromisoformat(row.about["ends_on"])
    mine = Membership.objects.ever_in_force(person).filter(ended_on=None) if person else None
    if person is None or mine is None or mine.filter(ends_on__gt=ends_on).exists():
        return None
    last = mine.filter(ends_on=ends_on).select_related("type").first()
    if last is None:
        return None
    year = ends_on.year + 1
    ask = name != RENEW_3
    return _content(
        name,
        _because_member(),
        name=_greeted(person),
        year=year,
        fee=last.type.fee(year),
        until=last_day_to_renew(year),
        url=renew_door(person, year) if ask else settings.SITE_URL + reverse("members:join"),
    )


@letter(RENEW_1)
def renew_1(row: Letter) -> Content | None:
    return _asked(row, RENEW_1)


@letter(RENEW_2)
def renew_2(row: Letter) -> Content | None:
    return _asked(row, RENEW_2)


@letter(RENEW_3)
def renew_3(row: Letter) -> Content | None:
    return _asked(row, RENEW_3)
