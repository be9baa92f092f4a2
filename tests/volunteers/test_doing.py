"""From the form to active, shifts, pause, promise, course and thanks."""

import re
import threading
import uuid
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import deliver_due
from tests.factories import LeadFactory, RoleFactory, ShiftFactory, days_away
from volunteers.emails.leads import link
from volunteers.models import Lead, SupervisionMeeting, Training
from volunteers.services import assignments, crews, figures, moves, pauses, readiness

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def own(lead: Lead, where: str = "") -> str:
    return link(lead).split("testserver")[1] + where


def active(role=None, **more) -> Lead:
    """Somebody who is active in a role."""
    lead = LeadFactory(stage="active", **more)
    assignments.give_role(lead, role or RoleFactory(needs_mentor=False))
    return lead


def test_from_the_form_to_active_to_a_pause_and_back(client, phone, anna):
    """Two browsers: `phone` is Anna's, the other is Kim's."""
    kim, fika = Client(), RoleFactory(name="Fikavärd", slug="fika")
    course = Training.objects.create(name="Balansmodellen", valid_months=36)
    fika.trainings.add(course)
    mentor = LeadFactory(stage="active", name="Alex")
    kim.post("/engagera-dig/anmalan/", {
        "submission": str(uuid.uuid4()), "name": "Kim", "email": "kim@exempel.se",
        "interests": ["fika"], "consent": "on",
    })  # fmt: skip
    lead = Lead.objects.get(name="Kim")
    page = reverse("volunteers:lead_roles", args=[lead.reference])
    step = reverse("volunteers:step", args=[lead.reference])

    def now_active(code: int) -> str:
        lead.refresh_from_db()
        answer = phone.post(step, {"version": lead.version, "stage": "active", "when": "plan"})
        assert answer.status_code == code
        return text_of(answer)

    assert "Ett uppdrag är valt" in now_active(422)
    phone.post(page, {"do": "give", "role": fika.pk})
    one = lead.assignments.get()
    phone.post(step, {"version": lead.version, "stage": "onboarding", "when": "plan"})
    assert "Läs överenskommelsen" in text_of(kim.get(own(lead)))
    kim.post(own(lead, "overenskommelse/"))
    assert "Har gått Balansmodellen" in now_active(422)
    phone.post(page, {"do": "training", "training": course.pk, "done_on": "2026-01-31"})
    assert "Har en fadder som fikavärd" in now_active(422)
    phone.post(page, {"do": "mentor", "assignment": one.pk, "mentor": mentor.pk})
    now_active(303)
    assert "Du är volontär hos oss." in text_of(kim.get(own(lead)))

    shift = ShiftFactory(role=fika)
    kim.post(own(lead, "pass/"), {"shift": shift.pk, "do": "take"})
    assert [one.pk for one in crews.of(lead)] == [shift.pk]
    kim.post(own(lead, "pausa/"), {"for": "1"})
    lead.refresh_from_db()
    until = timezone.localdate() + timedelta(days=30)
    assert (lead.stage, lead.paused_until, crews.of(lead)) == ("paused", until, [])
    assert Letter.objects.filter(kind="staff_volunteer_paused", to=anna.email).count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        pauses.end_due()
    lead.refresh_from_db()
    assert (lead.stage, lead.paused_until) == ("active", None)


def test_the_own_page_says_where_things_stand_in_every_stage(client, anna):
    words = {
        "new": "Vi har fått din anmälan. Anna hör av sig senast",
        "contacted": "Vi har hört av oss.",
        "interview": "Vi pratas vid.",
        "waiting": "Vi väntar, som vi sa.",
        "onboarding": "Du är på väg in.",
        "active": "Du är volontär hos oss.",
        "paused": "Du har paus tills du säger till.",
        "ended": "Tack för allt du har gjort.",
        "declined": "Det säger inget om dig.",
    }
    for stage, said in words.items():
        lead = LeadFactory(owner=anna, stage=stage)
        assert said in text_of(client.get(own(lead))), stage


def test_looking_at_every_page_behind_the_link_changes_nothing(client, anna):
    lead = active(owner=anna)
    before = Lead.objects.values().get(pk=lead.pk)
    token = own(lead)
    for where in ("", "andra/", "uppgifter/", "ta-bort/", "overenskommelse/", "pausa/", "tid/"):
        answer = client.get(token + where)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")
    assert Lead.objects.values().get(pk=lead.pk) == before


def test_what_was_written_can_be_changed_and_taken_back(client, anna):
    lead = LeadFactory(owner=anna, name="Kim", message="Först")
    client.post(own(lead, "andra/"), {"name": "Kim Ny", "message": "Sedan", "phone": "0701234567"})
    lead.refresh_from_db()
    assert (lead.name, lead.message, lead.stage) == ("Kim Ny", "Sedan", "new")
    assert "Sedan" in text_of(client.get(own(lead, "uppgifter/")))
    door = own(lead)
    client.post(f"{door}ta-bort/")
    lead.refresh_from_db()
    assert (lead.name, lead.email, lead.message, lead.stage) == ("", "", "", "ended")
    assert client.get(door).status_code == 404


def test_a_time_for_a_talk_is_picked_by_one_press(client, anna):
    lead = LeadFactory(owner=anna, stage="contacted")
    times = [
        lead.talk_times.create(starts_at=days_away(number), offered_at=timezone.now())
        for number in (2, 3)
    ]
    client.post(own(lead), {"time": times[1].pk})
    lead.refresh_from_db()
    assert (lead.stage, lead.next_on) == ("interview", timezone.localdate(times[1].starts_at))
    assert "Du och Anna ska pratas vid" in text_of(client.get(own(lead)))


def test_when_no_time_suits_it_is_our_turn_again(client, anna):
    lead = LeadFactory(owner=anna, stage="contacted")
    lead.talk_times.create(starts_at=days_away(2), offered_at=timezone.now())
    client.post(own(lead), {"time": "none"})
    lead.refresh_from_db()
    assert (lead.next_on, lead.talk_times.count()) == (
        timezone.localdate() + timedelta(days=1), 0,
    )  # fmt: skip


def test_a_course_that_has_run_out_is_asked_for_again():
    role = RoleFactory(needs_mentor=False)
    course = Training.objects.create(name="HLR", valid_months=12)
    role.trainings.add(course)
    lead = LeadFactory(stage="onboarding")
    assignments.give_role(lead, role)
    assignments.agree(lead)
    record = assignments.note_training(lead, course, date(2026, 1, 31))
    assert record.valid_until == date(2027, 1, 31)
    left = [item.text for item in readiness.checklist(lead, date(2027, 1, 31)) if not item.is_done]
    assert left == []
    left = [item.text for item in readiness.checklist(lead, date(2027, 2, 1)) if not item.is_done]
    assert left == ["Har gått HLR"]


def test_only_a_role_with_minors_asks_for_an_extract_and_only_the_day_is_kept():
    lead = LeadFactory(stage="onboarding")
    one = assignments.give_role(lead, RoleFactory(needs_mentor=False, meets_minors=True))
    assignments.agree(lead)
    assert readiness.missing(lead) == ["Har visat registerutdrag"]
    assignments.note_extract(one, timezone.localdate())
    assert readiness.missing(lead) == []


def test_nobody_becomes_active_past_the_list():
    lead = LeadFactory(stage="onboarding")
    with pytest.raises(readiness.NotReady):
        moves.step(lead, to="active", on=None, actor=lead.owner)
    lead.refresh_from_db()
    assert lead.stage == "onboarding"


def test_who_cannot_come_says_so_with_one_press_and_the_others_are_asked(client):
    role = RoleFactory(needs_mentor=False)
    kim, bo, ute = active(role), active(role), active()
    shift = ShiftFactory(role=role, min_crew=1)
    crews.take(shift, kim)
    client.post(own(kim, "pass/"), {"shift": shift.pk, "do": "give-back"})
    asked = Letter.objects.filter(kind="shift_stand_in")
    assert [letter.to for letter in asked] == [bo.email]
    assert ute.email not in [letter.to for letter in asked]
    client.post(own(bo, "pass/"), {"shift": shift.pk, "do": "take"})
    shift.refresh_from_db()
    assert (shift.searching_since, [one.pk for one in crews.of(bo)]) == (None, [shift.pk])
    Letter.objects.update(due_at=timezone.now())
    deliver_due()
    assert Letter.objects.get(kind="shift_stand_in").state == "skipped"


def test_two_shifts_at_the_same_time_are_asked_about(client):
    role = RoleFactory(needs_mentor=False)
    kim, first = active(role), ShiftFactory(role=role)
    second = ShiftFactory(role=role, starts_at=first.starts_at + timedelta(hours=1))
    crews.take(first, kim)
    answer = client.post(own(kim, "pass/"), {"shift": second.pk, "do": "take"})
    assert answer.status_code == 422
    assert "Du har redan ett pass då" in text_of(answer)
    client.post(own(kim, "pass/"), {"shift": second.pk, "do": "take-both"})
    assert len(crews.of(kim)) == 2


def test_only_who_is_active_in_the_role_takes_a_shift(client):
    kim, shift = active(), ShiftFactory()
    assert client.post(own(kim, "pass/"), {"shift": shift.pk, "do": "take"}).status_code == 422
    assert shift.crew.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_place_at_once_one_has_it():
    role = RoleFactory(needs_mentor=False)
    people = [active(role), active(role)]
    shift = ShiftFactory(role=role, max_crew=1)
    gate, told = threading.Barrier(2), []

    def press(lead) -> None:
        try:
            gate.wait()
            crews.take(shift, lead)
            told.append("has it")
        except crews.ShiftFull:
            told.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[lead]) for lead in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["has it", "too late"]
    assert shift.crew.there().count() == 1


def test_the_day_before_everyone_who_comes_is_reminded_once():
    role = RoleFactory(needs_mentor=False)
    kim = active(role)
    shift = ShiftFactory(role=role)
    crews.take(shift, kim)
    day_before = timezone.localtime(shift.starts_at) - timedelta(days=1)
    with time_machine.travel(day_before.replace(hour=11), tick=False):
        assert [crews.remind_due(), crews.remind_due()] == [1, 0]
        deliver_due()
    assert Letter.objects.get(kind="shift_reminder").state == "sent"


def test_the_same_time_on_many_weeks_keeps_the_clock_on_the_wall():
    first = ShiftFactory.build(
        role=RoleFactory(),
        starts_at=timezone.make_aware(datetime(2027, 3, 23, 13)),
        ends_at=timezone.make_aware(datetime(2027, 3, 23, 14)),
    )
    made = crews.lay_out(first, weeks=3)
    assert [timezone.localtime(one.starts_at).hour for one in made] == [13, 13, 13]


def test_a_pause_of_a_month_frees_only_the_shifts_of_that_month():
    role = RoleFactory(needs_mentor=False)
    kim = active(role)
    soon, later = ShiftFactory(role=role), ShiftFactory(role=role, starts_at=days_away(50))
    crews.take(soon, kim)
    crews.take(later, kim)
    pauses.pause(kim, until=timezone.localdate() + timedelta(days=30))
    assert [one.pk for one in crews.of(kim)] == [later.pk]


def test_who_pauses_is_asked_a_week_before_and_only_once():
    kim = active()
    pauses.pause(kim, until=timezone.localdate() + timedelta(days=5))
    pauses.end_due()
    pauses.end_due()
    assert Letter.objects.filter(kind="volunteer_pause_end").count() == 1


def test_a_declined_lead_has_no_roles_and_no_shifts_left():
    role = RoleFactory(needs_mentor=False)
    kim, shift = active(role), ShiftFactory(role=role)
    crews.take(shift, kim)
    moves.step(kim, to="ended", on=None, actor=kim.owner)
    assert (crews.of(kim), kim.assignments.current().count()) == ([], 0)


def test_what_we_know_tells_the_time_on_the_wall(client):
    role = RoleFactory(name="Fikavärd", needs_mentor=False)
    kim = active(role)
    begins = timezone.make_aware(datetime(timezone.localdate().year + 1, 2, 3, 17))
    crews.take(ShiftFactory(role=role, starts_at=begins), kim)
    assert f"Fikavärd {begins:%Y}-02-03 17:00" in text_of(client.get(own(kim, "uppgifter/")))


def test_at_the_end_there_is_a_paper(client):
    kim = active(name="Kim = #emph[x]")
    answer = client.get(own(kim, "intyg/"))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.get(own(LeadFactory(), "intyg/")).status_code == 404


def test_time_is_told_only_by_who_likes_to_and_feeds_the_statistics(client):
    kim, today = active(), timezone.localdate()
    client.post(own(kim, "tid/"), {"day": today.isoformat(), "hours": "1,5"})
    assert figures.minutes_told(today, today) == 90
    wrong = client.post(own(kim, "tid/"), {"day": "3000-01-01", "hours": "99"})
    assert wrong.status_code == 422


def test_who_was_at_a_supervision_meeting_is_ticked_on_the_phone(phone):
    kim, bo = active(name="Kim"), active(name="Bo")
    day = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT18:00")
    phone.post("/samordning/handledning/", {"starts_at": day, "ends": "19:30", "topic": "Gränser"})
    assert "Närvaron är inte noterad än." in text_of(phone.get("/samordning/handledning/"))
    kim.refresh_from_db()
    meeting = SupervisionMeeting.objects.get()
    phone.post(f"/samordning/handledning/{meeting.pk}/", {"present": [kim.pk]})
    assert list(meeting.present.all()) == [kim]
    assert "1 var där." in text_of(phone.get("/samordning/handledning/"))
    assert bo.supervision.count() == 0


def test_the_office_lays_out_shifts_and_calls_one_off(phone):
    role = RoleFactory(needs_mentor=False)
    start = (timezone.localtime() + timedelta(days=4)).strftime("%Y-%m-%dT13:00")
    phone.post("/samordning/pass/", {
        "role": role.pk, "starts_at": start, "ends": "14:00", "weeks": 2, "min_crew": 1,
        "max_crew": 2,
    })  # fmt: skip
    first, second = role.shifts.order_by("starts_at")
    kim = active(role, name="Kim")
    crews.take(first, kim)
    assert "Kim kan inte" in text_of(phone.get("/samordning/pass/"))
    phone.post(f"/samordning/pass/{first.pk}/", {"do": "cancel"})
    assert Letter.objects.filter(kind="shift_cancelled", to=kim.email).count() == 1
    assert list(crews.short_of_people(timezone.now())) == [second]
