"""Signing up, cancelling and regretting, through the services."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Event, Occasion, Registration, Submission
from events.services import registration as registrations
from mail.models import Letter

pytestmark = pytest.mark.django_db
State = Registration.State


@pytest.fixture
def event() -> Event:
    event = Event.objects.create(
        title="Promenad i Tanto",
        neutral_title="Promenad",
        slug="promenad",
        summary="Vi går en timme.",
        place="Zinkensdamm",
        capacity=2,
        live=True,
    )
    start = timezone.now() + timedelta(days=10)
    Occasion.objects.create(event=event, starts_at=start, ends_at=start + timedelta(hours=2))
    return event


def sign_up(event: Event, email: str = "kim@exempel.se", name: str = "Kim") -> Submission:
    return registrations.sign_up(event, key=uuid.uuid4(), name=name, email=email)


def kinds_of_letters() -> list[str]:
    return list(Letter.objects.order_by("created_at").values_list("kind", flat=True))


def test_the_first_to_sign_up_has_a_place_and_a_letter(event: Event) -> None:
    submission = sign_up(event)
    assert submission.registration is not None
    assert submission.registration.state == State.CONFIRMED
    assert kinds_of_letters() == ["event_confirmed"]


def test_the_same_press_twice_is_one_place_and_one_letter(event: Event) -> None:
    key = uuid.uuid4()
    first = registrations.sign_up(event, key=key, name="Kim", email="kim@exempel.se")
    second = registrations.sign_up(event, key=key, name="Kim", email="KIM@Exempel.se ")
    assert first == second
    assert Registration.objects.count() == 1
    assert kinds_of_letters() == ["event_confirmed"]


@pytest.mark.parametrize(
    "spelling",
    [
        "kim@exempel.se",
        "KIM@EXEMPEL.SE",
        " kim@exempel.se ",
        "kim@exempel.se.",
        "ki\u200bm@exempel.se",
    ],
)
def test_one_mailbox_has_one_place_however_it_is_spelled(event: Event, spelling: str) -> None:
    sign_up(event)
    again = sign_up(event, email=spelling)
    assert again.registration is None
    assert Registration.objects.count() == 1
    assert kinds_of_letters() == ["event_confirmed", "event_already"]


def test_an_idn_domain_and_its_ascii_form_are_one_mailbox(event: Event) -> None:
    sign_up(event, email="kim@åsa.se")
    again = sign_up(event, email="kim@xn--sa-xia.se")
    assert again.registration is None


def test_when_the_places_are_gone_the_next_is_told(event: Event) -> None:
    sign_up(event, "a@exempel.se")
    sign_up(event, "b@exempel.se")
    with pytest.raises(registrations.NoPlaceLeft):
        sign_up(event, "c@exempel.se")
    assert Registration.objects.count() == 2


def test_the_queue_has_a_number_for_everyone(event: Event) -> None:
    event.capacity = 0
    event.save(update_fields=["capacity"])
    numbers = []
    for email in ("a@exempel.se", "b@exempel.se"):
        submission = registrations.join_queue(event, key=uuid.uuid4(), name="A", email=email)
        assert submission.registration is not None
        numbers.append(submission.registration.queue_number())
    assert numbers == [1, 2]


def test_correcting_the_address_moves_the_place_with_it(event: Event) -> None:
    key = uuid.uuid4()
    registrations.sign_up(event, key=key, name="Kim", email="fel@exempel.se")
    registrations.sign_up(event, key=key, name="Kim", email="kim@exempel.se")
    active = Registration.objects.active()
    assert [row.email for row in active] == ["kim@exempel.se"]


def remembered(event: Event) -> Event:
    """As a process has read it that has not heard of a new edition."""
    found = registrations.read_for_press(event.slug, "an edition")
    assert found
    return found


def test_what_is_remembered_of_an_activity_decides_nothing_about_a_place(event: Event) -> None:
    assert remembered(event).price == 0
    Event.objects.filter(pk=event.pk).update(price=100, pays_ahead=True)
    submission = sign_up(remembered(event))
    assert submission.registration is not None
    assert submission.registration.state == State.PAYING
    Event.objects.filter(pk=event.pk).update(cancelled_at=timezone.now())
    assert remembered(event).cancelled_at is None
    with pytest.raises(registrations.SignUpClosed):
        sign_up(remembered(event), email="lou@exempel.se")


@pytest.mark.parametrize("change", ["draft", "cancelled", "closed", "not open yet", "over"])
def test_a_closed_activity_takes_nobody(event: Event, change: str) -> None:
    now = timezone.now()
    if change == "draft":
        event.live = False
    elif change == "cancelled":
        event.cancelled_at = now
    elif change == "closed":
        event.closes_at = now - timedelta(minutes=1)
    elif change == "not open yet":
        event.opens_at = now + timedelta(minutes=1)
    else:
        event.occasions.update(starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=1))
    event.save()
    with pytest.raises(registrations.SignUpClosed):
        sign_up(event)


def test_a_cancelled_place_is_kept_ten_minutes_for_regret(event: Event) -> None:
    kim = sign_up(event, "a@exempel.se").registration
    sign_up(event, "b@exempel.se")
    assert kim is not None
    registrations.cancel(kim)
    with pytest.raises(registrations.NoPlaceLeft):
        sign_up(event, "c@exempel.se")
    assert registrations.undo_cancel(kim).state == State.CONFIRMED


def test_cancelling_twice_is_cancelling_once(event: Event) -> None:
    kim = sign_up(event).registration
    assert kim is not None
    registrations.cancel(kim)
    registrations.cancel(kim)
    assert kinds_of_letters() == ["event_confirmed", "event_self_cancelled"]


def test_regret_is_too_late_when_the_place_has_gone_on(event: Event) -> None:
    kim = sign_up(event, "a@exempel.se").registration
    sign_up(event, "b@exempel.se")
    assert kim is not None
    registrations.cancel(kim)
    Registration.objects.filter(pk=kim.pk).update(undo_until=timezone.now())
    sign_up(event, "c@exempel.se")
    with pytest.raises(registrations.NoPlaceLeft):
        registrations.undo_cancel(kim)
