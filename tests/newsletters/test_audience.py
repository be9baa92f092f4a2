"""Whom an issue is for, from facts of today."""

from datetime import date

import pytest

from newsletters.models import NewsletterSettings, Pace
from newsletters.services import choices
from newsletters.services.audience import MEMBERS, SUBSCRIBERS, Choice, Sums, count, recipients
from tests.factories import (
    EventFactory,
    LeadFactory,
    MembershipFactory,
    PersonFactory,
    RegistrationFactory,
)
from tests.newsletters.test_choices import Source, subscribed

pytestmark = pytest.mark.django_db


def who(is_notice: bool = False, **facts: object) -> set[str]:
    choice = Choice(**facts)  # type: ignore[arg-type]
    found = [one.email for one in recipients(choice, is_notice=is_notice)]
    assert len(found) == len(set(found)) == count(choice, is_notice=is_notice).total
    return {address.partition("@")[0] for address in found}


@pytest.fixture
def world() -> None:
    PersonFactory(email="member@exempel.se", member=True, municipality="Solna")
    PersonFactory(email="both@exempel.se", member=True)
    PersonFactory(email="monthly@exempel.se", member=True)
    PersonFactory(email="no@exempel.se", member=True)
    former = PersonFactory(email="former@exempel.se")
    MembershipFactory(person=former, year=2020)
    PersonFactory(email="never@exempel.se")
    PersonFactory(no_mailbox=True, member=True)
    for name, pace in {
        "both": Pace.WEEKLY, "monthly": Pace.MONTHLY, "reader": Pace.WEEKLY, "former": Pace.WEEKLY,
        "meetings": Pace.MEETINGS, "paused": Pace.WEEKLY,
    }.items():  # fmt: skip
        subscribed(f"{name}@exempel.se", pace=pace, pause=name == "paused")
    choices.end("no@exempel.se", source=Source.LETTER)


def test_members_and_subscribers_each_once(world):
    assert who() == {"member", "both", "reader", "former"}
    assert count(Choice()) == Sums(members=2, subscribers=3, total=4)


def test_each_group_alone(world):
    assert who(to=(MEMBERS,)) == {"member", "both"}
    assert who(to=(SUBSCRIBERS,)) == {"both", "reader", "former"}


def test_whose_turn_it_is(world):
    assert who(paces=("monthly",)) == {"monthly"}
    assert who(paces=("meetings", "monthly")) == {"meetings", "monthly"}


def test_the_board_can_ask_members_for_a_yes_first(world):
    chosen = NewsletterSettings.load()
    chosen.members_without_choice = False
    chosen.save()
    assert who() == {"both", "reader", "former"}


def test_a_notice_goes_to_members_in_force_and_nobody_else(world):
    assert who(is_notice=True, to=(MEMBERS,)) == {"member", "both", "monthly", "no"}


def test_with_and_without(world):
    event = EventFactory(slug="promenad")
    RegistrationFactory(event=event, email="reader@exempel.se")
    RegistrationFactory(event=event, email="guest@exempel.se")
    assert who(within=("municipality:solna",)) == {"member"}
    assert who(within=("activity:promenad",)) == {"reader"}, "a walk is no yes to letters"
    assert who(within=("former:",)) == {"former"}
    LeadFactory(email="reader@exempel.se", stage="active")
    assert who(within=("volunteer:active",)) == {"reader"}
    assert who(within=("volunteer:new",)) == set()
    assert who(within=("type:ordinarie",)) == {"member", "both"}
    assert who(without=("member:",)) == {"reader", "former"}
    assert who(within=("activity:promenad", "former:")) == set()
    assert who(within=("type:ordinarie",), without=("municipality:Solna",)) == {"both"}


def test_two_who_share_a_mailbox_get_one_letter_without_a_name():
    for name in ("Kim", "Bo"):
        PersonFactory(first_name=name, email="hemma@exempel.se", member=True)
    PersonFactory(first_name="Lou", email="lou@exempel.se", member=True)
    PersonFactory(protected_identity=True, email="skyddad@exempel.se", member=True)
    found = {one.email: one.first_name for one in recipients(Choice())}
    assert found == {"hemma@exempel.se": "", "lou@exempel.se": "Lou", "skyddad@exempel.se": ""}


def test_who_asked_to_be_forgotten_is_not_there(world):
    from django.utils import timezone

    from members.models import Person

    Person.objects.filter(email="member@exempel.se").update(hidden_at=timezone.now())
    assert "member" not in who()


def test_a_membership_of_another_year_does_not_count():
    person = PersonFactory(email="gammal@exempel.se")
    MembershipFactory(
        person=person, year=2020, starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31)
    )
    assert who() == set()
