"""The board writes a letter: from the news to the mailbox, with scripts and without."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from members.models import User
from newsletters.models import Delivery, Issue, Pace, Subscription
from newsletters.services import sending
from pages.models import NewsPage
from tests.doors import log_in
from tests.journeys import looking
from tests.journeys.conftest import DESK, OpenContext
from tests.journeys.steps import presses, sees_heading
from tests.servers import Site
from tests.waiting import until

pytestmark = pytest.mark.journey
# Wagtail's own frame of a page: its colours, and where its landmarks stand.
NOT_OURS = ("color-contrast-enhanced", "region", "landmark-unique", "aria-allowed-role")
WORDS = [
    ("summary", ["Öppet hus på tisdag"]),
    ("heading", "Kom som du är"),
    ("text", "<p>Vi dricker kaffe och pratar. Du kan sitta tyst om du vill.</p>"),
    ("coming", {"days": 14, "count": 6}),
]

# A moment after it has opened, Wagtail's editor remembers what was there, and looks for changes.
WATCHES = """() => Boolean(window.wagtail?.app?.getControllerForElementAndIdentifier(
    document.getElementById("w-editor-form"), "w-unsaved")?.initialFormData)"""


def desk(site: Site, open_context: OpenContext, *, scripts: bool) -> BrowserContext:
    board = User.objects.get(groups__name="styrelse", email__startswith="styrelse@")
    session = log_in(Client(), board).cookies["session"].value
    context = open_context(java_script_enabled=scripts, viewport=DESK)
    context.add_cookies([{"name": "session", "value": session, "url": site.url}])
    return context


def faults_in(page: Page, place: str) -> list[str]:
    """Of a part of a page that is otherwise not ours."""
    looking.axe_faults(page)
    run = "place => axe.run(place).then(answer => answer.violations.map(one => one.id))"
    found: list[str] = page.evaluate(run, place)
    return found


def begins(page: Page, news: NewsPage) -> Issue:
    page.goto("/admin/nyhetsbrev/")
    page.get_by_role("link", name="Nytt brev").first.click()
    page.get_by_label(news.title, exact=True).check()
    presses(page, "Börja skriva")
    page.wait_for_url("**/edit/*/")
    return Issue.objects.latest("pk")


def writes(page: Page, issue: Issue) -> None:
    """In Wagtail's editor."""
    until(lambda: page.evaluate(WATCHES), what="the editor to look for changes")
    page.locator("[name=greeting]").fill("Vad roligt att du läser.")
    written = Issue.objects.filter(pk=issue.pk, greeting="Vad roligt att du läser.")
    until(written.exists, what="what was typed to be kept without a press")
    page.locator("[name=body-0-value-0-value]").fill("Öppet hus på tisdag")
    page.locator("[name=body-1-value]").fill("Kom som du är")
    page.locator(".Draftail-Editor [contenteditable=true]").first.click()
    page.keyboard.type("Vi dricker kaffe och pratar. Du kan sitta tyst om du vill.")
    expect(page.locator("#issue-figure")).to_have_text("Nu: 25 ord, ungefär 1 minut.")


def leaves_now(issue: Issue) -> None:
    """The ten minutes to regret are over."""
    Issue.objects.filter(pk=issue.pk).update(send_at=timezone.now())
    Delivery.objects.filter(issue=issue).update(due_at=timezone.now())


@pytest.fixture
def a_mail_server(site: Site, settings) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", urlsplit(site.sink.url).port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.NEWSLETTER_RATE = 0.0


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_news_to_the_mailbox(
    site: Site, open_context: OpenContext, a_mail_server: None, scripts: bool
) -> None:
    context = desk(site, open_context, scripts=scripts)
    page = context.new_page()

    def is_fine() -> None:
        if scripts:
            assert looking.axe_faults(page, without=NOT_OURS) == []

    news = NewsPage.objects.live().order_by("-pk")[0]
    issue = begins(page, news)
    assert [child.value.pk for child in issue.body if child.block_type == "news"] == [news.pk]
    if scripts:
        writes(page, issue)
        assert faults_in(page, ".issue-panel") == []
        page.get_by_role("button", name="Spara", exact=True).click()
        page.wait_for_url("**/amnesrad/")
    else:
        issue.greeting, issue.body = "Vad roligt att du läser.", [*WORDS, ("news", news)]
        issue.save()
        page.goto(f"/admin/nyhetsbrev/{issue.pk}/amnesrad/")
    sees_heading(page, "Ämnesrad")
    page.get_by_label("Ämnesrad").fill("Om bipolär sjukdom")
    page.get_by_label("Förhandstext").fill("Öppet hus på tisdag, och en ny lokal att titta in i.")
    presses(page, "Spara och titta")
    expect(page.locator(".issue")).to_contain_text("Ordet ”bipolär” syns på låsta skärmar.")
    expect(page.get_by_label("Ämnesrad")).to_have_value("Om bipolär sjukdom")
    is_fine()
    page.get_by_label("Ämnesrad").fill("Kom in och titta hos oss")
    presses(page, "Spara och titta")
    sees_heading(page, "Titta och testa")
    expect(page.locator(".issue-checks")).to_contain_text("Skicka ett test till dig själv")
    is_fine()
    page.get_by_role("link", name="Bara text").click()
    expect(page.locator(".issue-text")).to_contain_text("Kom som du är")
    page.get_by_role("link", name="Mörkt").click()
    expect(page.frame_locator(".issue-frame").locator("h1")).to_have_text(
        "Kom in och titta hos oss"
    )
    presses(page, "Skicka test")
    expect(page.locator(".issue-checks")).to_contain_text("Ett test är skickat.")
    expect(page.locator(".issue-check-stop")).to_have_count(0)

    page.get_by_role("link", name="Fortsätt").click()
    sees_heading(page, "Vem och när")
    is_fine()
    page.get_by_label("Medlemmar", exact=True).uncheck()
    page.get_by_label("Varje vecka").uncheck()
    page.get_by_label("Bara när det finns nya träffar").check()
    presses(page, "Fortsätt")
    readers = Subscription.objects.filter(pace=Pace.MEETINGS, paused_until=None)
    sees_heading(page, f"Ska vi skicka till {readers.count()} personer?")
    is_fine()
    presses(page, "Ja, skicka")
    expect(page.locator(".issue")).to_contain_text("Det går i väg om 10 minuter")
    is_fine()
    leaves_now(issue)
    assert sending.work() == readers.count()
    page.reload()
    expect(page.locator(".issue")).to_contain_text(
        f"{readers.count()} av {readers.count()} brev har lämnats till mottagarnas e-post."
    )
    for reader in readers:
        letter = site.sink.to(reader.email)[-1]
        assert letter.subject == "Kom in och titta hos oss"
        assert news.title in letter.text
    page.goto("/admin/nyhetsbrev/prenumeranter/")
    sees_heading(page, "Prenumeranter")
    is_fine()
