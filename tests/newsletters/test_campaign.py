"""What a letter led to: sign-ups counted in total by a code that is the same for all its readers."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Event
from members.services import campaigns
from newsletters.emails import issue as words
from newsletters.services import results
from tests.factories import EventFactory, MembershipTypeFactory
from tests.newsletters.conftest import approve, write_issue

MORE = (
    '<p><a href="/bli-medlem/">Bli medlem</a> <a href="/akut-hjalp/">Akut</a>'
    ' <a href="https://annan.example/aktiviteter/">Andra</a></p>'
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory(capacity=2)


def links(html: str) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', html))


def test_the_code_is_on_the_links_that_lead_to_a_form_and_on_no_other(event, settings):
    MembershipTypeFactory()
    body = [
        ("coming", {"days": 20, "count": 6}),
        ("text", MORE),
        ("button", {"text": "Se mer", "address": "/aktiviteter/?nar=kvall"}),
    ]  # fmt: skip
    issue = write_issue(body=body)
    _subject, text, html = words.look_at(issue)
    home = settings.SITE_URL
    coded = {link for link in links(html) if "kod=" in link}
    assert coded == {
        f"{home}{event.url}?kod={issue.code}",
        f"{home}/aktiviteter/?kod={issue.code}",
        f"{home}/bli-medlem/?kod={issue.code}",
    }
    assert f"{home}{event.url}?kod={issue.code}" in text
    assert f"{home}/akut-hjalp/" in links(html)
    assert issue.code != write_issue().code


def sign_up(client, url: str, key: uuid.UUID, email: str = "kim@exempel.se"):
    facts = {"name": "Kim", "email": email, "consent": "on", "submission": key}
    return client.post(url, facts)


def test_a_press_that_came_from_a_letter_is_counted_once_and_without_a_name(client, event):
    issue = approve_one()
    page = client.get(f"{event.url}?kod={issue.code}").content.decode()
    form_url = f"{event.url}anmalan/?kod={issue.code}"
    assert f'href="{form_url}"' in page
    assert f'action="{form_url}"' in client.get(form_url).content.decode()
    key = uuid.uuid4()
    for _ in range(2):
        assert sign_up(client, form_url, key).status_code == 303
    assert sign_up(client, form_url, uuid.uuid4()).status_code == 303, "has a place already"
    assert campaigns.registrations(issue.code) == 1
    sign_up(client, f"{event.url}anmalan/", uuid.uuid4(), "bo@exempel.se")
    assert campaigns.registrations(issue.code) == 1, "came some other way"
    sign_up(client, f"{event.url}ko/?kod={issue.code}", uuid.uuid4(), "lou@exempel.se")
    assert results.of(issue).registrations == 2


def test_the_same_press_at_the_very_same_moment_is_counted_once(client, event, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    issue, key = approve_one(), uuid.uuid4()
    url = f"{event.url}anmalan/?kod={issue.code}"
    for _ in range(2):
        assert sign_up(client, url, key).status_code == 303
    assert campaigns.registrations(issue.code) == 1


def test_a_known_address_costs_as_many_questions_as_an_unknown_one_with_a_code_too(client, event):
    issue = write_issue()
    Event.objects.filter(pk=event.pk).update(capacity=5)
    url = f"{event.url}anmalan/?kod={issue.code}"
    # What a process reads once has been read, and the words of the yes are there.
    for early in ("forst@exempel.se", "sedan@exempel.se"):
        sign_up(client, url, uuid.uuid4(), early)
    asked = []
    for email in ("ny@exempel.se", "ny@exempel.se"):
        with CaptureQueriesContext(connection) as questions:
            assert sign_up(client, url, uuid.uuid4(), email).status_code == 303
        asked.append(len(questions))
    assert asked[0] == asked[1]
    assert campaigns.registrations(issue.code) == 3


def test_a_code_that_is_none_hinders_nobody(client, event):
    url = f"{event.url}anmalan/?kod=%3Cscript%3E"
    assert "script%3E" not in client.get(url).content.decode()
    assert sign_up(client, url, uuid.uuid4()).status_code == 303


def approve_one():
    from tests.newsletters.test_choices import subscribed

    subscribed("las@exempel.se")
    return approve(write_issue())
