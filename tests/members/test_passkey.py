"""A passkey in a real browser: made, used alone, and used as the second step."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models.signals import post_save
from playwright.sync_api import Page, expect

from mail.models import Letter
from tests import browsers, chromium
from tests.factories import UserFactory

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

# A phone with a fingerprint reader whose owner always agrees.
PHONE_KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def page(live_server, settings) -> Iterator[Page]:
    # A name and not an address of numbers: that is what a passkey belongs to.
    settings.SITE_URL = live_server.url.replace("127.0.0.1", "localhost")
    where, how = browsers.path(), list(chromium.ARGUMENTS)
    with browsers.playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=where, args=how)
        page = browser.new_page(base_url=settings.SITE_URL, locale="sv-SE")
        page.set_default_timeout(20_000)
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_KEY})
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text))
        yield page
        browser.close()
    # The browser's own word for a passkey that nobody had is no complaint about our pages.
    assert [line for line in complaints if "Policy" in line or "Error:" in line] == []


@pytest.fixture
def codes() -> Iterator[list[str]]:
    """The codes as they are written: a worker may send a letter, and forget its code, at once."""
    written: list[str] = []

    def note(instance: Letter, created: bool, **kwargs: Any) -> None:
        if created and instance.kind == "login_code":
            written.append(instance.private["code"])

    post_save.connect(note, sender=Letter)
    yield written
    post_save.disconnect(note, sender=Letter)


def by_letter(page: Page, email: str, codes: list[str]) -> None:
    page.goto("/logga-in/")
    page.get_by_label("E-post").fill(email)
    page.get_by_role("button", name="Skicka länk och kod").click()
    expect(page.get_by_label("Kod")).to_be_visible()
    page.get_by_label("Kod").fill(codes[-1])
    page.get_by_role("button", name="Logga in", exact=True).click()


def logs_out(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.goto("/logga-ut/")
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("button", name="Logga ut")).to_have_count(0)
    page.wait_for_load_state("networkidle")


def test_a_passkey_is_made_and_opens_the_staff_door(page: Page, codes: list[str]) -> None:
    editor = UserFactory(email="red@exempel.se", role="redaktor")
    by_letter(page, editor.email, codes)
    page.goto("/admin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ett steg till, sedan är du inne")
    page.get_by_role("link", name="Använd en passnyckel").click()
    page.get_by_label("Namn på nyckeln").fill("Min telefon")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dina reservkoder")
    page.get_by_role("link", name="Jag har sparat dem, fortsätt").click()
    page.wait_for_url("**/admin/")

    # Alone: two factors in one press, no letter.
    logs_out(page)
    letters = len(codes)
    page.goto("/logga-in/?next=/admin/account/")
    page.get_by_role("button", name="Logga in med passnyckel").click()
    page.wait_for_url("**/admin/account/")
    assert len(codes) == letters

    # As the second step after a letter.
    logs_out(page)
    by_letter(page, editor.email, codes)
    expect(page.get_by_role("heading", level=1)).to_have_text("Steg två: visa att det är du")
    page.get_by_role("button", name="Använd passnyckel").click()
    page.wait_for_url("**/admin/")


def test_a_phone_without_the_key_is_told_so_and_can_go_on(page: Page) -> None:
    page.goto("/logga-in/")
    page.get_by_role("button", name="Logga in med passnyckel").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Det gick inte den här gången. Försök igen, eller logga in med e-post."
    )
    expect(page.get_by_label("E-post")).to_be_visible()
