"""How one comes to the pages that are more than an address: by typing, pressing, logging in."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Response

from events.models import Event
from mail.services import mint
from members.emails.own import CHANGE
from members.models import LoginCode
from members.services.own import ask_for_email
from members.services.renewal import renew_url
from pages.emails import ERASE
from payments.models import Charge
from tests.doors import log_in
from tests.factories import PersonFactory, RegistrationFactory, UserFactory
from tests.journeys.steps import fills_in, presses, types_who_they_are
from tests.journeys.world import World, staff
from tests.members.fees import member, pay

Way = Callable[[Page, World], Response | None]


def pressing(page: Page, button: str) -> Response:
    """The answer to a form, after its redirect."""
    with page.expect_navigation() as answer:
        presses(page, button)
    return answer.value


def sends_empty(path: str, button: str) -> Way:
    def way(page: Page, world: World) -> Response:
        page.goto(path)
        return pressing(page, button)

    return way


# --- activities -----------------------------------------------------------------------------------


def signs_up(page: Page, world: World) -> Response:
    page.goto("/aktiviteter/somn/anmalan/")
    fills_in(page, Event.objects.get(slug="somn"))
    return pressing(page, "Anmäl mig")


def joins_queue(page: Page, world: World) -> Response:
    page.goto("/aktiviteter/utflykt/ko/")
    fills_in(page, Event.objects.get(slug="utflykt"))
    return pressing(page, "Ställ mig i kö")


def comes_too_late(page: Page, world: World) -> Response:
    """The form was shown before anybody had pressed, and the last place is gone."""
    event = Event.objects.get(slug="sista-platsen")
    event.registrations.all().delete()
    page.goto("/aktiviteter/sista-platsen/anmalan/")
    fills_in(page, event)
    RegistrationFactory(event=event)
    return pressing(page, "Anmäl mig")


def says_yes_too_late(page: Page, world: World) -> Response:
    page.goto(f"/plats/{world.links['lapsed']}/")
    return pressing(page, "Ja, jag tar platsen")


# --- members --------------------------------------------------------------------------------------

NEXT_YEAR = timezone.localdate().year + 1
RENEW_TITLE = f"Vill du vara med {NEXT_YEAR}?"


def joins(
    *, paper: bool = False, cancelled: bool = False, invoice: bool = False, paid: bool = False,
    press: str = "",
) -> Way:  # fmt: skip
    """Through the form to the next step, and on."""

    def way(page: Page, world: World) -> Response | None:
        address = f"{uuid.uuid4().hex}@exempel.se"
        page.goto("/bli-medlem/uppgifter/")
        types_who_they_are(page, address)
        if paper:
            page.get_by_label("Även på papper").check()
        answer: Response | None = pressing(page, "Fortsätt")
        if cancelled:
            answer = page.goto(f"{page.url}?avbruten=1")
        if invoice:
            page.get_by_label("Faktura med bankgiro").check()
            answer = pressing(page, "Fortsätt till betalning")
        if paid:
            pay(Charge.objects.get(payer_email=address))
            answer = page.reload()
        return pressing(page, press) if press else answer

    return way


def renews(path: str = "", *, invoice: bool = False, paid: bool = False, press: str = "") -> Way:
    """By the link in a letter."""

    def way(page: Page, world: World) -> Response | None:
        kim = member(NEXT_YEAR - 1, email=f"{uuid.uuid4().hex}@exempel.se")
        answer = page.goto(renew_url(kim) + path)
        if invoice or paid:
            page.get_by_label("Faktura med bankgiro").check()
            answer = pressing(page, "Fortsätt till betalning")
        if paid:
            pay(Charge.objects.get(payer_email=kim.email, year=NEXT_YEAR))
            answer = page.reload()
        return pressing(page, press) if press else answer

    return way


# --- what one does not wish for -------------------------------------------------------------------


def comes_too_often(page: Page, world: World) -> Response:
    """The last of more presses than one visitor is allowed."""
    page.goto("/aktiviteter/cirkel/anmalan/")
    address = page.url
    for _ in range(world.form_limit):
        page.request.post(address, form={"name": "Kim"})
    return pressing(page, "Anmäl mig")


def comes_from_another_site(page: Page, world: World) -> Response:
    """A form on a page that is not ours."""
    form = f"""<!doctype html><form method="post" action="{world.url}/aktiviteter/somn/anmalan/">
      <input name="name" value="Kim"><input name="email" value="kim@exempel.se">
      <button>Skicka</button></form>"""
    page.route("http://annan.example/", lambda route: route.fulfill(body=form))
    page.goto("http://annan.example/")
    return pressing(page, "Skicka")


def meets_a_fault_of_ours(page: Page, world: World) -> Response | None:
    """The page that Django shows after an error: made without a context."""
    html = render_to_string("500.html")
    kind = "text/html; charset=utf-8"
    page.route("**/trasig/", lambda route: route.fulfill(status=500, body=html, content_type=kind))
    return page.goto("/trasig/")


def saves_the_look(page: Page, world: World) -> Response:
    page.goto("/anpassa/")
    return pressing(page, "Spara")


# --- logging in -----------------------------------------------------------------------------------


def waits_for_code(page: Page, world: World) -> Response:
    page.goto("/logga-in/")
    page.get_by_label("E-post", exact=True).fill(UserFactory(role="samordnare").email)
    return pressing(page, "Skicka länk och kod")


def types_wrong_code(page: Page, world: World) -> Response:
    waits_for_code(page, world)
    page.get_by_label("Kod").fill("0000000")
    return pressing(page, "Logga in")


def guesses_too_often(page: Page, world: World) -> Response:
    waits_for_code(page, world)
    LoginCode.objects.update(tries=5)
    page.get_by_label("Kod").fill("0000000")
    return pressing(page, "Logga in")


def meets_second_step(page: Page, world: World) -> Response:
    user, _ = staff()
    page.goto("/logga-in/")
    page.get_by_label("E-post", exact=True).fill(user.email)
    pressing(page, "Skicka länk och kod")
    code = LoginCode.objects.filter(email=user.email).latest("created_at")
    page.get_by_label("Kod").fill(code.digits)
    return pressing(page, "Logga in")


def as_staff(path: str, *, factor: bool = True, ago: float = 0) -> Way:
    """Logged in so many seconds ago, with a second factor or before it is set up."""

    def way(page: Page, world: World) -> Response | None:
        user = UserFactory(role="samordnare")
        session = log_in(Client(), user, ago=ago, factor=factor).cookies["session"].value
        page.context.add_cookies([{"name": "session", "value": session, "url": world.url}])
        return page.goto(path)

    return way


def as_member(path: str) -> Way:
    """A member with a card and a booking, on their own pages."""

    def way(page: Page, world: World) -> Response | None:
        email = f"{uuid.uuid4().hex}@exempel.se"
        PersonFactory(email=email, member=True, member_number=uuid.uuid4().int % 10**8)
        RegistrationFactory(email=email)
        session = log_in(Client(), UserFactory(email=email), factor=False).cookies["session"].value
        page.context.add_cookies([{"name": "session", "value": session, "url": world.url}])
        return page.goto(path)

    return way


def proves_new_mailbox(page: Page, world: World) -> Response | None:
    """The link in the letter to the new address."""
    change = ask_for_email(PersonFactory(), f"{uuid.uuid4().hex}@exempel.se")
    ends = timezone.now() + timedelta(days=1)
    token = mint(CHANGE, about=str(change.pk), expires_at=ends)
    return page.goto(f"/mina-sidor/uppgifter/e-post/{token}/")


def asks_to_be_erased(page: Page, world: World) -> Response | None:
    person = PersonFactory()
    ends = timezone.now() + timedelta(days=1)
    return page.goto(f"/radering/{mint(ERASE, about=str(person.reference), expires_at=ends)}/")
