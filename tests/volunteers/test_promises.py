"""Nobody is forgotten: the apology, the chair, the Monday letter, and a year with 300 people."""

import random
import uuid
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from mail import workdays
from mail.models import Letter
from mail.services.outbox import deliver_due
from tests.factories import LeadFactory, UserFactory
from volunteers.models import Absence, Lead, VolunteerSettings
from volunteers.services import handing_over, intake, moves, promises, who

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 11, 26)


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def waiting(anna, **more) -> Lead:
    """Came on Monday and was promised an answer on Thursday."""
    facts = {
        "created_at": at(date(2026, 11, 23)), "promised_on": THURSDAY, "next_on": THURSDAY,
        "alarm_on": date(2026, 12, 1), "owner": anna,
    }  # fmt: skip
    return LeadFactory(**(facts | more))


def test_on_the_promised_day_nothing_is_late(anna):
    waiting(anna)
    assert promises.look_after(at(THURSDAY, 19)) == 0


def test_the_working_day_after_the_person_gets_an_apology_with_a_new_day(anna):
    lead = waiting(anna, name="Kim")
    with time_machine.travel(at(date(2026, 11, 27)), tick=False):
        assert [promises.look_after(), promises.look_after()] == [1, 0]
        deliver_due()
    lead.refresh_from_db()
    assert (lead.promised_on, lead.next_on) == (date(2026, 12, 1), date(2026, 12, 1))
    sent = next(one for one in mail.outbox if one.to == [lead.email])
    assert sent.subject == "Vi är sena"
    body = " ".join(sent.body.split())
    assert "Det är vårt fel, inte ditt." in body
    assert "senast tisdag 1 december 2026" in body


def test_no_apology_goes_to_somebody_who_was_answered_meanwhile(anna):
    lead = waiting(anna)
    with time_machine.travel(at(date(2026, 11, 27)), tick=False):
        promises.look_after()
        moves.call(lead, actor=anna)
        deliver_due()
    assert [one for one in mail.outbox if one.to == [lead.email]] == []


def test_after_twice_the_time_the_chair_is_told_once_without_names(anna):
    chair = UserFactory(role="styrelse")
    VolunteerSettings.objects.update(chair=chair)
    waiting(anna, name="Kim Kanarie")
    waiting(anna, name="Bo Kanarie")
    with time_machine.travel(at(date(2026, 12, 2)), tick=False):
        promises.look_after()
        promises.look_after()
        deliver_due()
    told = [one for one in mail.outbox if one.to == [chair.email]]
    assert [one.subject for one in told] == ["Någon har väntat för länge på svar"]
    assert "2 personer" in told[0].body
    assert "Kanarie" not in told[0].body


def test_the_monday_letter_has_numbers_and_no_names(anna):
    waiting(anna, name="Kim Kanarie")
    waiting(
        anna, next_on=date(2026, 12, 3), promised_on=date(2026, 12, 3), alarm_on=date(2026, 12, 8)
    )
    with time_machine.travel(at(date(2026, 11, 30), 8), tick=False):
        assert [promises.write_on_monday(), promises.write_on_monday()] == [1, 0]
        deliver_due()
    sent = next(one for one in mail.outbox if one.to == [anna.email])
    assert sent.subject == "Måndagskoll: 2 väntar på dig"
    assert "En av dem har väntat längre än vi lovat." in " ".join(sent.body.split())
    assert "Kanarie" not in sent.body


@pytest.mark.parametrize(
    ("moment", "letters"),
    [
        (at(date(2026, 11, 30), 7), 0),  # too early
        (at(date(2026, 11, 29), 9), 0),  # a Sunday
        (at(date(2026, 12, 2), 9), 1),  # the clock stood still since Monday
    ],
)
def test_the_monday_letter_leaves_from_eight_on_the_first_working_day(anna, moment, letters):
    waiting(anna)
    assert promises.write_on_monday(moment) == letters


def test_who_waits_for_nobody_gets_no_monday_letter(anna):
    LeadFactory(owner=anna, stage="active", next_on=date(2027, 3, 1))
    assert promises.write_on_monday(at(date(2026, 11, 30), 9)) == 0


SEED = 802468


@pytest.mark.slow
def test_a_year_with_three_hundred_people_holidays_and_absences():
    """Day by day: never an open lead without owner and next step; answered in time, or told."""
    dice = random.Random(SEED)
    team = [UserFactory(role="samordnare") for _ in range(3)]
    chair = UserFactory(role="styrelse")
    VolunteerSettings.objects.update_or_create(
        pk=1, defaults={"coordinator": team[0], "chair": chair}
    )
    first = date(2026, 8, 17)
    arrivals = sorted(dice.randrange(365) for _ in range(300))
    late = 0
    with time_machine.travel(at(first), tick=False) as clock:
        for number in range(365):
            today = first + timedelta(days=number)
            clock.move_to(at(today))
            if dice.random() < 0.05:
                _goes_away(dice, team, today)
            for _ in range(arrivals.count(number)):
                _writes_to_us(dice)
            handing_over.move_due()
            promises.look_after()
            _works(dice, today)
            late += _check(today)
    assert Lead.objects.count() == 300
    # The dice were bad enough: the promise was broken at times, and each time an alarm exists.
    assert late > 0
    assert Letter.objects.filter(kind="volunteer_late").count() > 0
    assert Letter.objects.filter(kind="staff_volunteer_waits").count() > 0


def _goes_away(dice, team, today: date) -> None:
    user = dice.choice(team)
    deputy = dice.choice([None, *(one for one in team if one != user)])
    last = dice.choice([None, today + timedelta(days=dice.randrange(1, 40))])
    if last is None:
        Absence.objects.filter(user=user, until_on=None).update(until_on=today)
    handing_over.be_away(user, from_on=today, until_on=last, deputy=deputy)


def _writes_to_us(dice) -> None:
    number = dice.randrange(10**9)
    intake.receive(
        uuid.UUID(int=dice.getrandbits(128)),
        email=f"p{number}@exempel.se",
        interests=[],
        name="Kim",
    )


def _works(dice, today: date) -> None:
    """Those who are here do some of what is due, on working days."""
    if not workdays.is_working_day(today):
        return
    here = who.present(today)
    for lead in Lead.objects.open().filter(owner__in=here).order_by("next_on")[:6]:
        if lead.next_on > today + timedelta(days=2) or dice.random() < 0.6:
            continue
        if lead.stage == Lead.Stage.NEW:
            moves.call(lead, actor=lead.owner)
        else:
            to = dice.choice(["interview", "waiting", "declined", "contacted", "ended"])
            moves.step(lead, to=to, on=None, actor=lead.owner)


def _check(today: date) -> int:
    """The promise of the day, for everyone who is open."""
    broken = 0
    for lead in Lead.objects.open():
        assert lead.owner_id
        assert lead.next_step
        assert lead.next_on
        if lead.stage != Lead.Stage.NEW:
            continue
        if lead.apologised_at:
            broken += 1
        if lead.promised_on < today and workdays.is_working_day(today):
            # Apologised for once already; then the chair knows.
            assert lead.apologised_at
            if lead.alarm_on < today:
                assert lead.chair_told_at
    return broken
