"""Chairs in councils: who sits where, until when, and what the board has heard."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from privacy.models import AccessLog, Consent
from privacy.services import erase_person, export_person, note_consent, weed
from tests.events.test_office_at_once import at_once
from tests.factories import UserFactory
from tests.volunteers.rooms import council, day, seat, sits
from volunteers.models import CouncilIssue, CouncilMeeting, Mandate, Seat
from volunteers.services import councils
from volunteers.services.coverage import coverage, representatives

pytestmark = pytest.mark.django_db


def test_nobody_is_appointed_to_a_chair_that_is_taken():
    chair = seat()
    sits(chair, -10, 100)
    for first, last in ((-10, 100), (100, 200), (50, 60), (-50, -10)):
        with pytest.raises(councils.ChairTaken):
            sits(chair, first, last)
    sits(chair, 101, 400)
    assert Mandate.objects.count() == 2


def test_the_database_too_refuses_two_in_one_chair():
    chair = seat()
    mandate = sits(chair, -10, 100)
    mandate.pk, mandate.consent = None, note_consent("mandates", at=timezone.now())
    with pytest.raises(IntegrityError, match="one_in_each_chair"), transaction.atomic():
        mandate.save(force_insert=True)


def test_nobody_is_appointed_to_a_chair_that_is_gone():
    with pytest.raises(councils.ChairClosed):
        sits(seat(closed_on=day(10)), 0, 30)
    with pytest.raises(councils.ChairClosed):
        sits(seat(council(closed_on=day(10))), 0, 30)


def test_a_chair_is_closed_when_nobody_sits_there():
    taken, empty = seat(), seat()
    sits(taken)
    with pytest.raises(councils.SomebodySitsThere):
        councils.close_seat(taken)
    assert councils.close_seat(empty).closed_on == timezone.localdate()


@pytest.mark.parametrize(("said", "last"), [(-100, -30), (0, 0), (900, 300)])
def test_who_leaves_early_leaves_within_the_term(said, last):
    mandate = councils.end(sits(seat()), last_on=day(said), actor=UserFactory())
    assert mandate.last_on == day(last)


def test_a_name_is_on_the_site_only_under_a_yes():
    actor, mandate = UserFactory(), sits(seat())
    today = timezone.localdate()
    assert representatives(today) == []
    councils.name_on_site(mandate, name="Kim", actor=actor)
    assert [one.public_name for one in representatives(today)] == ["Kim"]
    councils.name_on_site(mandate, name="", actor=actor)
    assert representatives(today) == []
    assert Consent.objects.get(text__purpose="mandates-public").withdrawn_at is not None


def test_another_name_on_the_site_is_another_yes():
    actor, mandate = UserFactory(), sits(seat())
    for name in ("Kim", "Kim", "Kim L"):
        councils.name_on_site(mandate, name=name, actor=actor)
    yeses = Consent.objects.filter(text__purpose="mandates-public").order_by("pk")
    assert [one.withdrawn_at is None for one in yeses] == [False, True]


def test_the_board_sees_where_we_sit_and_what_is_missing():
    now = timezone.now()
    full, empty, none = council("Full"), council("Tom"), council("Ingen")
    sits(seat(full), -300, 60)
    sits(seat(full, kind=Seat.Kind.DEPUTY))
    seat(empty)
    for of, days in ((full, 15), (full, 13), (empty, -3)):
        CouncilMeeting.objects.create(council=of, starts_at=now - timedelta(days=days))
    closed = council("Nedlagd", closed_on=day(0))
    found = coverage(now)
    rows = {row.council.name: row for row in found.rows}
    assert {
        name: (row.seated, row.vacant, row.ending, row.unreported) for name, row in rows.items()
    } == {"Full": (2, 0, 1, 1), "Tom": (0, 1, 0, 0), "Ingen": (0, 0, 0, 0)}
    assert not rows[none.name].has_seats
    assert (found.seated, found.vacant) == (2, 1)
    assert [one.name for one in found.without] == [closed.organisation.name]


def test_a_mandate_with_somebody_after_it_is_not_told_to_end():
    chair = seat()
    sits(chair, -300, 60)
    assert len(coverage(timezone.now()).ending) == 1
    sits(chair, 61, 400)
    assert coverage(timezone.now()).ending == []


def test_a_report_is_kept_where_nobody_reads_it_in_the_database():
    meeting = CouncilMeeting.objects.create(council=council(), starts_at=timezone.now())
    councils.report(meeting, text="Vi talade om kanariefågeln.", attended=[])
    with connection.cursor() as cursor:
        cursor.execute("SELECT report FROM volunteers_councilmeeting")
        assert "kanarie" not in cursor.fetchone()[0]
    assert "kanarie" in CouncilMeeting.objects.get().report


def test_an_answer_has_a_day_and_an_open_issue_has_none():
    issue = CouncilIssue(council=council(), title="Väntetid", raised_on=day(-30))
    issue.state, issue.answer = CouncilIssue.State.CHANGED, "Fler tider på kvällen."
    assert councils.follow_issue(issue).answered_on == timezone.localdate()
    issue.state = CouncilIssue.State.WORK
    assert councils.follow_issue(issue).answered_on is None


# --- forgetting ---------------------------------------------------------------------------------


def test_who_asks_to_be_forgotten_leaves_the_chair():
    chair = seat()
    sits(chair, -30, 300)
    sits(chair, 301, 400)
    sits(seat(), -900, -800)
    assert erase_person("Kim@exempel.se")["volunteers.Mandate"] == 3
    assert list(Mandate.objects.values_list("name", "email", "phone")) == [("", "", "")] * 2
    assert list(Seat.objects.vacant(timezone.localdate())) == list(Seat.objects.order_by("pk"))
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_two_years_after_the_mandate_nobody_is_named():
    sits(seat(), -1000, -731)
    sits(seat(), -1000, -729)
    assert weed(timezone.now())["volunteers.Mandate"] == 1
    assert sorted(Mandate.objects.values_list("name", flat=True)) == ["", "Kim Lind"]


def test_a_representative_is_handed_what_we_hold():
    chair = seat(council("Rådet"))
    sits(chair)
    (rows,) = [rows for name, rows in export_person("kim@exempel.se").items() if name == "mandat"]
    assert rows[0]["Uppdrag"] == str(chair)


def test_a_contact_at_the_clinic_can_object():
    row = council(contact_name="Pia", contact_email="pia@exempel.se")
    erase_person("pia@exempel.se")
    row.refresh_from_db()
    assert (row.contact_name, row.contact_email) == ("", "")


def test_every_change_is_in_the_access_log():
    actor = UserFactory()
    mandate = sits(seat(), by=actor)
    councils.name_on_site(mandate, name="Kim", actor=actor)
    councils.end(mandate, last_on=day(0), actor=actor)
    noted = AccessLog.objects.filter(actor=actor).order_by("pk").values_list("reason", flat=True)
    assert list(noted) == ["utsedd", "namn på webben", "slutar"]


@pytest.mark.django_db(transaction=True)
def test_two_who_fill_the_same_chair_at_once_fill_it_once():
    chair, anna, bo = seat(), UserFactory(), UserFactory()
    results = at_once(
        lambda: sits(chair, name="Kim", by=anna), lambda: sits(chair, name="Lo", by=bo)
    )
    assert results == ["ChairTaken", "done"]
    assert Mandate.objects.count() == 1
