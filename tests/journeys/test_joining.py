"""From the menu to a member, by invoice: the pages, the letters, and leaving again."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from members.models import Membership
from payments.models import Charge
from tests.journeys.letters import last_letter, letters_to, the_clock_passes
from tests.journeys.steps import follows, presses, sees_heading, types_who_they_are
from tests.members.fees import pay
from tests.servers import Site

pytestmark = pytest.mark.journey


@pytest.fixture
def address() -> str:
    return f"{uuid4().hex}@exempel.se"


def test_a_newcomer_joins_by_invoice_and_is_welcomed(page: Page, site: Site, address: str) -> None:
    page.goto("/bli-medlem/")
    expect(page.locator("main")).to_contain_text("per år.")
    page.get_by_role("link", name="Bli medlem nu").click()
    sees_heading(page, "Vem är du?")
    types_who_they_are(page, address)
    presses(page, "Fortsätt")
    expect(page.locator("main")).to_contain_text("Att betala: 200")
    assert page.get_by_role("radio", checked=True).count() == 0
    page.get_by_label("Faktura med bankgiro").check()
    presses(page, "Fortsätt till betalning")
    sees_heading(page, "Vi väntar på betalningen")
    assert page.context.cookies() == []

    charge = Charge.objects.get(payer_email=address)
    letter = last_letter(site, address)
    assert letter.subject == charge.title
    assert "123-4566" in letter.text
    follows(page, letter, "/bli-medlem/fortsatt/")
    expect(page.locator("main")).to_contain_text("Att betala: 200")
    page.go_back()

    pay(charge)
    the_clock_passes(site)
    page.reload()
    sees_heading(page, "Välkommen, Kim!")
    welcome = next(
        one for one in letters_to(site, address, 2) if one.subject == "Välkommen som medlem"
    )
    assert charge.title in welcome.text
    assert Membership.objects.filter(charge=charge).count() == 1

    page.get_by_label("Födelseår (valfritt)").fill("1985")
    presses(page, "Skicka svaren")
    expect(page.locator("main")).to_contain_text("Tack. Dina svar är sparade.")


def test_what_was_typed_waits_in_the_mailbox(page: Page, site: Site, address: str) -> None:
    page.goto("/bli-medlem/uppgifter/")
    page.get_by_label("E-post", exact=True).fill(address)
    page.get_by_label("Ja, Balans Stockholm får spara").check()
    presses(page, "Spara och fortsätt senare")
    sees_heading(page, "Titta i din e-post")
    follows(page, last_letter(site, address), "/bli-medlem/fortsatt/")
    sees_heading(page, "Vem är du?")
    expect(page.get_by_label("E-post", exact=True)).to_have_value(address)


def test_nothing_is_paid_when_somebody_comes_back(page: Page, address: str) -> None:
    page.goto("/bli-medlem/uppgifter/")
    types_who_they_are(page, address)
    presses(page, "Fortsätt")
    page.goto(f"{page.url}?avbruten=1")
    expect(page.locator("main")).to_contain_text("Inget är betalt. Det du skrev finns kvar.")
    expect(page.locator("main")).to_contain_text(address)
    page.get_by_role("link", name="Ändra namn").click()
    expect(page.get_by_label("Efternamn", exact=True)).to_have_value("Lind")
