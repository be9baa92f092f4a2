"""What anybody may read: sent letters, and nobody's name in them."""

import pytest
from django.utils import timezone

from newsletters.emails.issue import Public
from newsletters.models import Issue
from newsletters.services import writing
from privacy import registry
from tests.factories import PersonFactory, UserFactory
from tests.newsletters.conftest import approve, write_issue
from tests.newsletters.test_choices import subscribed

pytestmark = pytest.mark.django_db


def test_a_sent_letter_can_be_read_by_anybody_without_a_reader_in_it(client):
    PersonFactory(first_name="Xerxes", email="xerxes@exempel.se", member=True)
    issue = approve(write_issue())
    assert issue.subject in client.get("/nyhetsbrev/arkiv/").content.decode()
    page = client.get(f"/nyhetsbrev/arkiv/{issue.slug}/").content.decode()
    assert "Så här blir hösten" in page
    assert "Xerxes" not in page
    assert "Hej" not in page
    assert "/val/" not in page


@pytest.mark.parametrize(
    "facts",
    [{"in_archive": False}, {"kind": Issue.Kind.NOTICE}],
    ids=["not for everybody", "a notice"],
)
def test_what_is_not_for_everybody_is_not_there(client, facts):
    PersonFactory(email="kim@exempel.se", member=True)
    issue = approve(write_issue(**facts))
    assert client.get(f"/nyhetsbrev/arkiv/{issue.slug}/").status_code == 404
    assert issue.subject not in client.get("/nyhetsbrev/arkiv/").content.decode()


def test_a_draft_and_a_letter_that_waits_are_not_there(client):
    PersonFactory(email="kim@exempel.se", member=True)
    for issue in (write_issue(), approve(write_issue(), start=False)):
        assert client.get(f"/nyhetsbrev/arkiv/{issue.slug}/").status_code == 404
    Issue.objects.filter(approved_at__isnull=False).update(send_at=timezone.now())
    assert client.get(f"/nyhetsbrev/arkiv/{issue.slug}/").status_code == 200


def test_no_field_that_tells_of_a_person_can_be_read_there(client):
    """Whatever our tables hold of somebody, by their own account (privacy.registry)."""
    person = PersonFactory(
        first_name="Xerxes", last_name="Kanarie", email="xerxes@exempel.se", phone="070-1234567",
        street="Papegojgatan 7", member=True,
    )  # fmt: skip
    anna = UserFactory(first_name="Annapurna", last_name="Skrivare", email="annapurna@exempel.se")
    subscribed("lasaren@exempel.se")
    draft = write_issue()
    writing.keep_version(draft, anna)
    issue = approve(draft)
    answer = client.get(f"/nyhetsbrev/arkiv/{issue.slug}/")
    assert isinstance(answer.context["letter"], Public)
    page = answer.content.decode()
    held = {
        str(value)
        for rule in registry.rules()
        for row in rule.model._base_manager.all()
        for field in rule.fields
        if len(str(value := getattr(row, field, "") or "")) > 3
    }
    assert {person.last_name, anna.email, "lasaren@exempel.se"} <= held
    assert [value for value in held if value in page] == []
