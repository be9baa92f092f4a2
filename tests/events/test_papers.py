"""The agreement of a group, and who its people are to the study association."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from events.models import AgreementRead, Circle, CircleSettings, Identity, Registration
from events.services import hand_over, papers
from mail.models import Letter
from members.models import User
from privacy import services as privacy
from privacy.models import AccessLog, ConsentText
from tests.events.circle_people import given, number
from tests.factories import CircleFactory, RegistrationFactory, days_away

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle():
    return CircleFactory(talk=True, leader=True)


@pytest.fixture
def kim(circle):
    return RegistrationFactory(event=circle.event, name="Kim", email="kim@exempel.se")


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM events_identity")
        return str(cursor.fetchall())


def test_the_six_promises_are_there_from_the_start(circle, kim):
    words = papers.agreement_to_read(kim)
    assert len(words.explanation.splitlines()) == 6
    assert words.label == "Jag har läst och håller med"


def test_who_has_read_is_not_asked_again(circle, kim):
    papers.agree(kim)
    papers.agree(kim)
    assert papers.agreement_to_read(kim) is None
    read = AgreementRead.objects.get()
    assert (read.registration, read.consent.text) == (kim, circle.agreement)


def test_a_group_keeps_the_words_that_it_began_with(circle, kim):
    first = circle.agreement
    second = papers.rewrite_agreement(["Vi är snälla.", "Vi slutar i tid."])
    assert (second.version, papers.agreement_text()) == (2, second)
    assert papers.agreement_to_read(kim) == first
    assert papers.rewrite_agreement(["Vi är snälla.", "Vi slutar i tid."]) == second


def test_a_circle_without_an_agreement_asks_for_none():
    row = RegistrationFactory(event=CircleFactory().event)
    assert papers.agreement_to_read(row) is None


def test_a_number_is_unreadable_in_the_database(circle, kim):
    papers.give(kim, given())
    kept = stored()
    for secret in (number(), number()[2:], "Berg", "Stigen", "Hägersten"):
        assert secret not in kept
    assert Identity.objects.get().personal_number == number()


def test_the_screen_shows_a_mask(circle, kim):
    identity = papers.give(kim, given())
    assert identity.masked == "1985••••-••••"
    assert papers.give(kim, given(kind="lma", digits="50123456")).masked == "••••••••"


def test_the_last_word_holds(circle, kim):
    papers.give(kim, given())
    papers.choose_paper(kim)
    identity = Identity.objects.get()
    assert (identity.way, identity.personal_number, identity.street) == ("paper", "", "")
    assert not identity.is_settled


def test_a_reveal_is_a_line_in_the_log(circle, kim, anna: User):
    identity = papers.give(kim, given())
    assert papers.reveal(identity, actor=anna, reason="De ringde") == number()
    line = AccessLog.objects.latest("pk")
    assert (line.actor, line.action, line.reason) == (anna, "reveal", "De ringde")
    assert number() not in f"{line.reference} {line.about}"


def test_nobody_is_asked_when_it_is_handed_over(circle, kim, anna: User):
    assert papers.asks_who(kim)
    hand_over.mark_handed_over(circle, actor=anna)
    assert not papers.asks_who(kim)
    with pytest.raises(papers.HandedOver):
        papers.give(kim, given())


# --- when the numbers go --------------------------------------------------------------------------


def weed(after: timedelta) -> None:
    privacy.weed(timezone.now() + after)


def test_the_numbers_go_when_the_days_after_the_hand_over_are_past(circle, kim, anna: User):
    CircleSettings.objects.create(days_after_hand_over=7)
    papers.give(kim, given())
    hand_over.mark_handed_over(circle, actor=anna)
    weed(timedelta(days=7) - timedelta(minutes=1))
    assert Identity.objects.get().personal_number == number()
    weed(timedelta(days=7, minutes=1))
    identity = Identity.objects.get()
    assert (identity.personal_number, identity.last_name, identity.town) == ("", "", "")
    assert (identity.way, identity.purged_at is not None) == ("typed", True)


def test_a_circle_that_is_never_handed_over_keeps_no_numbers_for_ever(circle, kim):
    papers.give(kim, given())
    weed(timedelta(days=130))  # ten and two weeks until the last meeting
    assert Identity.objects.get().personal_number == number()
    weed(timedelta(days=146))
    assert Identity.objects.get().personal_number == ""


@pytest.mark.parametrize("state", ["cancelled", "declined"])
def test_the_number_of_one_who_left_goes_at_once(circle, kim, state):
    papers.give(kim, given())
    Registration.objects.update(state=state)
    weed(timedelta())
    assert Identity.objects.get().personal_number == ""


def test_the_number_of_one_who_came_and_left_waits_for_the_hand_over(anna: User):
    circle = CircleFactory(starts_at=days_away(-20), leader=True, people=2, met=1)
    row = circle.event.registrations.first()
    papers.give(row, given())
    row.state = "cancelled"
    row.save(update_fields=["state"])
    weed(timedelta())
    assert Identity.objects.get().personal_number == number()


def test_a_group_that_is_not_reported_after_all_keeps_no_numbers(circle, kim):
    papers.give(kim, given())
    Circle.objects.update(form="none")
    weed(timedelta())
    assert Identity.objects.get().personal_number == ""


def test_that_somebody_is_protected_is_forgotten_with_the_numbers(circle, kim, anna: User):
    papers.say_protected(kim)
    hand_over.mark_handed_over(circle, actor=anna)
    weed(timedelta(days=15))
    assert not Identity.objects.exists()


def test_a_person_is_given_and_is_forgotten(circle, kim):
    papers.give(kim, given())
    found = privacy.export_person("kim@exempel.se")
    assert number() in str(found["uppgifter till studieförbundet"])
    privacy.erase_person("kim@exempel.se")
    assert Identity.objects.get().personal_number == ""


def test_a_new_key_opens_the_numbers_too(circle, kim, settings):
    from cryptography.fernet import Fernet

    papers.give(kim, given())
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *old]
    privacy.rotate_keys()
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert Identity.objects.get().personal_number == number()
    settings.FIELD_KEYS = old


# --- the letter -----------------------------------------------------------------------------------


def asked() -> list[str]:
    from events.services.paper_letters import ask_due

    ask_due()
    return sorted(Letter.objects.filter(kind="circle_agreement").values_list("to", flat=True))


def test_everyone_with_a_place_is_asked_once(circle, kim):
    RegistrationFactory(event=circle.event, waiting=True)
    RegistrationFactory(event=circle.event, by_phone=True)
    assert asked() == ["kim@exempel.se"]
    assert asked() == ["kim@exempel.se"]


def test_who_has_done_it_all_is_not_asked(circle, kim):
    papers.agree(kim)
    papers.give(kim, given())
    assert asked() == []


@pytest.mark.parametrize(
    "change", [{"live": False}, {"cancelled_at": timezone.now()}], ids=["a draft", "cancelled"]
)
def test_nobody_is_asked_for_what_does_not_take_place(circle, kim, change):
    type(circle.event).objects.update(**change)
    assert asked() == []


def reminded(after: timedelta = timedelta()) -> list[str]:
    """Who is reminded, when so long has passed since the first letter left."""
    from events.services.paper_letters import ask_due

    first = Letter.objects.filter(kind="circle_agreement")
    first.update(state=Letter.State.SENT, sent_at=timezone.now() - after)
    ask_due()
    return list(Letter.objects.filter(kind="circle_reminder").values_list("to", flat=True))


def test_who_has_done_nothing_in_a_week_is_reminded_once(circle, kim):
    assert asked() == ["kim@exempel.se"]
    assert reminded(timedelta(days=6)) == []
    assert reminded(timedelta(days=7)) == ["kim@exempel.se"]
    assert reminded(timedelta(days=30)) == ["kim@exempel.se"]


def test_who_has_done_it_in_the_meantime_is_not_reminded(circle, kim):
    asked()
    papers.agree(kim)
    papers.give(kim, given())
    assert reminded(timedelta(days=7)) == []


def test_words_of_a_version_are_never_edited(circle):
    papers.rewrite_agreement(["Ny rad."])
    versions = ConsentText.objects.filter(purpose=papers.AGREEMENT).order_by("version")
    assert [text.explanation.splitlines()[0] for text in versions] == [
        "Det som sägs här stannar här.", "Ny rad.",
    ]  # fmt: skip
