"""Somebody wants to help and does: the form, the letter, the coordinator's keyboard, and rest."""

from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from members.models import User
from tests.doors import log_in
from tests.factories import LeadFactory, UserFactory
from tests.journeys import looking
from tests.journeys.conftest import OpenContext
from tests.journeys.letters import last_letter
from tests.journeys.looking import PHONE
from tests.journeys.steps import follows, presses, sees_heading
from tests.servers import Site
from volunteers.models import Lead, LeadMove, Role, Shift
from volunteers.services import assignments, moves

pytestmark = pytest.mark.journey
# Presses of the Tab key after which something must have been reached.
FAR = 60


def coordinator() -> User:
    return User.objects.get(groups__name="samordnare", email__startswith="samordnare@")


def test_from_the_form_to_active_to_a_pause(page: Page, site: Site) -> None:
    address = f"{uuid4().hex}@exempel.se"
    page.goto("/engagera-dig/")
    page.get_by_role("link", name="Anmäl intresse").first.click()
    page.get_by_label("Namn", exact=True).fill("Kim")
    page.get_by_label("E-post", exact=True).first.fill(address)
    page.get_by_label("Fikavärd", exact=True).check()  # others may have laid out roles too
    page.get_by_label("Ja, Balans Stockholm får spara").check()
    presses(page, "Skicka")
    sees_heading(page, "Tack, Kim!")
    assert page.context.cookies() == []
    promised = page.locator("main strong").first.inner_text()

    letter = last_letter(site, address)
    follows(page, letter, "/volontar/")
    # The page, the letter and the row promise the same day.
    day = promised.removeprefix("senast ")
    expect(page.locator("main")).to_contain_text(day)
    lead = Lead.objects.get(email=address)
    assert lead.next_on == lead.promised_on

    anna, fika = coordinator(), Role.objects.get(slug="fikavard")
    one = assignments.give_role(lead, fika)
    assignments.set_mentor(one, Lead.objects.filter(stage="active").first())
    moves.step(lead, to="onboarding", on=None, actor=anna)
    page.reload()
    page.get_by_role("link", name="Läs överenskommelsen").click()
    presses(page, "Jag har läst och lovar")
    expect(page.get_by_text("Kvar")).to_have_count(0)
    moves.step(lead, to="active", on=None, actor=anna)
    page.reload()
    expect(page.locator("main")).to_contain_text("Du är volontär hos oss.")

    page.get_by_role("button", name="Ta passet").first.click()
    expect(page.get_by_role("heading", name="Dina pass")).to_be_visible()
    page.get_by_role("link", name="Jag behöver pausa").click()
    presses(page, "Pausa 3 månader")
    expect(page.locator("main")).to_contain_text("Du har paus till")
    assert not Shift.objects.filter(crew__lead=lead, crew__given_back_at=None).exists()
    presses(page, "Jag är tillbaka")
    lead.refresh_from_db()
    assert lead.stage == "active"


def tab_to(page: Page, name: str) -> None:
    """With the Tab key alone, to the first link or button that is called so."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        said = page.evaluate("document.activeElement.innerText || ''")
        if said.replace("\n", " ").strip().startswith(name):
            return
    raise AssertionError(f"{name} was not reached")


def test_a_monday_by_keyboard_alone_on_a_phone(site: Site, open_context: OpenContext) -> None:
    anna = UserFactory(role="samordnare")
    late, fresh = LeadFactory(owner=anna, name="Robin"), LeadFactory(owner=anna, name="Alex")
    session = log_in(Client(), anna).cookies["session"].value
    context = open_context(java_script_enabled=True)
    context.add_cookies([{"name": "session", "value": session, "url": site.url}])
    page = context.new_page()
    assert page.viewport_size == PHONE
    page.goto("/samordning/")
    expect(page.locator("main")).to_contain_text("2 väntar på dig.")
    assert looking.axe_faults(page) == []

    tab_to(page, "Jag har ringt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Noterat. Vi påminner om en vecka.")
    tab_to(page, "Skriv mejl")
    page.keyboard.press("Enter")
    sees_heading(page, "Mejl till Alex")
    tab_to(page, "Skicka")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("går om en liten stund.")
    expect(page.locator("main")).to_contain_text("Ingen väntar på dig. Bra jobbat.")
    tab_to(page, "Ångra")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Mejlet gick inte. Allt är som förut.")
    expect(page.locator("main")).to_contain_text("1 väntar på dig.")
    tab_to(page, "Nästa steg…")
    page.keyboard.press("Enter")
    sees_heading(page, "Nästa steg för Alex")
    tab_to(page, "Spara")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Sparat.")
    whats = set(LeadMove.objects.filter(lead__in=[late, fresh]).values_list("what", flat=True))
    assert whats == {"call", "letter", "undone", "step"}
    assert looking.axe_faults(page) == []
