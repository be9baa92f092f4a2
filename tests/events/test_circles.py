from datetime import date, timedelta

import pytest
from django.utils import timezone

from events.models import Attendance, AttendanceSheet, Circle, CircleRules, Form
from events.services.circles import standing, standings, word_to_leader
from events.study import Rules
from tests.events.study.making import CULTURE, OTHER
from tests.factories import CircleFactory, RegistrationFactory, days_away, tick

pytestmark = pytest.mark.django_db


def running(met, **more):
    """Three times a week apart, so long ago that `met` of them have been."""
    start = timezone.now() - timedelta(weeks=met) + timedelta(days=1)
    year = Circle.Season.AUTUMN, start.year
    return CircleFactory(
        starts_at=start, leader=True, people=2, met=met, season=year[0], year=year[1], **more
    )


@pytest.fixture(autouse=True)
def any_year(monkeypatch):
    """These circles may go over the new year; that rule has its own tests."""
    CircleRules.objects.update(within_a_year=False)


def test_the_rows_of_today_hold_the_figures_of_the_domain():
    def figures(form):
        return CircleRules.objects.of(form, date(2026, 11, 1)).figures

    CircleRules.objects.filter(form="circle").update(within_a_year=True)
    assert figures(Form.CIRCLE) == Rules()
    assert figures(Form.OTHER) == Rules(**vars(OTHER) | {"within_a_year": False})
    culture = figures(Form.CULTURE)
    assert (culture.named, culture.shortest_meeting, culture.present_at_least) == (
        CULTURE.named, CULTURE.shortest_meeting, CULTURE.present_at_least,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("met", "said"),
    [
        (0, "Tre möten till så räknas cirkeln."),
        (1, "Två möten till så räknas cirkeln."),
        (2, "Ett möte till så räknas cirkeln."),
        (3, "Cirkeln räknas."),
    ],
)
def test_the_leader_reads_how_many_meetings_are_left(met, said):
    circle = running(met)
    assert word_to_leader(circle.event, now=timezone.now())[0] == said


def test_what_no_meeting_mends_is_said_first():
    circle = running(2, approved_on=None)
    words = word_to_leader(circle.event, now=timezone.now())
    assert words[0] == "Studieförbundet har inte godkänt cirkeln än."


def test_nothing_is_said_of_what_is_not_reported():
    circle = running(1, form=Form.NONE)
    assert word_to_leader(circle.event, now=timezone.now()) == []
    assert standing(circle).headline == "Rapporteras inte."


def test_an_empty_term_says_what_to_plan():
    circle = CircleFactory(event__times=0, approved_on=None, reference="")
    found = standing(circle)
    assert found.headline == "Studieförbundet har inte godkänt cirkeln än."
    assert found.missing == [
        "Cirkeln har ingen ledare än.",
        "Planera tre möten till, annars räknas inte cirkeln.",
        "Planera nio studietimmar till, annars räknas inte cirkeln.",
        "Det behövs tre personer till, ledaren inräknad.",
        "Arbetsplanen saknas.",
        "Numret hos studieförbundet saknas.",
    ]


def test_a_cancelled_time_is_no_meeting():
    circle = running(2)
    last = circle.event.occasions.order_by("starts_at").last()
    last.cancelled_at = timezone.now()
    last.save(update_fields=["cancelled_at"])
    words = word_to_leader(circle.event, now=timezone.now())
    assert words[0] == "Planera ett möte till, annars räknas inte cirkeln."


def test_typed_hours_are_those_that_are_judged():
    circle = running(3)
    sheet = AttendanceSheet.objects.earliest("starts_at")
    by_clock = standing(circle).verdict.hours
    AttendanceSheet.objects.filter(pk=sheet.pk).update(typed_hours=1)
    assert standing(circle).verdict.hours == by_clock - 2
    AttendanceSheet.objects.filter(pk=sheet.pk).update(typed_hours=4)
    said = " ".join(standing(circle).missing)
    assert "har 4 studietimmar, men tiden räcker till 3" in said


def test_a_time_that_was_saved_and_then_taken_out_of_the_plan_has_been():
    circle = running(3)
    circle.event.occasions.order_by("starts_at").first().delete()
    assert standing(circle).headline == "Cirkeln räknas."


def test_who_came_without_a_place_fills_the_room_but_is_no_participant():
    circle = running(2)
    tick(circle, circle.event.occasions.order_by("starts_at").last())
    gone = circle.event.registrations.first()
    Attendance.objects.filter(registration=gone, sheet__event=circle.event).delete()
    verdict = standing(circle).verdict
    assert (verdict.meetings, len(verdict.approved)) == (0, 0)


def test_one_who_left_after_three_times_still_counts():
    circle = running(3)
    circle.event.registrations.update(state="cancelled")
    assert standing(circle).headline == "Cirkeln räknas."


def test_the_rules_are_those_of_the_day_when_the_circle_began():
    old, new = running(3), CircleFactory(starts_at=days_away(20), leader=True, people=2)
    CircleRules.objects.create(
        **{name: value for name, value in vars(Rules()).items() if name != "named"}
        | {"form": "circle", "valid_from": timezone.localdate() + timedelta(days=5)}
        | {"meetings_at_least": 4, "within_a_year": False}
    )
    assert standing(old).headline == "Cirkeln räknas."
    assert standing(new).rules.meetings_at_least == 4
    assert standing(new).headline == "Planera ett möte till, annars räknas inte cirkeln."


def test_many_circles_ask_no_more_than_one(django_assert_num_queries):
    running(2)
    with django_assert_num_queries(8):
        standings(Circle.objects.select_related("event"), timezone.now())
    running(1)
    RegistrationFactory(event=Circle.objects.latest("pk").event)
    with django_assert_num_queries(8):
        [
            found.headline
            for found in standings(Circle.objects.select_related("event"), timezone.now())
        ]
