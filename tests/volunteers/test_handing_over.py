"""Whoever of the demo association is gone: what they had is with another, or a task says so."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from members.models import User
from pages.models import NewsIndexPage, NewsPage
from pages.wagtail_hooks.home import waiting_for
from samvaro.demo_data.loading.everything import load
from samvaro.demo_data.people import STAFF
from tests.conftest import copy_again
from tests.factories import UserFactory
from tests.volunteers.rooms import council, seat
from volunteers.models import (
    Absence,
    BrochureOrder,
    Council,
    Duty,
    Lead,
    LectureBooking,
    Mandate,
    Seat,
    Shift,
    Touch,
)
from volunteers.services import coverage, crews, handing_over

pytestmark = pytest.mark.django_db
EVERYONE = [person.email for person in STAFF]
# Who may follow up what others carried.
FOLLOW_UP = {"samordnare", "styrelse"}


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        load()
        for user in User.objects.filter(email__in=EVERYONE):
            _draft_of(user)
        yield
        copy_again(None)  # type: ignore[arg-type]  # the next module finds an empty site


def _draft_of(user: User) -> None:
    draft = NewsPage(title=f"Utkast {user.pk}", slug=f"utkast-{user.pk}", summary="En träff.")
    draft.owner, draft.live, draft.has_unpublished_changes = user, False, True
    NewsIndexPage.objects.get().add_child(instance=draft)


def is_here(user: User | None) -> bool:
    return bool(user and user.is_active and (user.is_superuser or user.groups.exists()))


def can_follow_up(user: User | None) -> bool:
    if user is None or not is_here(user):
        return False
    return user.is_superuser or user.groups.filter(name__in=FOLLOW_UP).exists()


def with_nobody() -> list[str]:
    """Everything whose owner is gone, read row by row."""
    today = timezone.localdate()
    carried = [*Lead.objects.exclude(stage__in=["ended", "declined"])]
    for model in (Touch, LectureBooking, BrochureOrder):
        carried += model._default_manager.filter(closed_on=None)
    left = [f"{row._meta.label} {row.pk}" for row in carried if not can_follow_up(row.owner)]
    rooms = Council.objects.filter(closed_on=None, seats__closed_on=None, seats__isnull=False)
    left += [f"council {row.pk}" for row in rooms.distinct() if not can_follow_up(row.coordinator)]
    for duty in Duty.objects.all():
        away = set(Absence.objects.on(today).values_list("user", flat=True))
        people = [one for one in (duty.owner, duty.deputy) if one and is_here(one)]
        if not [one for one in people if one.pk not in away]:
            left.append(f"duty {duty}")
    return left


def told_to_those_who_are_here() -> set[str]:
    here = User.objects.filter(is_active=True)
    return {line.text for user in here for line in waiting_for(user, timezone.now())}


def number_told(words: str) -> int:
    said = "\n".join(told_to_those_who_are_here())
    found = re.findall(rf"(\d+) \w+ {words}", said)
    return int(found[0]) if found else 0


def empty_chairs_and_openings() -> tuple[set[int], set[int]]:
    today = timezone.localdate()
    taken = Mandate.objects.lasting(today).values("seat")
    empty = Seat.objects.filter(closed_on=None, council__closed_on=None).exclude(pk__in=taken)
    shown = {one.council.pk for one in coverage.openings(today)}
    return set(empty.values_list("council", flat=True)), shown


def shifts_without_people() -> set[int]:
    rows = Shift.objects.filter(starts_at__gt=timezone.now(), cancelled_at=None)
    return {
        row.pk
        for row in rows
        if row.crew.filter(given_back_at=None, lead__stage="active").count() < row.min_crew
    }


def nothing_has_fallen() -> None:
    assert number_told("saknar någon som kan") == len(with_nobody())
    gone = [user.pk for user in User.objects.all() if not is_here(user)]
    drafts = Page.objects.filter(owner__in=gone, has_unpublished_changes=True).count()
    assert number_told("av någon som har slutat") == drafts
    empty, shown = empty_chairs_and_openings()
    assert empty == shown
    short = {shift.pk for shift in crews.short_of_people(timezone.now())}
    assert shifts_without_people() == short


def switch_off(user: User) -> None:
    user.is_active = False
    user.save()


@pytest.mark.parametrize("email", EVERYONE)
def test_one_of_the_demo_association_is_gone_and_nothing_falls(email: str) -> None:
    user = User.objects.get(email=email)
    had_leads = Lead.objects.open().filter(owner=user).exists()
    nothing_has_fallen()
    switch_off(user)
    nothing_has_fallen()
    # Others can follow up, so nobody who wants to help, no clinic and no council waits for them.
    assert [what for what in with_nobody() if not what.startswith("duty")] == []
    assert had_leads == (email.startswith("samordnare"))


def test_one_after_the_other_is_gone_and_what_nobody_can_do_is_told_to_the_last() -> None:
    for email in EVERYONE[:-1]:
        switch_off(User.objects.get(email=email))
        nothing_has_fallen()
    last = User.objects.get(email=EVERYONE[-1])
    assert {row.owner for row in Lead.objects.open()} == {last}
    assert [what for what in with_nobody() if not what.startswith("duty")] == []
    assert len([what for what in with_nobody() if what.startswith("duty")]) == Duty.objects.count()


def test_when_nobody_can_follow_up_the_leads_stay_and_are_counted() -> None:
    keeper = User.objects.get(email__startswith="redaktor@")
    for email in EVERYONE:
        if not email.startswith("redaktor@"):
            switch_off(User.objects.get(email=email))
    left = handing_over.left_with_nobody()
    assert left.number == len([what for what in with_nobody() if not what.startswith("duty")]) > 10
    assert keeper.is_active


def test_without_the_hand_over_this_reading_finds_what_fell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Should this ever fail, the tests above prove nothing."""
    monkeypatch.setattr(handing_over, "let_go", lambda user: 0)
    none_told = handing_over.Left(leads=0, errands=0, councils=[])
    monkeypatch.setattr(handing_over, "left_with_nobody", lambda day=None: none_told)
    switch_off(User.objects.get(email__startswith="samordnare@"))
    kinds = {what.split()[0] for what in with_nobody()}
    assert kinds >= {"volunteers.Lead", "volunteers.Touch", "council"}
    with pytest.raises(AssertionError):
        nothing_has_fallen()


def test_a_rest_without_an_end_moves_councils_and_a_week_away_does_not() -> None:
    anna = User.objects.get(email__startswith="samordnare@")
    olle = User.objects.get(email__startswith="styrelse@")
    today = timezone.localdate()
    number = Council.objects.filter(coordinator=anna).count()
    handing_over.be_away(anna, from_on=today, until_on=today, deputy=olle)
    assert Council.objects.filter(coordinator=anna).count() == number > 0
    assert not Lead.objects.open().filter(owner=anna).exists()
    handing_over.be_away(anna, from_on=today, until_on=None, deputy=olle)
    assert Council.objects.filter(coordinator=olle).count() == number


def test_a_council_without_a_coordinator_is_a_task_until_somebody_is_chosen() -> None:
    before = handing_over.left_with_nobody().number
    row = council(coordinator=UserFactory(role="kassor"))
    assert handing_over.left_with_nobody().number == before
    seat(row)
    assert handing_over.left_with_nobody().councils == [row]
    row.coordinator = UserFactory(role="samordnare")
    row.save(update_fields=["coordinator"])
    assert handing_over.left_with_nobody().number == before
