"""Måndagskoll: the list, the three buttons, regret, and two at the same time."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import deliver_due
from privacy.models import AccessLog
from tests.doors import log_in
from tests.factories import LeadFactory, RoleFactory, UserFactory, days_away
from volunteers.models import Lead, LeadMove
from volunteers.services import monday, moves

pytestmark = pytest.mark.django_db
LIST = "/samordning/"


def url(lead: Lead, name: str = "lead") -> str:
    return reverse(f"volunteers:{name}", args=[lead.reference])


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def write(phone: Client, lead: Lead, mall: str = "first", **typed):
    data = {"version": lead.version, "subject": "Hej från Anna", "text": "Hej! Vill du prata?"}
    return phone.post(f"{url(lead, 'write')}?mall={mall}", data | typed)


def test_who_has_waited_longest_comes_first(phone, anna):
    LeadFactory(owner=anna, name="Senast", created_at=days_away(-2))
    LeadFactory(owner=anna, name="Längst", created_at=days_away(-9))
    text = text_of(phone.get(LIST))
    assert text.index("Längst") < text.index("Senast")


def test_each_stands_in_the_group_where_the_next_word_is(anna):
    today = timezone.localdate()
    groups = {
        "fresh": LeadFactory(
            promised_on=today + timedelta(days=3), alarm_on=today + timedelta(days=6),
            next_on=today + timedelta(days=3),
        ),
        "half": LeadFactory(created_at=days_away(-3), promised_on=today + timedelta(days=1)),
        "due": LeadFactory(stage="contacted", next_on=today),
        "theirs": LeadFactory(stage="contacted"),
        "rests": LeadFactory(stage="waiting", next_on=today + timedelta(days=60)),
        "well": LeadFactory(stage="active", next_on=today + timedelta(days=60)),
    }  # fmt: skip
    assert {name: monday.group_of(lead, today) for name, lead in groups.items()} == {
        "fresh": "week", "half": "today", "due": "today", "theirs": "theirs", "rests": "rests",
        "well": "",
    }  # fmt: skip


def test_the_numbers_are_told_in_words(phone, anna):
    today = timezone.localdate()
    LeadFactory(owner=anna, created_at=days_away(-6), promised_on=today - timedelta(days=2),
                next_on=today - timedelta(days=2), alarm_on=today)  # fmt: skip
    LeadFactory.create_batch(2, owner=anna)
    LeadFactory(owner=anna, stage="contacted", created_at=days_away(-4),
                answered_at=days_away(-2.4))  # fmt: skip
    assert "3 väntar på dig. 1 är sen. Svarstid i snitt: 1,6 dagar." in text_of(phone.get(LIST))


def test_an_empty_list_says_well_done(phone):
    text = text_of(phone.get(LIST))
    assert "Ingen väntar på dig. Bra jobbat." in text
    assert text.count("Inget här. Bra jobbat.") == 4


def test_the_list_asks_as_many_questions_with_three_as_with_three_hundred(phone, anna):
    role = RoleFactory()

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert phone.get(LIST).status_code == 200
        return len(asked)

    for lead in LeadFactory.create_batch(3, owner=anna):
        lead.interests.add(role)
    phone.get(LIST)
    with_three = questions()
    for lead in LeadFactory.create_batch(297, owner=anna):
        lead.interests.add(role)
    assert questions() == with_three


def test_no_list_reads_what_somebody_told(phone, anna):
    LeadFactory(owner=anna, message="Kanariefågel")
    with CaptureQueriesContext(connection) as asked:
        page = phone.get(LIST).content.decode()
    assert "Kanarie" not in page
    assert [one for one in asked if '"volunteers_lead"."message"' in one["sql"]] == []


def test_opening_somebody_shows_what_they_told_and_is_noted(phone, anna):
    lead = LeadFactory(owner=anna, message="Jag bakar gärna")
    assert "Jag bakar gärna" in text_of(phone.get(url(lead)))
    row = AccessLog.objects.get(about="volunteers.Lead")
    assert (row.actor, row.reference) == (anna, str(lead.reference))


def test_a_letter_moves_the_card_and_waits_a_minute(phone, anna):
    lead = LeadFactory(owner=anna, name="Kim")
    assert write(phone, lead).status_code == 303
    lead.refresh_from_db()
    letter = Letter.objects.get(kind="volunteer_written")
    assert (lead.stage, lead.next_on) == ("contacted", timezone.localdate() + timedelta(days=7))
    assert letter.due_at - letter.created_at >= timedelta(seconds=59)
    assert deliver_due() == 0
    assert "Mejlet till Kim går om en liten stund." in text_of(phone.get(LIST))


def test_the_letter_that_leaves_is_what_she_wrote_from_her(phone, anna):
    lead = LeadFactory(owner=anna)
    write(phone, lead, text="Hej du!\n\n{{ 7|add:7 }} {% now %} <b>x</b>")
    Letter.objects.update(due_at=timezone.now())
    deliver_due()
    sent = next(one for one in mail.outbox if one.to == [lead.email])
    assert (sent.subject, sent.reply_to) == ("Hej från Anna", [anna.email])
    assert "{{ 7|add:7 }} {% now %} <b>x</b>" in sent.body
    assert "&lt;b&gt;x&lt;/b&gt;" in sent.alternatives[0][0]


def test_a_regretted_letter_never_leaves_and_leaves_the_plan_as_it_was(phone, anna):
    lead = LeadFactory(owner=anna)
    write(phone, lead)
    move = LeadMove.objects.get(what="letter")
    phone.post(reverse("volunteers:regret", args=[move.pk]))
    lead.refresh_from_db()
    assert (lead.stage, lead.next_step, lead.answered_at) == ("new", "answer", None)
    assert lead.next_on == timezone.localdate() + timedelta(days=1)
    Letter.objects.update(due_at=timezone.now())
    deliver_due()
    assert [one for one in mail.outbox if one.to == [lead.email]] == []


def test_a_letter_that_has_left_cannot_be_regretted(phone, anna):
    lead = LeadFactory(owner=anna)
    write(phone, lead)
    Letter.objects.update(due_at=timezone.now())
    deliver_due()
    phone.post(reverse("volunteers:regret", args=[LeadMove.objects.get().pk]))
    assert "Mejlet har redan gått." in text_of(phone.get(LIST))
    assert Lead.objects.get().stage == "contacted"


def test_nobody_regrets_the_letter_of_another(client, anna):
    lead = LeadFactory(owner=anna)
    write(log_in(client, anna), lead)
    other = log_in(Client(), UserFactory(role="samordnare"))
    move = LeadMove.objects.get(what="letter")
    assert other.post(reverse("volunteers:regret", args=[move.pk])).status_code == 404


def test_a_subject_about_health_is_asked_to_be_changed(phone, anna):
    lead = LeadFactory(owner=anna)
    answer = write(phone, lead, subject="Din depression")
    assert answer.status_code == 422
    assert "kan säga något om hälsa" in text_of(answer)


def test_letters_begin_with_the_coordinators_own_words(phone, anna):
    fika, kim = RoleFactory(name="Fikavärd"), LeadFactory(owner=anna, name="Kim {jag}")
    kim.interests.add(fika)
    page = "/samordning/mallar/first/"
    assert "Hej {namn}!" in text_of(phone.get(page))
    own = {"subject": "{jag} hälsar", "text": "Tjena {namn}!\n\nDu ville: {uppdrag}. {{ 7*7 }}"}
    assert phone.post(page, own | {"subject": "Din depression"}).status_code == 422
    assert phone.post(page, own).status_code == 303
    begins = text_of(phone.get(url(kim, "write")))
    assert "Tjena Kim {jag}! Du ville: fikavärd. {{ 7*7 }}" in begins
    assert 'value="Anna hälsar"' in phone.get(url(kim, "write")).content.decode()
    nobody = text_of(phone.get(url(LeadFactory(owner=anna, name="x@y.se"), "write")))
    assert "Tjena! Du ville: att hjälpa till." in nobody
    assert text_of(phone.get("/samordning/mallar/")).count("egna ord") == 1
    phone.post(page, {"do": "as-before"})
    assert "Tack för att du vill hjälpa till." in text_of(phone.get(url(kim, "write")))
    assert phone.get("/samordning/mallar/annan/").status_code == 404


def test_a_call_is_a_contact(phone, anna):
    lead = LeadFactory(owner=anna)
    phone.post(url(lead, "called"), {"version": lead.version, "from": "list"})
    lead.refresh_from_db()
    assert (lead.stage, lead.next_on) == ("contacted", timezone.localdate() + timedelta(days=7))
    assert lead.answered_at is not None
    move = lead.moves.get()
    assert (move.what, move.actor, move.from_stage, move.to_stage) == (
        "call", anna, "new", "contacted",
    )  # fmt: skip


def test_the_next_step_takes_a_stage_a_day_and_a_secret_note(phone, anna):
    lead = LeadFactory(owner=anna, stage="contacted")
    day = timezone.localdate() + timedelta(days=40)
    data = {"version": 1, "stage": "waiting", "when": "day", "day": day.isoformat(), "note": "Ring"}
    assert phone.post(url(lead, "step"), data).status_code == 303
    lead.refresh_from_db()
    assert (lead.stage, lead.next_step, lead.next_on) == ("waiting", "ask_again", day)
    assert lead.moves.get().note == "Ring"
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM volunteers_leadmove")
        assert "Ring" not in cursor.fetchone()[0]


def test_a_closed_lead_owes_nobody_a_step(phone, anna):
    lead = LeadFactory(owner=anna)
    phone.post(url(lead, "step"), {"version": 1, "stage": "declined", "when": "plan"})
    lead.refresh_from_db()
    assert (lead.stage, lead.next_step, lead.next_on) == ("declined", "", None)


def test_who_saw_an_older_page_is_told_that_somebody_was_faster(phone, anna):
    lead = LeadFactory(owner=anna)
    old = lead.version
    moves.call(lead, actor=UserFactory(role="samordnare"))
    phone.post(url(lead, "called"), {"version": old})
    assert "Någon hann före. Så här ser det ut nu." in text_of(phone.get(url(lead)))
    assert lead.moves.count() == 1


def test_the_same_mailbox_twice_is_shown_and_never_merged(phone, anna):
    first = LeadFactory(owner=anna, email="kim@exempel.se", name="Kim")
    LeadFactory(owner=anna, email="kim@exempel.se", name="Kim L")
    assert text_of(phone.get(LIST)).count("har hört av sig mer än en gång") == 2
    assert "Kim L" in text_of(phone.get(url(first)))
    assert Lead.objects.count() == 2


def test_the_board_shows_the_same_people_in_columns(phone, anna):
    LeadFactory(owner=anna, name="Nykomling")
    LeadFactory(owner=anna, name="Provar", stage="onboarding")
    text = text_of(phone.get("/samordning/tavla/"))
    assert text.index("Ny (1)") < text.index("Nykomling") < text.index("Provar")
    assert text.count("Nästa steg…") == 2


def test_a_colleague_sees_everybodys_and_one_own(phone, anna):
    LeadFactory(owner=anna, name="Min")
    LeadFactory(name="Nån annans")
    assert "Nån annans" not in text_of(phone.get(LIST))
    assert "Nån annans" in text_of(phone.get(f"{LIST}?vems=alla"))


def test_a_treasurer_does_not_know_that_the_page_exists(client):
    browser = log_in(client, UserFactory(role="kassor"))
    assert browser.get(LIST).status_code == 404
    assert browser.get(url(LeadFactory())).status_code == 404
