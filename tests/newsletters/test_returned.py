"""What came back, as the staff sees it: on the issue, on the person, and put right."""

import re

import pytest

from members.services import people
from newsletters.models import Suppression
from newsletters.services import returns, sending
from newsletters.services.suppression import hash_of, suppress
from privacy.models import AccessLog
from tests.doors import log_in
from tests.factories import PersonFactory, UserFactory
from tests.newsletters.coming_back import about
from tests.newsletters.conftest import approve, write_issue

pytestmark = pytest.mark.django_db
ANNA = "anna@exempel.se"


def words(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def issue(sink):
    """Sent to two members and one subscriber; all three came back."""
    PersonFactory(first_name="Anna", last_name="Berg", email=ANNA, member=True)
    hidden = PersonFactory(email="dold@exempel.se", member=True)
    facts = {"first_name": "Bo", "last_name": "Hemlig", "is_protected": True}
    people.change(hidden, facts, actor=UserFactory())
    sent = approve(write_issue())
    assert sending.work() == 2
    for copy in sent.deliveries.all():
        returns.take(about(copy))
    return sent


def test_the_board_sees_who_was_not_reached_and_that_is_noted(client, issue):
    board = log_in(client, UserFactory(role="styrelse"))
    assert "Se vilka brev som inte kom fram" in words(
        board.get(f"/admin/nyhetsbrev/{issue.pk}/resultat/")
    )
    shown = words(board.get(f"/admin/nyhetsbrev/{issue.pk}/kom-inte-fram/"))
    assert "anna@exempel.se Kom tillbaka, adressen finns inte" in shown
    assert "Anna Berg" in shown
    assert "dold@exempel.se" not in shown, "not even that they are here"
    assert AccessLog.objects.filter(about="newsletters.Issue", reference=issue.slug).count() == 1


def test_an_editor_sees_numbers_alone(client, issue):
    editor = log_in(client, UserFactory(role="redaktor"))
    result = editor.get(f"/admin/nyhetsbrev/{issue.pk}/resultat/")
    assert "Studsade 2" in words(result)
    assert ANNA not in result.content.decode()
    assert editor.get(f"/admin/nyhetsbrev/{issue.pk}/kom-inte-fram/").status_code == 404


def test_the_office_sees_it_on_the_person_and_puts_it_right(client, issue):
    from members.models import Person

    office = log_in(client, UserFactory(role="medlemsregister"))
    anna = Person.objects.get(email=ANNA)
    page = f"/admin/medlemmar/person/{anna.reference}/"
    url = f"/admin/nyhetsbrev/adress/{anna.reference}/forsok-igen/"
    assert "Brev till adressen har kommit tillbaka sedan" in words(office.get(page))
    assert url in office.get(page).content.decode()
    assert office.post(url).headers["Location"] == page
    assert "Nästa brev går till adressen igen." in words(office.get(page))
    assert not Suppression.objects.filter(mailbox=hash_of(ANNA)).exists()
    assert "har kommit tillbaka" not in words(office.get(page))
    assert "e-post som kom tillbaka" in AccessLog.objects.values_list("reason", flat=True)


@pytest.mark.parametrize("reason", [Suppression.Reason.COMPLAINT, Suppression.Reason.ASKED])
def test_nobody_but_the_person_takes_back_a_no(client, reason):
    anna = PersonFactory(email=ANNA, member=True)
    suppress(hash_of(ANNA), reason)
    office = log_in(client, UserFactory(role="medlemsregister"))
    shown = office.get(f"/admin/medlemmar/person/{anna.reference}/")
    assert "Bara personen själv kan ändra det" in words(shown)
    url = f"/admin/nyhetsbrev/adress/{anna.reference}/forsok-igen/"
    assert url not in shown.content.decode()
    office.post(url)
    assert Suppression.objects.filter(mailbox=hash_of(ANNA)).exists()


def test_who_only_reads_the_register_sees_it_without_a_button(client, issue):
    from members.models import Person

    anna = Person.objects.get(email=ANNA)
    board = log_in(client, UserFactory(role="styrelse"))
    shown = board.get(f"/admin/medlemmar/person/{anna.reference}/")
    assert "Brev till adressen har kommit tillbaka" in words(shown)
    assert "försök igen" not in words(shown)
    assert board.post(f"/admin/nyhetsbrev/adress/{anna.reference}/forsok-igen/").status_code == 404
