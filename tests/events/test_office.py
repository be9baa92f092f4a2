"""What the office does for people, through the services."""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from events.models import Event, Registration
from events.services import office, places
from events.services.office import WhenFull
from events.services.registration import NoPlaceLeft, NoQueue
from mail.models import Letter
from mail.services.outbox import deliver_due
from members.models import User
from privacy.models import AccessLog, Consent
from privacy.services import erase_person
from tests.factories import EventFactory, RegistrationFactory, days_away

pytestmark = pytest.mark.django_db
State = Registration.State


def phone_in(event: Event, anna: User, **typed: Any) -> Registration:
    facts = {"name": "Kim", "email": "kim@exempel.se", "phone": ""}
    return office.register_by_phone(event, actor=anna, **(facts | typed))


def states(event: Event) -> dict[str, str]:
    return dict(event.registrations.order_by("id").values_list("name", "state"))


def kinds_of_letters() -> list[str]:
    return list(Letter.objects.order_by("created_at").values_list("kind", flat=True))


def noted() -> list[tuple[str, str, str]]:
    return list(AccessLog.objects.order_by("id").values_list("action", "reference", "reason"))


# --- by phone -----------------------------------------------------------------------------------


def test_who_phones_gets_a_place_a_letter_and_a_noted_yes(anna: User) -> None:
    event = EventFactory()
    row = phone_in(event, anna, phone=" 070-123 45 67 ")
    assert (row.state, row.source, row.phone) == (State.CONFIRMED, "office", "070-123 45 67")
    assert row.consent.channel == Consent.Channel.OFFICE
    assert kinds_of_letters() == ["event_confirmed"]
    assert noted() == [("change", f"{event.slug}#{row.pk}", "lade till per telefon")]


def test_who_has_no_mailbox_gets_a_place_and_no_letter(anna: User) -> None:
    event = EventFactory()
    first = phone_in(event, anna, name="Rut", email="", phone="08-1")
    second = phone_in(event, anna, name="Rut", email="", phone="08-2")
    assert states(event) == {"Rut": "confirmed"}
    assert first.person_key != second.person_key
    assert kinds_of_letters() == []


def test_when_it_is_full_the_office_is_asked_before_anything_happens(anna: User) -> None:
    event = EventFactory(capacity=1, full=True)
    with pytest.raises(NoPlaceLeft):
        phone_in(event, anna)
    assert event.registrations.count() == 1
    assert (kinds_of_letters(), noted()) == ([], [])


def test_the_office_may_put_somebody_in_the_queue(anna: User) -> None:
    event = EventFactory(capacity=1, with_queue=1)
    row = phone_in(event, anna, when_full=WhenFull.QUEUE)
    assert (row.state, row.queue_number()) == (State.WAITING, 2)
    assert kinds_of_letters() == ["queue_joined"]


def test_the_office_may_give_an_extra_place_and_that_is_noted(anna: User) -> None:
    event = EventFactory(capacity=1, full=True)
    row = phone_in(event, anna, when_full=WhenFull.EXTRA)
    assert row.state == State.CONFIRMED
    assert noted()[0][2] == "lade till per telefon, extra plats"


def test_an_extra_place_is_no_place_for_the_next(anna: User) -> None:
    event = EventFactory(capacity=1, with_queue=1)
    phone_in(event, anna, when_full=WhenFull.EXTRA)
    first = event.registrations.order_by("id").first()
    assert first is not None
    office.cancel_for(first, actor=anna)
    assert event.registrations.filter(state=State.OFFERED).count() == 0


def test_several_who_phone_together_get_places_together_or_wait_together(anna: User) -> None:
    event = EventFactory(capacity=3, most_together=3)
    assert phone_in(event, anna, party=2).state == State.CONFIRMED
    stig = {"name": "Stig", "email": "stig@exempel.se", "party": 2}
    with pytest.raises(NoPlaceLeft):
        phone_in(event, anna, **stig)
    row = phone_in(event, anna, **stig, when_full=WhenFull.QUEUE)
    assert (row.state, row.party) == (State.WAITING, 2)
    assert places.count(event, timezone.now()).held == 2


def test_no_queue_is_made_where_there_is_none(anna: User) -> None:
    event = EventFactory(capacity=1, full=True, waiting_list=False)
    with pytest.raises(NoQueue):
        phone_in(event, anna, when_full=WhenFull.QUEUE)


def test_a_place_that_the_queue_comes_before_is_not_given_by_the_way(anna: User) -> None:
    event = EventFactory(capacity=1)
    RegistrationFactory(event=event, waiting=True)
    with pytest.raises(NoPlaceLeft):
        phone_in(event, anna)


def test_two_who_share_a_mailbox_both_get_a_place(anna: User) -> None:
    event = EventFactory()
    phone_in(event, anna, name="Kim")
    phone_in(event, anna, name="Alex", email="KIM@exempel.se")
    assert states(event) == {"Kim": "confirmed", "Alex": "confirmed"}


def test_both_who_share_a_mailbox_are_found_by_it(anna: User) -> None:
    event = EventFactory()
    phone_in(event, anna, name="Kim")
    phone_in(event, anna, name="Alex")
    phone_in(event, anna, name="Bo", email="kim@exempel.se.nu")
    found = Registration.objects.of_mailbox("kim@exempel.se")
    assert sorted(found.values_list("name", flat=True)) == ["Alex", "Kim"]
    assert erase_person("kim@exempel.se")["events.Registration"] == 2


@pytest.mark.parametrize("name", ["Kim", "KIM", " kim "])
def test_the_same_person_twice_is_refused(anna: User, name: str) -> None:
    event = EventFactory()
    phone_in(event, anna, name="Kim")
    with pytest.raises(office.AlreadyThere):
        phone_in(event, anna, name=name)
    assert event.registrations.count() == 1


def test_the_second_of_a_shared_mailbox_is_known_when_the_first_has_left(anna: User) -> None:
    event = EventFactory()
    kim = phone_in(event, anna, name="Kim")
    phone_in(event, anna, name="Alex")
    office.cancel_for(kim, actor=anna)
    with pytest.raises(office.AlreadyThere):
        phone_in(event, anna, name="Alex")


@pytest.mark.parametrize("trait", ["draft", "cancelled", "over", "no_sign_up"])
def test_nobody_comes_in_where_there_is_nothing_to_come_to(anna: User, trait: str) -> None:
    event = EventFactory(**{trait: True})
    with pytest.raises(office.ActivityIsOff):
        phone_in(event, anna)


def test_the_office_may_add_somebody_after_the_last_day_to_sign_up(anna: User) -> None:
    event = EventFactory(closes_at=days_away(-1))
    assert phone_in(event, anna).state == State.CONFIRMED


# --- move ---------------------------------------------------------------------------------------


def test_a_move_keeps_the_yes_and_gives_the_place_to_the_next(anna: User) -> None:
    source, to = EventFactory(capacity=1, with_queue=1), EventFactory()
    kim = source.registrations.get(state=State.CONFIRMED)
    moved = office.move(kim, to=to, actor=anna)
    assert (moved.event, moved.state) == (to, State.CONFIRMED)
    assert (moved.consent_id, moved.created_at) == (kim.consent_id, kim.created_at)
    assert list(source.registrations.values_list("state", flat=True)) == ["offered"]
    assert kinds_of_letters() == ["queue_offer", "event_moved"]
    assert noted() == [("change", f"{to.slug}#{kim.pk}", f"flyttade från {source.slug}")]


def test_a_move_to_a_full_activity_changes_nothing(anna: User) -> None:
    source, to = EventFactory(), EventFactory(capacity=1, full=True)
    kim = RegistrationFactory(event=source, name="Kim")
    with pytest.raises(NoPlaceLeft):
        office.move(kim, to=to, actor=anna)
    assert states(source) == {"Kim": "confirmed"}
    assert (kinds_of_letters(), noted()) == ([], [])


def test_a_move_to_a_full_activity_may_end_in_its_queue(anna: User) -> None:
    source, to = EventFactory(), EventFactory(capacity=1, with_queue=2)
    kim = RegistrationFactory(event=source)
    moved = office.move(kim, to=to, actor=anna, queue_if_full=True)
    assert (moved.state, moved.queue_number()) == (State.WAITING, 3)


def test_a_move_forgets_what_was_asked_and_answered_before(anna: User) -> None:
    to = EventFactory()
    kim = RegistrationFactory(resting=True, coming=True)
    moved = office.move(kim, to=to, actor=anna)
    moved.refresh_from_db()
    assert (moved.offers_unanswered, moved.offered_at, moved.coming) == (0, None, False)
    assert moved.queued_at is None


def test_nobody_is_moved_to_where_they_already_are(anna: User) -> None:
    source, to = EventFactory(), EventFactory()
    kim = RegistrationFactory(event=source, name="Kim", email="kim@exempel.se")
    RegistrationFactory(event=to, name="kim", email="kim@exempel.se")
    with pytest.raises(office.AlreadyThere):
        office.move(kim, to=to, actor=anna)


def test_who_shares_a_mailbox_with_somebody_there_can_be_moved(anna: User) -> None:
    source, to = EventFactory(), EventFactory()
    kim = RegistrationFactory(event=source, name="Kim", email="hemma@exempel.se")
    RegistrationFactory(event=to, name="Alex", email="hemma@exempel.se")
    office.move(kim, to=to, actor=anna)
    assert states(to) == {"Kim": "confirmed", "Alex": "confirmed"}


def test_the_same_move_twice_is_one_move_and_one_letter(anna: User) -> None:
    to, kim = EventFactory(), RegistrationFactory()
    office.move(kim, to=to, actor=anna)
    office.move(kim, to=to, actor=anna)
    assert (kinds_of_letters(), len(noted())) == (["event_moved"], 1)


def test_the_letter_about_a_move_shows_both_times(anna: User) -> None:
    source = EventFactory(neutral_title="Träff", starts_at=days_away(3), times=2)
    to = EventFactory(neutral_title="Promenad", place="Tantolunden")
    office.move(RegistrationFactory(event=source), to=to, actor=anna)
    deliver_due()
    # Where its lines are broken depends on the hour of the day.
    text = " ".join(str(mail.outbox[0].body).split())
    assert "Förut: Träff, " in text
    assert "Nu: Promenad, " in text
    assert "Plats: Tantolunden." in text
    assert "kö" not in text


def test_the_letter_about_a_move_to_a_queue_says_so(anna: User) -> None:
    to = EventFactory(capacity=1, full=True)
    office.move(RegistrationFactory(), to=to, actor=anna, queue_if_full=True)
    deliver_due()
    assert "Du står i kö som nummer 1." in " ".join(str(mail.outbox[0].body).split())


# --- cancel -------------------------------------------------------------------------------------


def test_a_cancelled_place_goes_on_at_once(anna: User) -> None:
    event = EventFactory(capacity=1, with_queue=1)
    kim = event.registrations.get(state=State.CONFIRMED)
    cancelled = office.cancel_for(kim, actor=anna)
    assert (cancelled.state, cancelled.undo_until) == (State.CANCELLED, None)
    assert event.registrations.filter(state=State.OFFERED).count() == 1
    assert kinds_of_letters() == ["event_office_cancelled", "queue_offer"]
    assert noted() == [("change", f"{event.slug}#{kim.pk}", "avbokade")]


def test_cancelling_twice_is_one_cancelling(anna: User) -> None:
    kim = RegistrationFactory()
    office.cancel_for(kim, actor=anna)
    office.cancel_for(kim, actor=anna)
    assert (kinds_of_letters(), len(noted())) == (["event_office_cancelled"], 1)


@pytest.mark.parametrize(
    ("waiting", "subject"),
    [(False, "Din anmälan är avbokad"), (True, "Du står inte längre i kön")],
)
def test_the_letter_tells_a_place_from_a_queue(anna: User, waiting: bool, subject: str) -> None:
    office.cancel_for(RegistrationFactory(waiting=waiting), actor=anna)
    deliver_due()
    assert mail.outbox[0].subject == subject


def test_nobody_is_struck_from_what_has_been(anna: User) -> None:
    with pytest.raises(office.ActivityIsOff):
        office.cancel_for(RegistrationFactory(event__over=True), actor=anna)


# --- the queue ----------------------------------------------------------------------------------


def test_who_rests_can_be_asked_again(anna: User) -> None:
    resting = RegistrationFactory(resting=True)
    asked = office.offer_now(resting, actor=anna)
    assert asked.state == State.OFFERED
    assert kinds_of_letters() == ["queue_offer"]


def test_nobody_is_asked_about_a_place_that_does_not_exist(anna: User) -> None:
    event = EventFactory(capacity=1, full=True)
    with pytest.raises(NoPlaceLeft):
        office.offer_now(RegistrationFactory(event=event, resting=True), actor=anna)


def test_asking_twice_is_one_question(anna: User) -> None:
    resting = RegistrationFactory(resting=True)
    office.offer_now(resting, actor=anna)
    office.offer_now(resting, actor=anna)
    assert (kinds_of_letters(), len(noted())) == (["queue_offer"], 1)


def test_a_yes_by_phone_gives_the_place(anna: User) -> None:
    asked = RegistrationFactory(offered=True)
    assert office.answer_for(asked, yes=True, actor=anna).state == State.CONFIRMED
    assert kinds_of_letters() == ["event_confirmed"]


def test_a_no_by_phone_gives_the_place_to_the_next(anna: User) -> None:
    event = EventFactory(capacity=1)
    asked = RegistrationFactory(event=event, name="Bo", offered=True)
    RegistrationFactory(event=event, name="Cy", waiting=True)
    office.answer_for(asked, yes=False, actor=anna)
    assert states(event) == {"Bo": "declined", "Cy": "offered"}


def test_nobody_can_answer_what_they_were_not_asked(anna: User) -> None:
    with pytest.raises(office.NotThereAnyMore):
        office.answer_for(RegistrationFactory(waiting=True), yes=True, actor=anna)
