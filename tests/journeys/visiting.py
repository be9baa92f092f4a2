"""What somebody meets who works in care, or who listened to us."""

from django.conf import settings
from playwright.sync_api import Page, Response

from tests.journeys.world import World
from tests.volunteers.visits import held
from volunteers.emails.outreach import questions_url


def opens_questions(page: Page, world: World) -> Response | None:
    return page.goto(questions_url(held()).removeprefix(settings.SITE_URL))


def books_a_visit(page: Page, world: World) -> Response | None:
    page.goto("/om-oss/for-varden/boka/")
    page.get_by_label("Var arbetar du?").fill("Mottagningen")
    page.get_by_label("Namn", exact=True).fill("Pia")
    page.get_by_label("E-post", exact=True).fill("pia.bokar@exempel.se")
    page.get_by_label("Ja, Balans Stockholm får spara").check()
    with page.expect_navigation() as answered:
        page.get_by_role("button", name="Skicka", exact=True).click()
    return answered.value
