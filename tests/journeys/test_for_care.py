"""Somebody at a clinic finds the form, books a visit, and is told who answers and when."""

import pytest
from playwright.sync_api import Page, expect

from mail import workdays
from mail.templatetags.dates import day
from tests.journeys.letters import last_letter
from tests.journeys.steps import presses, sees_heading
from tests.servers import Site
from volunteers.models import LectureBooking

pytestmark = pytest.mark.journey


def test_a_clinic_books_a_lecture(page: Page, site: Site, request: pytest.FixtureRequest) -> None:
    address = f"pia.{request.node.callspec.indices['page']}@exempel.se"
    page.goto("/om-oss/for-varden/")
    page.get_by_role("link", name="Boka ett besök").click()
    sees_heading(page, "Boka ett besök")
    page.get_by_label("Var arbetar du?").fill("Mottagningen Lindkullen")
    page.get_by_label("Patienter och anhöriga").check()
    page.get_by_label("När passar det? (valfritt)").fill("En tisdag i mars")
    presses(page, "Skicka")

    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        [
            "Skriv ditt namn",
            "Skriv din e-post",
            "Kryssa i rutan om vi får spara dina uppgifter",
        ]
    )
    page.get_by_label("Namn", exact=True).fill("Pia")
    page.get_by_label("E-post", exact=True).fill(address)
    page.get_by_label("Ja, Balans Stockholm får spara").check()
    presses(page, "Skicka")

    sees_heading(page, "Tack!")
    row = LectureBooking.objects.get(email_key=address)
    promised = day(workdays.after(row.created_at.date(), 3))
    expect(page.locator("main")).to_contain_text(f"svarar dig senast {promised}")
    assert (row.owner is not None, row.is_open, row.audience) == (True, True, "both")
    letter = last_letter(site, address)
    assert letter.subject == "Tack för att du hörde av dig"
    assert promised in " ".join(letter.text.split())
