"""Utskrift till post: who has no e-mail gets the same letters, on paper."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from mail.models import Letter
from members.emails import paper as papers
from members.models import Membership, MembershipType, PaperLetter, Person, Reminder
from members.services import entering, merging, paper, people, timeline
from members.services.membership import leave
from payments.models import Charge, PaymentSettings
from payments.ocr import ocr
from privacy.models import AccessLog
from tests.doors import CSRF_FREE, log_in
from tests.factories import PersonFactory, UserFactory
from tests.members.fees import member, pay, set_prices
from tests.members.test_renewal import at

pytestmark = pytest.mark.django_db

POST = "/admin/medlemmar/post/"
HOME: dict[str, Any] = {
    "email": "", "street": "Storgatan 1", "postcode": "118 20", "town": "Stockholm"
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(at("2026-11-20"), tick=False) as traveller:
        set_prices()
        PaymentSettings.load()
        PaymentSettings.objects.update(bankgiro="123-4566")
        yield traveller


@pytest.fixture
def rut(client: Client) -> Client:
    """The browser of who keeps the register."""
    return log_in(client, UserFactory(role="medlemsregister"))


def titles(**more: Any) -> list[str]:
    return [one.title for one in paper.waiting(**{"sees_protected": True} | more)]


def texts(person: Person) -> str:
    """Everything that stands on the papers that wait for this person."""
    found = []
    for one in paper.waiting(sees_protected=True):
        if one.person == person and (sheet := paper._sheet(one)):
            rows = [" ".join(row) for row in sheet.rows]
            found += [*sheet.to, sheet.title, *sheet.texts, *rows, *sheet.after]
    return "\n".join(found)


def make(person: Person, key: str = "ordinary", **more: Any) -> Membership:
    kind = MembershipType.objects.get(key=key)
    actor = more.pop("actor", None) or UserFactory()
    return entering.make_member(person, kind, actor=actor, **{"year": 2026} | more)


# --- the office makes somebody a member ---------------------------------------------------------


def test_who_has_no_mailbox_is_asked_for_the_fee_on_paper_and_welcomed_on_paper() -> None:
    kim = PersonFactory(**HOME)
    charge = make(kim).charge
    assert charge is not None
    page = texts(kim)
    assert [charge.title in page, ocr(charge.number) in page, "123-4566" in page] == [True] * 3
    assert titles() == ["Avgift att betala"]

    pay(charge)
    assert titles() == ["Välkommen"]
    kim.refresh_from_db()
    assert f"Medlemsnummer {kim.member_number}" in texts(kim)
    assert "Storgatan 1" in texts(kim)
    assert Letter.objects.count() == 0


def test_who_has_a_mailbox_gets_no_paper() -> None:
    pay(make(PersonFactory()).charge)
    assert titles() == []
    kinds = sorted(Letter.objects.values_list("kind", flat=True))
    assert kinds == ["member_invoice", "member_welcome"]


def test_who_has_left_is_thanked_on_paper_and_not_when_they_changed_their_mind() -> None:
    kim = member(2026, **HOME)
    leave(kim)
    assert titles() == ["Medlemskapet avslutat"]
    Person.objects.filter(pk=kim.pk).update(stop_asking_at=None)
    assert "Medlemskapet avslutat" not in titles()


def test_a_second_membership_for_a_year_is_refused() -> None:
    kim = PersonFactory(**HOME)
    make(kim)
    with pytest.raises(entering.HasThatYear):
        make(kim)


def test_when_the_office_ends_it_nobody_is_asked_for_the_fee() -> None:
    kim = PersonFactory(**HOME)
    charge = make(kim).charge
    assert people.end_membership(kim, actor=UserFactory()) == 1
    assert charge is not None
    charge.refresh_from_db()
    assert (charge.state, titles()) == (Charge.State.VOID, [])


def test_the_office_makes_a_member_on_a_page(rut: Client) -> None:
    main, kim = member(2026, member_number=7), PersonFactory(**HOME)
    family = MembershipType.objects.get(key="family")
    typed = {"type": family.pk, "year": 2026, "is_free": "on"}
    page = f"/admin/medlemmar/person/{kim.reference}/medlemskap/"
    without = rut.post(page, typed, **CSRF_FREE)
    assert (without.status_code, "Skriv huvudmedlemmens nummer" in without.content.decode()) == (
        422, True,
    )  # fmt: skip
    assert rut.post(page, typed | {"main_member": "7"}, **CSRF_FREE).status_code == 303
    made = Membership.objects.get(person=kim)
    assert (made.type, made.main_member, made.charge) == (family, main, None)
    assert AccessLog.objects.filter(reason="nytt medlemskap").count() == 1


@pytest.mark.parametrize(("born", "code"), [(2000, 422), (2005, 303), (None, 303)])
def test_a_kind_for_the_young_is_for_the_young(rut: Client, born: Any, code: int) -> None:
    kim = PersonFactory(birth_year=born, **HOME)
    kind = MembershipType.objects.get(key="youth")
    typed = {"type": kind.pk, "year": 2026, "is_free": "on"}
    page = f"/admin/medlemmar/person/{kim.reference}/medlemskap/"
    assert rut.post(page, typed, **CSRF_FREE).status_code == code


def test_a_kind_without_a_price_says_so(rut: Client) -> None:
    kim = PersonFactory(**HOME)
    kind = MembershipType.objects.get(key="organisation")
    page = f"/admin/medlemmar/person/{kim.reference}/medlemskap/"
    answer = rut.post(page, {"type": kind.pk, "year": 2026}, **CSRF_FREE)
    assert (answer.status_code, Membership.objects.count()) == (422, 0)


# --- the screen ---------------------------------------------------------------------------------


def test_a_reminder_is_printed_with_a_fee_and_noted_when_it_is_posted(rut: Client) -> None:
    kim = member(2026, **HOME)
    [one] = paper.waiting(sees_protected=True)
    assert one.title == "Fråga: vill du vara med nästa år?"
    assert kim.full_name in rut.get(POST).content.decode()

    file = rut.post(POST, {"key": one.key, "do": "print"}, **CSRF_FREE)
    assert file.content.startswith(b"%PDF")
    charge = Charge.objects.get(year=2027)
    assert ocr(charge.number) in texts(kim)
    rut.post(POST, {"key": one.key, "do": "print"}, **CSRF_FREE)
    assert Charge.objects.filter(year=2027).count() == 1
    assert titles() == [one.title]
    assert AccessLog.objects.filter(action="export", reason="1 brev").count() == 2

    rut.post(POST, {"key": one.key, "do": "posted"}, **CSRF_FREE)
    assert titles() == []
    assert Reminder.objects.filter(person=kim, superseded=False).count() == 1


def test_what_became_due_meanwhile_is_not_noted_as_posted(rut: Client, clock: Any) -> None:
    kim = member(2026, **HOME)
    [first] = paper.waiting(sees_protected=True)
    clock.move_to(at("2027-01-16"))
    rut.post(POST, {"key": first.key, "do": "posted"}, **CSRF_FREE)
    assert titles() == ["Påminnelse"]
    assert "Du har inte svarat än" in texts(kim)


def test_the_farewell_asks_for_nothing(clock: Any) -> None:
    kim = member(2026, **HOME)
    clock.move_to(at("2027-04-01"))
    page = texts(kim)
    assert "Ditt medlemskap har tagit slut." in page
    assert ("Bankgiro" in page, Charge.objects.filter(year=2027).count()) == (False, 0)


def test_what_is_free_is_not_asked_for(clock: Any) -> None:
    make(PersonFactory(**HOME), "honorary", is_free=True)
    assert titles() == ["Välkommen"]


def test_a_posted_letter_is_gone_and_names_who_posted_it(rut: Client) -> None:
    make(PersonFactory(**HOME))
    [one] = paper.waiting(sees_protected=True)
    rut.post(POST, {"key": one.key, "do": "posted"}, **CSRF_FREE)
    row = PaperLetter.objects.get()
    assert (titles(), row.sent_by, row.sent_at is not None) == (
        [], UserFactory._meta.model.objects.get(groups__name="medlemsregister"), True,
    )  # fmt: skip


def test_what_was_posted_stands_in_the_persons_line_of_time() -> None:
    kim = PersonFactory(**HOME)
    make(kim)
    paper.note_posted(paper.waiting(sees_protected=True), actor=UserFactory())
    told = [line.text for line in timeline.lines(kim) if line.detail == "på papper"]
    assert told == ["Avgift att betala"]


def test_nothing_chosen_is_nothing_done(rut: Client) -> None:
    make(PersonFactory(**HOME))
    assert rut.post(POST, {"do": "posted"}, **CSRF_FREE).status_code == 303
    assert titles() == ["Avgift att betala"]


def test_who_has_no_address_is_listed_and_not_printed(rut: Client) -> None:
    kim = PersonFactory(email="", street="", town="")
    make(kim)
    page = rut.get(POST).content.decode()
    assert ("Saknar adress" in page, "Hämta breven som PDF" in page) == (True, False)


def test_protected_persons_get_paper_and_only_some_see_it() -> None:
    hidden: Any = {"first_name": "Siv", "last_name": "Ask", "street": "Gatan 2", "town": "Solna"}
    kim = member(2026, is_protected=True, first_name="Skyddade uppgifter", last_name="",
                 protected=hidden)  # fmt: skip
    assert titles(sees_protected=False) == []
    assert "Siv Ask\nGatan 2\nSolna" in texts(kim)


def test_others_do_not_find_the_page(client: Client) -> None:
    for role in ("styrelse", "kassor", "samordnare"):
        assert log_in(client, UserFactory(role=role)).get(POST).status_code == 404


def test_merged_rows_keep_the_letters_that_wait() -> None:
    kept, gone = PersonFactory(**HOME), PersonFactory(**HOME)
    make(gone)
    merging.merge(kept, gone, actor=UserFactory())
    assert [one.person for one in paper.waiting(sees_protected=True)] == [kept]


def test_outside_the_paper_tells_nothing_but_an_address() -> None:
    kim = member(2026, **HOME)
    assert papers.envelope(kim) == [kim.full_name, "Storgatan 1", "118 20 Stockholm"]
    assert date(2026, 12, 31) in [one.ends_on for one in paper.waiting(sees_protected=True)]
