"""What a visitor does again and again."""

from playwright.sync_api import Page, expect

from events.models import Event, Registration
from tests.sink import Received


def sees_heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def presses(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def address_for(event: Event, name: str = "Kim") -> str:
    """A mailbox that nobody else in these tests has."""
    return f"{name.lower()}.{event.slug}@exempel.se"


def fills_in(page: Page, event: Event, name: str = "Kim") -> str:
    """The two fields and the yes. Returns the address."""
    page.get_by_label("Namn", exact=True).fill(name)
    page.get_by_label("E-post", exact=True).fill(address_for(event, name))
    page.get_by_label("Ja, Balans Stockholm får spara").check()
    return address_for(event, name)


def types_who_they_are(page: Page, address: str, first_name: str = "Kim") -> None:
    """The three fields and the yes of the form for members."""
    page.get_by_label("Förnamn", exact=True).fill(first_name)
    page.get_by_label("Efternamn", exact=True).fill("Lind")
    page.get_by_label("E-post", exact=True).fill(address)
    page.get_by_label("Ja, Balans Stockholm får spara").check()


def comes_to_pay(page: Page, address: str) -> None:
    """Through the form, to the choice of how to pay."""
    page.goto("/bli-medlem/uppgifter/")
    types_who_they_are(page, address)
    presses(page, "Fortsätt")
    sees_heading(page, "Betala")


def pays_by(page: Page, way: str) -> None:
    page.get_by_role("radio", name=way).check()
    presses(page, "Fortsätt till betalning")


def signs_up(page: Page, event: Event, name: str = "Kim") -> str:
    page.goto(f"/aktiviteter/{event.slug}/anmalan/")
    address = fills_in(page, event, name)
    presses(page, "Anmäl mig")
    sees_heading(page, "Klart. Vi ses!")
    return address


def joins_queue(page: Page, event: Event, name: str = "Kim") -> str:
    page.goto(f"/aktiviteter/{event.slug}/")
    page.get_by_role("link", name="Ställ dig i kö").click()
    sees_heading(page, f"Ställ dig i kö till {event.title}")
    address = fills_in(page, event, name)
    presses(page, "Ställ mig i kö")
    sees_heading(page, "Du står i kö")
    return address


def follows(page: Page, letter: Received, path: str) -> None:
    """Press the link in the letter that leads to this part of the site."""
    page.goto(next(link for link in letter.links if path in link))


def booked(event: Event) -> list[tuple[str, str]]:
    """Who is on the list, and how it stands with them."""
    rows = Registration.objects.filter(event=event).order_by("pk")
    return list(rows.values_list("email", "state"))
