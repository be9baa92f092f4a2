"""What anybody may read: sent letters, and nobody's name in them."""

import pytest
from django.utils import timezone

from newsletters.models import Issue
from tests.factories import PersonFactory
from tests.newsletters.conftest import approve, write_issue

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
