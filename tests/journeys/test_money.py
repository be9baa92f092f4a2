"""From a form to a receipt and back: pay at Stripe's stand-in or by the bank, log in, get a refund."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from members.models import Membership
from payments.models import Charge, Payment, StripeEvent
from payments.ocr import ocr
from tests.doors import log_in
from tests.factories import UserFactory
from tests.journeys.conftest import DESK, OpenContext
from tests.journeys.letters import letters_to
from tests.journeys.steps import comes_to_pay, pays_by, presses, sees_heading
from tests.servers import Site
from tests.sink import Received
from tests.waiting import until

pytestmark = pytest.mark.journey
CODE = re.compile(r"koden: (\d{3}\s?\d{3})")


@pytest.fixture
def address() -> str:
    return f"{uuid4().hex}@exempel.se"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def page(open_context: OpenContext, scripts: bool) -> Iterator[Page]:
    """The newcomer's phone."""
    context = open_context(java_script_enabled=scripts)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(open_context: OpenContext, site: Site, scripts: bool) -> Iterator[Page]:
    """The treasurer's computer. They have just come through the door."""
    context = open_context(viewport=DESK, java_script_enabled=scripts)
    _carries(context.new_page(), site, log_in(Client(), UserFactory(role="kassor")))
    yield context.pages[0]
    context.close()


def _carries(page: Page, site: Site, client: Client) -> None:
    session = client.cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": site.url}])


@pytest.mark.parametrize("way", ["Kort", "Swish"])
def test_paying_at_stripe_and_getting_it_back(
    page: Page, desk: Page, site: Site, address: str, way: str
) -> None:
    comes_to_pay(page, address)
    pays_by(page, way)
    stripes_page = page.url
    charge = Charge.objects.get(payer_email=address)
    sees_heading(page, charge.title)
    expect(page.locator(".mark")).to_contain_text("Testbetalning.")
    presses(page, "Avbryt")
    expect(page.locator("main")).to_contain_text("Inget är betalt. Det du skrev finns kvar.")

    pays_by(page, way)
    assert page.url == stripes_page
    presses(page, "Betala")
    sees_heading(page, "Välkommen, Kim!")
    assert page.context.cookies() == []
    until(lambda: told_by_stripe(charge), what="the message from Stripe")
    assert Membership.objects.filter(charge=charge).count() == 1
    assert charge.title in letter_named(site, address, "Välkommen som medlem").text

    logs_in(page, site, address)
    assert receipt(page, charge).startswith(b"%PDF")
    gives_back(desk, charge)
    expect(desk.locator(".messages")).to_contain_text("200 kr är återbetalt.")
    is_given_back(page, charge)


def test_paying_the_invoice_and_getting_it_back(
    page: Page, desk: Page, site: Site, address: str
) -> None:
    comes_to_pay(page, address)
    pays_by(page, "Faktura med bankgiro")
    sees_heading(page, "Vi väntar på betalningen")
    charge = Charge.objects.get(payer_email=address)
    reference = ocr(charge.number)
    assert reference in letter_named(site, address, charge.title).text

    # One digit is wrong, so the treasurer has to look.
    wrong = reference[:-1] + str((int(reference[-1]) + 5) % 10)
    reads_a_bank_file(desk, f"{timezone.localdate()};200,00;Kim Lind;;{wrong}")
    desk.get_by_role("link", name="Para ihop", exact=True).click()
    waiting = desk.get_by_role("region").filter(has_text=wrong)
    expect(waiting).to_contain_text("Namnet och beloppet stämmer")
    waiting.locator("form").filter(has_text=charge.title).get_by_role("button").click()
    expect(desk.locator(".messages")).to_contain_text(f"Raden hör nu ihop med {charge.title}.")

    page.reload()
    sees_heading(page, "Välkommen, Kim!")
    assert charge.title in letter_named(site, address, "Välkommen som medlem").text
    logs_in(page, site, address)
    assert receipt(page, charge).startswith(b"%PDF")
    gives_back(desk, charge)
    is_given_back(page, charge)


# --- the newcomer -------------------------------------------------------------------------------


def letter_named(site: Site, address: str, subject: str) -> Received:
    def found() -> Received | None:
        return next((one for one in site.sink.to(address) if one.subject == subject), None)

    letter = until(found, what=f"the letter {subject!r} to {address}")
    assert len([one for one in letters_to(site, address, 1) if one.subject == subject]) == 1
    return letter


def logs_in(page: Page, site: Site, address: str) -> None:
    page.goto("/logga-in/")
    page.get_by_label("E-post", exact=True).fill(address)
    presses(page, "Skicka länk och kod")
    letter = letter_named(site, address, "Logga in hos Balans Stockholm")
    code = CODE.search(letter.text)
    assert code
    page.get_by_label("Kod", exact=True).fill(code[1])
    presses(page, "Logga in")
    sees_heading(page, "Hej Kim!")


def receipt(page: Page, charge: Charge) -> bytes:
    page.get_by_role("link", name="Medlemskort och kvitton").click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name=charge.title).click()
    assert fetched.value.suggested_filename == f"kvitto-{charge.number}.pdf"
    return fetched.value.path().read_bytes()


def is_given_back(page: Page, charge: Charge) -> None:
    """The money is back, and what it bought has ended."""
    charge.refresh_from_db()
    assert (charge.received, charge.returned) == (20000, 20000)
    assert Membership.objects.get(charge=charge).ended_on == timezone.localdate()
    page.goto("/mina-sidor/medlemskap/")
    expect(page.locator("main")).to_contain_text("Ditt medlemskap gäller inte just nu.")


def told_by_stripe(charge: Charge) -> bool:
    intent = charge.checkouts.exclude(payment_intent=None).values("payment_intent")
    told = StripeEvent.objects.filter(type="checkout.session.completed", done_at__isnull=False)
    return told.filter(facts__payment_intent__in=[row["payment_intent"] for row in intent]).exists()


# --- the treasurer ------------------------------------------------------------------------------


def reads_a_bank_file(desk: Page, *rows: str) -> None:
    content = "\r\n".join(["Bokföringsdag;Belopp;Avsändare;Meddelande;OCR", *rows])
    file = {"name": "bank.csv", "mimeType": "text/csv", "buffer": content.encode("latin-1")}
    desk.goto("/admin/avgifter/filer/")
    desk.get_by_label("Fil").set_input_files(file)  # type: ignore[arg-type]  # a plain dict
    presses(desk, "Läs in")
    expect(desk.locator(".messages")).to_contain_text("Filen är inläst.")


def gives_back(desk: Page, charge: Charge) -> None:
    """By searching for the number of the fee, and a press that says what ends."""
    desk.goto("/admin/avgifter/")
    desk.get_by_label("Sök på namn").fill(str(charge.number))
    presses(desk, "Sök")
    desk.get_by_role("link", name=str(charge.number), exact=True).click()
    desk.get_by_role("link", name="Återbetala", exact=True).click()
    expect(desk.locator(".money")).to_contain_text("Medlemskapet slutar i dag.")
    presses(desk, "Betala tillbaka 200 kr")
    sees_heading(desk, charge.title)
    assert Payment.objects.filter(charge=charge, kind=Payment.Kind.REFUNDED).count() == 1
