"""The pages that every site of ours has, so that no link of ours leads nowhere."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from pages.models import (
    ActivityIndexPage,
    ContentPage,
    CrisisLine,
    CrisisPage,
    Door,
    NewsIndexPage,
    SectionPage,
    StartPage,
    StatementPage,
    VolunteerIndexPage,
)

# When the numbers below were looked up. Nobody has called them: the staff is asked to.
LOOKED_UP = date(2026, 11, 21)

Question = CrisisLine.Question
# Numbers that are the same in the whole country.
NATIONAL_LINES: list[dict[str, Any]] = [
    {"question": Question.DANGER, "name": "112", "number": "112", "dial": "112", "order": 10},
    {
        "question": Question.THOUGHTS,
        "name": "Självmordslinjen",
        "number": "90101",
        "dial": "90101",
        "hours": "Öppet dygnet runt.",
        "after": "Du får vara anonym.",
        "chat_url": "https://mind.se/",
        "order": 20,
        "in_short_list": True,
        "source": "mind.se",
    },
    {
        "question": Question.THOUGHTS,
        "name": "Hjälplinjen",
        "number": "90 390",
        "dial": "90390",
        "before": "Är det upptaget?",
        "hours": "Öppet dygnet runt.",
        "after": "De som svarar är utbildade.",
        "order": 30,
    },
    {
        "question": Question.CARE,
        "name": "1177",
        "number": "1177",
        "dial": "1177",
        "hours": "Öppet dygnet runt.",
        "order": 40,
    },
    {
        "question": Question.NIGHT,
        "name": "Jourhavande medmänniska",
        "number": "08-702 16 80",
        "dial": "087021680",
        "hours": "Öppet klockan 21 till 06.",
        "order": 50,
    },
]

# The words around the form at this address (members.urls); the link in the menu leads to the form.
JOIN = "bli-medlem"

HELP = "Du behöver inte kunna något särskilt. En timme räcker långt."

# What is true of the site as it comes; the association writes the rest.
STATEMENT = {
    "how_accessible": "<p>Sidan är byggd för att följa WCAG 2.2, nivå AA.</p>",
    "another_way": (
        "<p>Är något svårt att läsa eller använda? Skriv eller ring till oss, så hjälper vi dig. "
        "Du kan få texterna på papper eller upplästa.</p>"
    ),
    "report_to_us": "<p>Säg gärna till om något inte fungerar. Då lagar vi det.</p>",
    "technical": (
        "<p>Sidan går att använda med tangentbord, skärmläsare och stor text. Den fungerar utan "
        "skript. Du kan välja färger och textstorlek på sidan Anpassa.</p>"
    ),
    "how_tested": "<p>Vi testar sidorna med program varje gång de ändras.</p>",
}


@transaction.atomic
def lay() -> StartPage:
    """Make sure that the start page and the pages that code links to are there, and the numbers.

    What is there already is left as it is, so it can be run again.
    """
    start = StartPage.objects.first() or _start()
    _below(start, ActivityIndexPage, title="Aktiviteter", show_in_menus=True)
    _below(start, SectionPage, slug="stod", title="Stöd och råd", show_in_menus=True)
    _below(start, ContentPage, slug=JOIN, title="Bli medlem", show_in_menus=True)
    _below(start, VolunteerIndexPage, title="Engagera dig", ingress=HELP, show_in_menus=True)
    _below(start, NewsIndexPage, title="Nyheter", show_in_menus=True)
    _below(start, SectionPage, slug="om-oss", title="Om oss", show_in_menus=True)
    _below(start, CrisisPage, title="Akut hjälp")
    _below(start, StatementPage, title="Tillgänglighet", **STATEMENT, reviewed_on=LOOKED_UP)
    for line in NATIONAL_LINES:
        number = CrisisLine.objects.filter(dial=line["dial"])
        if not number.exists():
            CrisisLine.objects.create(**line, checked_on=LOOKED_UP)
    return start


def _start() -> StartPage:
    """A start page instead of Wagtail's welcome, as the root of the site."""
    root = Page.get_first_root_node()
    start = StartPage(
        title="Start",
        slug="start",
        heading="Du är inte ensam",
        ingress="Vi är en förening för dig som mår dåligt, och för dig som är anhörig.",
    )
    start.doors = [
        Door(text="Hitta en aktivitet", address="/aktiviteter/", sort_order=0),
        Door(text="Stöd och råd", address="/stod/", sort_order=1),
        Door(text="Om oss", address="/om-oss/", sort_order=2),
    ]
    root.add_child(instance=start)
    welcome = root.get_children().exact_type(Page).first()
    address = urlsplit(settings.SITE_URL)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "root_page": start,
            "hostname": address.hostname,
            "port": address.port or (443 if address.scheme == "https" else 80),
        },
    )
    if welcome:
        welcome.delete()
    return start


def _below(start: StartPage, kind: type[Page], *, title: str, **fields: Any) -> None:
    slug = fields.pop("slug", None) or kind.fixed_slug
    if Page.objects.child_of(start).filter(slug=slug).exists():
        return
    texts = {"ingress": title} if kind in (SectionPage, ContentPage) else {}
    start.add_child(instance=kind(title=title, slug=slug, **texts, **fields))
