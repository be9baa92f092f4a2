"""Rows for tests. One section per app; the traits say in words what a row is like."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import factory
from django.contrib.auth.models import Group
from django.db.models import F
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page

from events.models import (
    Attendance,
    AttendanceSheet,
    Circle,
    Event,
    Interest,
    Leader,
    Occasion,
    Registration,
)
from events.services.papers import agreement_text
from members.models import Membership, MembershipType, Person, User
from pages.models import (
    ContentPage,
    CrisisLine,
    NewsIndexPage,
    NewsPage,
    SectionPage,
    StartPage,
)
from payments.models import Charge
from privacy.addresses import mail_key
from privacy.services import note_consent
from volunteers.models import Lead, Role, Shift
from volunteers.services.moves import PLAN


class NumberedFactory(DjangoModelFactory):
    """Numbers of four digits from the beginning, so that names stand in order as their numbers."""

    class Meta:
        abstract = True

    @classmethod
    def _setup_next_sequence(cls) -> int:
        return 1000


# --- members ------------------------------------------------------------------------------------


class UserFactory(NumberedFactory):
    """Somebody who can log in. `UserFactory(role="redaktor")` works here as an editor."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"kim{n}@exempel.se")
    first_name = "Kim"
    last_name = factory.Sequence(lambda n: f"Lind {n}")

    class Params:
        administrator = factory.Trait(is_superuser=True, is_staff=True)
        has_left = factory.Trait(is_active=False)

    @factory.post_generation
    def role(self, create: bool, extracted: str | None, **kwargs: Any) -> None:
        """The name of a group."""
        if create and extracted:
            self.groups.add(Group.objects.get(name=extracted))


class MembershipTypeFactory(NumberedFactory):
    class Meta:
        model = MembershipType
        django_get_or_create = ("key",)

    key = "ordinarie"
    name = "Ordinarie"


class PersonFactory(NumberedFactory):
    """Somebody in the register. `PersonFactory(member=True)` is a member all this year."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    first_name = "Kim"
    last_name = factory.Sequence(lambda n: f"Lind {n}")
    email = factory.Sequence(lambda n: f"medlem{n}@exempel.se")
    town = "Stockholm"
    created_at = factory.LazyFunction(timezone.now)

    class Params:
        no_mailbox = factory.Trait(email="")
        protected_identity = factory.Trait(
            first_name="Skyddade uppgifter",
            last_name="",
            town="",
            is_protected=True,
            protected={"first_name": "Hemlig", "last_name": "Hök", "town": "Gnesta"},
        )

    @factory.post_generation
    def member(self, create: bool, extracted: bool, **kwargs: Any) -> None:
        if create and extracted:
            MembershipFactory(person=self)


class MembershipFactory(NumberedFactory):
    """Free, from the first day of this year to the last."""

    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    type = factory.SubFactory(MembershipTypeFactory)
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    starts_on = factory.LazyAttribute(lambda one: date(one.year, 1, 1))
    ends_on = factory.LazyAttribute(lambda one: date(one.year, 12, 31))
    created_at = factory.LazyFunction(timezone.now)


# --- events -------------------------------------------------------------------------------------


def days_away(number: float) -> datetime:
    return timezone.now() + timedelta(days=number)


class OccasionFactory(NumberedFactory):
    """Two hours, ten days from now."""

    class Meta:
        model = Occasion

    event = factory.SubFactory("tests.factories.EventFactory", times=0)
    starts_at = factory.LazyFunction(lambda: days_away(10))
    ends_at = factory.LazyAttribute(lambda occasion: occasion.starts_at + timedelta(hours=2))


class EventFactory(NumberedFactory):
    """A published activity with places left, ten days from now.

    `starts_at`: when it begins. `times`: on how many occasions, a week apart. `full=True`: every
    place is taken. `with_queue=2`: and so many wait for one.
    """

    class Meta:
        model = Event

    title = factory.Sequence(lambda n: f"Promenad {n}")
    neutral_title = "Promenad"
    slug = factory.Sequence(lambda n: f"promenad-{n}")
    kind = Event.Kind.WALK
    summary = "Vi går en timme i lugn takt."
    place = "Zinkensdamm"
    capacity = 5
    live = True
    starts_at = factory.LazyFunction(lambda: days_away(10))
    times = 1
    full = False
    with_queue = 0

    class Params:
        draft = factory.Trait(live=False)
        cancelled = factory.Trait(cancelled_at=factory.LazyFunction(timezone.now))
        no_sign_up = factory.Trait(sign_up=Event.SignUp.NONE, capacity=None)
        unlimited = factory.Trait(capacity=None)
        several_occasions = factory.Trait(times=3)
        over = factory.Trait(starts_at=factory.LazyFunction(lambda: days_away(-3)))

    @classmethod
    def _create(cls, model_class: type[Event], *args: Any, **facts: Any) -> Event:
        names = ("starts_at", "times", "full", "with_queue")
        starts_at, times, full, with_queue = (facts.pop(name) for name in names)
        event: Event = super()._create(model_class, *args, **facts)
        for number in range(times):
            OccasionFactory(event=event, starts_at=starts_at + timedelta(weeks=number))
        if full or with_queue:
            RegistrationFactory.create_batch(event.capacity, event=event)
        RegistrationFactory.create_batch(with_queue, event=event, waiting=True)
        return event


class RegistrationFactory(NumberedFactory):
    """Somebody who has a place. The traits are the other states."""

    class Meta:
        model = Registration

    event = factory.SubFactory(EventFactory)
    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@exempel.se")
    person_key = factory.LazyAttribute(
        lambda row: mail_key(row.email) if row.email else f"phone:{uuid.uuid4()}"
    )
    state = Registration.State.CONFIRMED
    created_at = factory.LazyFunction(timezone.now)
    consent = factory.LazyAttribute(lambda row: note_consent("events", at=row.created_at))

    class Params:
        waiting = factory.Trait(
            state=Registration.State.WAITING, queued_at=factory.LazyFunction(timezone.now)
        )
        # Asked, and the letter has left.
        offered = factory.Trait(
            state=Registration.State.OFFERED,
            queued_at=factory.LazyFunction(timezone.now),
            offered_at=factory.LazyFunction(timezone.now),
            offer_expires_at=factory.LazyFunction(lambda: days_away(2)),
        )
        # Asked twice without an answer.
        resting = factory.Trait(
            state=Registration.State.WAITING,
            queued_at=factory.LazyFunction(timezone.now),
            offered_at=factory.LazyFunction(lambda: days_away(-1)),
            offers_unanswered=2,
        )
        paying = factory.Trait(
            state=Registration.State.PAYING, pay_until=factory.LazyFunction(lambda: days_away(2))
        )
        declined = factory.Trait(
            state=Registration.State.DECLINED,
            queued_at=factory.LazyFunction(timezone.now),
            offered_at=factory.LazyFunction(timezone.now),
        )
        cancelled = factory.Trait(
            state=Registration.State.CANCELLED, cancelled_at=factory.LazyFunction(timezone.now)
        )
        by_phone = factory.Trait(email="", phone="070-123 45 67", source=Registration.Source.OFFICE)


# --- volunteers ---------------------------------------------------------------------------------


class RoleFactory(NumberedFactory):
    """Something that one can help with, without a course."""

    class Meta:
        model = Role

    name = factory.Sequence(lambda n: f"Fikavärd {n}")
    slug = factory.Sequence(lambda n: f"fikavard-{n}")
    summary = "Du dukar fram och hälsar på den som är ny."


class ShiftFactory(NumberedFactory):
    """Two hours, in three days, for one or two."""

    class Meta:
        model = Shift

    role = factory.SubFactory(RoleFactory)
    starts_at = factory.LazyFunction(lambda: days_away(3))
    ends_at = factory.LazyAttribute(lambda shift: shift.starts_at + timedelta(hours=2))
    place = "Föreningslokalen"


class LeadFactory(NumberedFactory):
    """Somebody who wants to help and was promised an answer by tomorrow.

    `owner`: who follows up. `stage`: where things stand; the next step is then in a week.
    """

    class Meta:
        model = Lead
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Kim {n}")
    email = factory.Sequence(lambda n: f"volontar{n}@exempel.se")
    email_key = factory.LazyAttribute(lambda lead: mail_key(lead.email))
    consent = factory.LazyFunction(lambda: note_consent("volunteers", at=timezone.now()))
    created_at = factory.LazyFunction(timezone.now)
    stage_since = factory.LazyAttribute(lambda lead: lead.created_at)
    stage = Lead.Stage.NEW
    owner = factory.SubFactory(UserFactory, role="samordnare")
    next_step = factory.LazyAttribute(
        lambda lead: PLAN[lead.stage][0] if lead.stage in PLAN else ""
    )
    next_on = factory.LazyAttribute(
        lambda lead: (
            timezone.localdate() + timedelta(days=1 if lead.stage == "new" else 7)
            if lead.stage in PLAN
            else None
        )
    )
    promised_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=1))
    alarm_on = factory.LazyAttribute(lambda lead: lead.promised_on + timedelta(days=3))
    answered_at = factory.LazyAttribute(
        lambda lead: None if lead.stage == Lead.Stage.NEW else lead.created_at
    )


class InterestFactory(NumberedFactory):
    """Somebody who would like to come to something that has no date yet."""

    class Meta:
        model = Interest

    event = factory.SubFactory(
        EventFactory,
        times=0,
        sign_up=Event.SignUp.INTEREST,
        promised_on=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=40)),
    )
    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"intresse{n}@exempel.se")
    person_key = factory.LazyAttribute(lambda row: mail_key(row.email))
    created_at = factory.LazyFunction(timezone.now)
    kept_at = factory.LazyAttribute(lambda row: row.created_at)
    consent = factory.LazyAttribute(lambda row: note_consent("events", at=row.created_at))


# --- pages --------------------------------------------------------------------------------------


class PageFactory(NumberedFactory):
    """A published page below `parent`; one of the factories below."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Sida {n}")

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **facts: Any) -> Page:
        parent = facts.pop("parent")
        page: Page = parent.add_child(instance=model_class(**facts))
        return page


class SectionPageFactory(PageFactory):
    class Meta:
        model = SectionPage

    parent = factory.LazyFunction(StartPage.objects.get)
    ingress = "Här finns stöd."
    show_in_menus = True


class ContentPageFactory(PageFactory):
    class Meta:
        model = ContentPage

    parent = factory.LazyFunction(lambda: SectionPage.objects.get(slug="stod"))
    ingress = "Läs bara det du orkar."


class NewsPageFactory(PageFactory):
    class Meta:
        model = NewsPage

    parent = factory.LazyFunction(NewsIndexPage.objects.get)
    summary = "Vi söker fler som vill hjälpa till."
    first_published_at = factory.LazyFunction(timezone.now)

    class Params:
        expired = factory.Trait(show_until=factory.LazyFunction(lambda: days_away(-1).date()))


class CrisisLineFactory(NumberedFactory):
    """A number that was checked today."""

    class Meta:
        model = CrisisLine

    question = CrisisLine.Question.NIGHT
    name = "Nattlinjen"
    number = "08-123 45 67"
    dial = "081234567"
    checked_on = factory.LazyFunction(timezone.localdate)
    checked_by = "Robin"


# --- money -------------------------------------------------------------------------------------


class ChargeFactory(NumberedFactory):
    class Meta:
        model = Charge
        skip_postgeneration_save = True

    kind = Charge.Kind.FEE
    amount = 20_000
    union_share = 5_000
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    payer_name = "Kim Exempel"
    payer_email = "kim@example.org"
    payer_key = "kim@example.org"
    created_at = factory.LazyFunction(timezone.now)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))

    @factory.post_generation
    def _number(self, create: bool, extracted: Any, **more: Any) -> None:
        """The database gave it."""
        if create:
            self.refresh_from_db(fields=["number"])  # type: ignore[attr-defined]  # it is a Charge


# --- circles -----------------------------------------------------------------------------------


class CircleFactory(NumberedFactory):
    """A group that is approved and has three times three hours ahead, one a week.

    `times` and `starts_at` are those of the activity. `people=3`: so many have a place.
    `leader=True`: somebody leads it. `met=2`: so many lists are saved, with everyone there.
    """

    class Meta:
        model = Circle
        skip_postgeneration_save = True

    event = factory.SubFactory(
        EventFactory,
        kind=Event.Kind.CIRCLE,
        times=3,
        capacity=10,
        starts_at=factory.SelfAttribute("..starts_at"),
    )
    season = Circle.Season.AUTUMN
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    reference = "SV-1"
    approved_on = factory.LazyFunction(lambda: days_away(-60).date())

    class Params:
        starts_at = factory.LazyFunction(lambda: days_away(10))
        talk = factory.Trait(
            event__kind=Event.Kind.GROUP, agreement=factory.LazyFunction(agreement_text)
        )

    @factory.post_generation
    def three_hours(self, create: bool, extracted: bool, **kwargs: Any) -> None:
        if create:
            self.event.occasions.update(ends_at=F("starts_at") + timedelta(minutes=135))

    @factory.post_generation
    def leader(self, create: bool, extracted: bool, **kwargs: Any) -> None:
        if create and extracted:
            Leader.objects.create(event=self.event, user=UserFactory(role="ledare"))

    @factory.post_generation
    def people(self, create: bool, extracted: int, **kwargs: Any) -> None:
        if create and extracted:
            RegistrationFactory.create_batch(extracted, event=self.event)

    @factory.post_generation
    def met(self, create: bool, extracted: int, **kwargs: Any) -> None:
        occasions = self.event.occasions.order_by("starts_at") if create and extracted else []
        for occasion in occasions[: extracted or 0]:
            tick(self, occasion)


def tick(circle: Circle, occasion: Occasion, **facts: Any) -> AttendanceSheet:
    """A saved list: leaders and everyone with a place was there, for three hours."""
    facts = {"starts_at": occasion.starts_at, "ends_at": occasion.ends_at, "study_hours": 3} | facts
    sheet = AttendanceSheet.objects.create(
        event=circle.event, occasion_uid=occasion.uid, saved_at=timezone.now(), **facts
    )
    common = {"sheet": sheet, "present": True, "set_at": timezone.now()}
    for row in circle.event.registrations.filter(state=Registration.State.CONFIRMED):
        Attendance.objects.create(kind=Attendance.Kind.LISTED, registration=row, **common)
    for leader in circle.event.leaders.all():
        Attendance.objects.create(kind=Attendance.Kind.LEADER, leader=leader.user, **common)
    return sheet
