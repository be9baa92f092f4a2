"""Duties with deputies, rest by one press, and nothing left with somebody who is gone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from mail.models import Letter
from members.models import User
from tests.doors import log_in
from tests.factories import LeadFactory, UserFactory
from volunteers.models import Absence, Duty, Lead
from volunteers.services import duties, handing_over

pytestmark = pytest.mark.django_db
PAGE = "/samordning/ansvar/"


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def olle() -> User:
    return UserFactory(role="styrelse", first_name="Olle")


def test_who_needs_to_rest_presses_once_and_everything_is_with_another(phone, anna, olle):
    Duty.objects.create(name="Telefonen", owner=anna, deputy=olle)
    LeadFactory.create_batch(2, owner=anna)
    phone.post(f"{PAGE}vila/", {"do": "rest"})
    assert [one.acting for one in duties.standings()] == [olle]
    assert set(Lead.objects.values_list("owner", flat=True)) == {olle.pk}
    assert Letter.objects.filter(kind="staff_steps_in", to=olle.email).count() == 1
    phone.post(f"{PAGE}vila/", {"do": "rest"})
    assert Absence.objects.count() == 1


def test_who_is_back_has_the_duty_again(phone, anna, olle):
    Duty.objects.create(name="Telefonen", owner=anna, deputy=olle)
    phone.post(f"{PAGE}vila/", {"do": "rest"})
    phone.post(f"{PAGE}vila/", {"do": "back"})
    assert [one.acting for one in duties.standings()] == [anna]


def test_the_board_sees_what_only_one_can_do_and_what_nobody_can(client, anna, olle):
    treasurer = UserFactory(role="kassor")
    Duty.objects.create(name="Kassan", owner=treasurer)
    Duty.objects.create(name="Telefonen", owner=anna, deputy=olle)
    Duty.objects.create(name="Nyhetsbrevet")
    home = text_of(log_in(client, olle).get("/admin/"))
    assert "1 sak kan bara en person" in home
    assert "1 sak saknar någon som kan" in home
    assert "Bara en kan det här" in text_of(client.get(PAGE))


@pytest.mark.parametrize("role", ["kassor", "redaktor", "ledare"])
def test_everyone_who_works_here_may_rest_and_only_some_may_change(client, role):
    browser = log_in(client, UserFactory(role=role))
    assert "Jag behöver vila" in text_of(browser.get(PAGE))
    assert browser.get(f"{PAGE}nytt/").status_code == 404


def test_a_duty_is_written_by_the_office(phone, anna, olle):
    phone.post(f"{PAGE}nytt/", {"name": "Fikat", "owner": anna.pk, "deputy": olle.pk})
    duty = Duty.objects.get()
    assert (duty.owner, duty.deputy) == (anna, olle)
    wrong = phone.post(f"{PAGE}{duty.pk}/", {"name": "Fikat", "owner": anna.pk, "deputy": anna.pk})
    assert wrong.status_code == 422


def nobody_is_forgotten() -> bool:
    """Each open lead and each duty has somebody who is here, or a task says so."""
    able = {user.pk for user in handing_over.who.colleagues()}
    left = [lead for lead in Lead.objects.open() if lead.owner_id not in able]
    told = handing_over.left_with_nobody().leads
    unheld = [one for one in duties.standings() if one.acting is None]
    return len(left) == told and {one.duty.pk for one in unheld} == {
        duty.pk for duty in duties.without_anybody()
    }


def test_whoever_is_switched_off_leaves_nothing_with_nobody(anna, olle):
    kassor = UserFactory(role="kassor")
    Duty.objects.create(name="Telefonen", owner=anna, deputy=olle)
    Duty.objects.create(name="Kassan", owner=kassor, deputy=olle)
    LeadFactory.create_batch(3, owner=anna)
    LeadFactory(owner=olle)
    for user in (anna, kassor, olle):
        user.is_active = False
        user.save()
        assert nobody_is_forgotten()
        others = User.objects.filter(is_active=True, groups__name__in=["samordnare", "styrelse"])
        if others.exists():
            assert not Lead.objects.open().filter(owner=user).exists()
    # Nobody is left who could: the leads are kept, and the first page says so.
    assert handing_over.left_with_nobody().leads == 4
    assert len(duties.without_anybody()) == 2


def test_who_loses_the_role_loses_the_leads(anna, olle):
    lead = LeadFactory(owner=anna)
    anna.groups.clear()
    lead.refresh_from_db()
    assert lead.owner == olle


def test_an_absence_without_a_deputy_moves_the_promise_and_tells_the_person(anna):
    today = timezone.localdate()
    lead = LeadFactory(owner=anna, next_on=today + timedelta(days=1))
    before = lead.promised_on
    handing_over.be_away(anna, from_on=today, until_on=today + timedelta(days=4))
    lead.refresh_from_db()
    assert (lead.owner, lead.promised_on == lead.next_on) == (anna, True)
    assert lead.promised_on > before
    assert Letter.objects.filter(kind="volunteer_moved", to=lead.email).count() == 1


def test_an_absence_that_begins_later_is_moved_on_its_day(anna, olle):
    today = timezone.localdate()
    lead = LeadFactory(owner=anna)
    later = handing_over.be_away(
        anna, from_on=today + timedelta(days=2), until_on=None, deputy=olle
    )
    lead.refresh_from_db()
    assert lead.owner == anna
    Absence.objects.filter(pk=later.pk).update(from_on=today)
    assert (handing_over.move_due(), handing_over.move_due()) == (1, 0)
    lead.refresh_from_db()
    assert lead.owner == olle


def test_everything_is_handed_over_by_two_presses(phone, anna, olle):
    LeadFactory.create_batch(3, owner=anna)
    phone.post("/samordning/lamna-over/", {"to": olle.pk})
    assert set(Lead.objects.values_list("owner", flat=True)) == {olle.pk}
    moves = {move.what for lead in Lead.objects.all() for move in lead.moves.all()}
    assert moves == {"handed"}


def test_the_page_of_absence_asks_for_no_reason(phone, anna, olle):
    page = phone.get("/samordning/borta/").content.decode()
    assert "<textarea" not in page
    today = timezone.localdate()
    phone.post("/samordning/borta/", {
        "from_on": today.isoformat(), "until_on": (today + timedelta(days=3)).isoformat(),
        "deputy": olle.pk,
    })  # fmt: skip
    row = Absence.objects.get()
    assert (row.user, row.deputy) == (anna, olle)
    other = log_in(Client(), olle)
    assert other.post(f"/samordning/borta/{row.pk}/tillbaka/").status_code == 404
    phone.post(f"/samordning/borta/{row.pk}/tillbaka/")
    assert Absence.objects.count() == 0
