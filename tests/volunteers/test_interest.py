"""Somebody wants to help: the form, the promised day, the letter, and what nobody may see."""

import uuid
from datetime import date, datetime, timedelta
from email.header import decode_header, make_header

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import deliver_due
from members.models import User
from tests.factories import LeadFactory, RoleFactory, UserFactory
from volunteers.models import Absence, Lead
from volunteers.services import intake, who

pytestmark = pytest.mark.django_db
FORM = "/engagera-dig/anmalan/"
# Monday morning, in Swedish time.
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+01:00")
SECRET = "Kanariefågeln sjunger"


def typed(**more):
    return {
        "submission": str(uuid.uuid4()),
        "name": "Kim",
        "email": "kim@exempel.se",
        "consent": "on",
    } | more


def letter_to(address: str) -> str:
    return next(f"{one.subject}\n{one.body}" for one in mail.outbox if one.to == [address])


def test_name_address_and_a_yes_are_enough(client, anna):
    with time_machine.travel(MONDAY, tick=False):
        answer = client.post(FORM, typed())
        page = client.get(answer["Location"]).content.decode()
    lead = Lead.objects.get()
    assert (answer.status_code, lead.stage, lead.owner) == (303, "new", anna)
    assert (lead.next_step, lead.next_on, lead.promised_on) == (
        "answer", date(2026, 11, 26), date(2026, 11, 26),
    )  # fmt: skip
    assert "Tack, Kim!" in page
    assert "Anna, vår volontärsamordnare, hör av sig till dig" in page
    assert "26 november 2026" in page.replace("\u00a0", " ")


def test_the_letter_promises_the_same_day_and_its_answer_goes_to_the_coordinator(client, anna):
    with time_machine.travel(MONDAY, tick=False):
        client.post(FORM, typed())
        deliver_due()
    thanks = next(one for one in mail.outbox if one.to == ["kim@exempel.se"])
    assert thanks.subject == "Tack för att du hörde av dig"
    assert "senast torsdag 26 november 2026" in " ".join(thanks.body.split())
    assert thanks.reply_to == [anna.email]
    assert "Anna" in str(make_header(decode_header(thanks.from_email)))


def test_the_coordinator_is_told_without_a_name(client, anna):
    with time_machine.travel(MONDAY, tick=False):
        client.post(FORM, typed(message=SECRET, name="Kim Kanarie"))
        deliver_due()
    told = letter_to(anna.email)
    assert told.startswith("Ny anmälan")
    assert "/samordning/" in told
    assert "Kim" not in told
    assert SECRET not in told


def test_an_empty_form_says_what_is_missing_and_keeps_what_was_typed(client, anna):
    answer = client.post(FORM, {"name": "Kim", "message": "Hej hopp"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv din e-post" in page
    assert "Kryssa i rutan om vi får spara dina uppgifter" in page
    assert "Hej hopp" in page
    assert Lead.objects.count() == 0


def test_everything_may_be_told(client, anna):
    fika = RoleFactory(name="Fikavärd", slug="fikavard")
    client.post(
        FORM,
        typed(
            interests=["fikavard", "vet-inte"], pace="weekly", contact_by="phone",
            phone="070 - 123 45 67", good_time="kvällar", message=SECRET,
        ),
    )  # fmt: skip
    lead = Lead.objects.get()
    assert list(lead.interests.all()) == [fika]
    assert (lead.is_unsure, lead.pace, lead.contact_by, lead.phone, lead.message) == (
        True, "weekly", "phone", "070 - 123 45 67", SECRET,
    )  # fmt: skip


@pytest.mark.parametrize("number", ["0701234567", "+46 70 123 45 67", "08-12 34 56", "070/1234567"])
def test_telephone_numbers_are_taken_as_people_write_them(client, anna, number):
    client.post(FORM, typed(contact_by="sms", phone=number))
    assert Lead.objects.get().phone == number


def test_who_wants_a_call_is_asked_for_a_number(client, anna):
    answer = client.post(FORM, typed(contact_by="phone"))
    assert answer.status_code == 422
    assert "Skriv ditt nummer, så att vi kan nå dig" in answer.content.decode()


def test_a_long_text_is_told_how_much_too_long_it_is(client, anna):
    answer = client.post(FORM, typed(message="x" * 1003))
    assert answer.status_code == 422
    assert "Ta bort 3 tecken" in answer.content.decode()


def test_a_robot_that_fills_in_everything_is_refused(client, anna):
    answer = client.post(FORM, typed(website="https://spam.example"))
    assert (answer.status_code, Lead.objects.count()) == (422, 0)


def test_the_same_press_twice_is_one_lead(client, anna):
    same = typed()
    first, second = client.post(FORM, same), client.post(FORM, same)
    assert first["Location"] == second["Location"]
    assert (Lead.objects.count(), Letter.objects.filter(kind="volunteer_received").count()) == (
        1,
        1,
    )


def test_a_wrong_address_is_corrected_on_the_page_after(client, anna):
    wrong = typed(email="kmi@exempel.se")
    client.post(FORM, wrong)
    client.post(FORM, wrong | {"email": "kim@exempel.se"})
    assert [lead.email for lead in Lead.objects.all()] == ["kim@exempel.se"]


def test_what_was_told_is_unreadable_in_the_database_and_in_no_letter(client, anna):
    client.post(FORM, typed(message=SECRET, good_time=SECRET))
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM volunteers_lead t")
        dump = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(row_to_json(t)::text, '') FROM mail_letter t")
        dump += cursor.fetchone()[0]
    assert "Kanarie" not in dump


def test_the_promised_day_moves_with_the_coordinators_absence(anna):
    Absence.objects.create(user=anna, from_on=date(2026, 11, 23), until_on=date(2026, 11, 25))
    with time_machine.travel(MONDAY, tick=False):
        promised = who.promise(date(2026, 11, 23))
    # Thursday, Friday and Monday are the three days on which Anna is here.
    assert (promised.owner, promised.answer_on) == (anna, date(2026, 11, 30))


def test_with_a_deputy_the_day_stays_and_the_deputy_answers(anna):
    bo = UserFactory(role="samordnare", first_name="Bo")
    Absence.objects.create(user=anna, from_on=date(2026, 11, 20), until_on=None, deputy=bo)
    promised = who.promise(date(2026, 11, 23))
    assert (promised.owner, promised.answer_on) == (bo, date(2026, 11, 26))


def test_nobody_waits_for_a_long_absence_without_a_deputy(anna):
    chair = UserFactory(role="styrelse", first_name="Olle")
    Absence.objects.create(user=anna, from_on=date(2026, 11, 1), until_on=date(2027, 3, 1))
    assert who.promise(date(2026, 11, 23)).owner == chair


def test_without_anybody_to_answer_the_form_says_where_to_write(client):
    User.objects.update(is_active=False)
    answer = client.post(FORM, typed())
    assert (answer.status_code, Lead.objects.count()) == (503, 0)
    assert "Skriv gärna till" in answer.content.decode()


@pytest.mark.parametrize("missing", ["owner", "next_on", "next_step"])
def test_the_database_refuses_an_open_lead_without_owner_or_next_step(missing):
    lead = LeadFactory()
    value = "" if missing == "next_step" else None
    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(**{missing: value})


def test_a_role_has_its_own_page_and_leads_to_the_form(client):
    role = RoleFactory(name="Promenadledare", slug="promenadledare", summary="Du går först.")
    page = client.get(role.get_absolute_url()).content.decode()
    assert "Du går först." in page
    form = client.get("/engagera-dig/anmalan/?uppdrag=promenadledare").content.decode()
    assert 'value="promenadledare" ' in form
    assert form.count("checked") == 1


def test_the_page_of_a_forgotten_lead_is_gone(client, anna):
    answer = client.post(FORM, typed())
    intake.Lead.objects.update(name="")
    assert client.get(answer["Location"]).status_code == 404


def test_late_at_night_the_coordinator_sleeps(client, anna):
    with time_machine.travel(MONDAY + timedelta(hours=13), tick=False):
        client.post(FORM, typed())
    due = timezone.localtime(Letter.objects.get(kind="staff_new_volunteer").due_at)
    assert (due.day, due.hour) == (24, 8)
