"""An issue, its readers, and a mail server that can be made difficult."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images.models import Image

from newsletters.models import Delivery, Issue, NewsletterSettings
from newsletters.services import audience, starting
from newsletters.services.audience import Choice
from tests.factories import UserFactory
from tests.newsletters.test_choices import subscribed
from tests.sink import Sink

BODY = [
    ("summary", ["Vi ses på torsdag", "Ny lokal"]),
    ("heading", "Så här blir hösten"),
    (
        "text",
        "<p>Vi har <b>öppet</b> & <a href='/aktiviteter/'>många träffar</a>.</p><ul><li>Ett</li></ul>",
    ),
    ("coming", {"days": 14, "count": 6}),
    ("facts", [{"term": "Var", "value": "Instrumentvägen 10"}]),
    ("button", {"text": "Se träffarna", "address": "/aktiviteter/"}),
]
Sums = dict[str, int]


def write_issue(**facts: Any) -> Issue:
    words = {
        "subject": "Det här händer i november",
        "preheader": "Fika på torsdag och en ny grupp som startar i januari.",
        "greeting": "Vad roligt att du läser.",
        "body": BODY,
        "audience": Choice().as_json(),
    }
    return Issue.objects.create(**(words | facts))


def approve(issue: Issue, *, start: bool = True) -> Issue:
    """Yes, and the ten minutes are over."""
    chosen = Choice.of(issue)
    number = audience.count(chosen, is_notice=not issue.is_newsletter).total
    issue = starting.approve(issue, actor=UserFactory(role="styrelse"), shown=number)
    if start:
        now = timezone.now()
        Issue.objects.filter(pk=issue.pk).update(send_at=now)
        Delivery.objects.filter(issue=issue).update(due_at=now)
        issue.refresh_from_db()
    return issue


def sums(issue: Issue) -> Sums:
    """How many copies are in each state. Always as many as were prepared."""
    found: Sums = {}
    for state in Delivery.objects.filter(issue=issue).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    issue.refresh_from_db()
    assert sum(found.values()) == issue.prepared
    return found


@pytest.fixture
def readers() -> Callable[[int], list[str]]:
    def make(number: int) -> list[str]:
        addresses = [f"reader{n}@exempel.se" for n in range(number)]
        for address in addresses:
            subscribed(address)
        return addresses

    return make


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    """Newsletters leave over SMTP, as fast as they are taken."""
    with Sink() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", urlsplit(server.url).port
        settings.EMAIL_TIMEOUT = 1
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.NEWSLETTER_RATE = 0.0
        yield server


@pytest.fixture
def a_picture() -> Image:
    file = BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(file, "PNG")
    return Image.objects.create(
        title="Bild", file=ImageFile(BytesIO(file.getvalue()), name="bild.png")
    )


@pytest.fixture
def no_budget() -> None:
    chosen = NewsletterSettings.load()
    chosen.weekly_budget = 100
    chosen.save()
