"""The demo association, and beside it one of everything: pages, activities, people in each state."""

import time as clock
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone

from events import emails
from events.models import Event, Registration
from mail.services import mint
from members.models import User
from members.services import give_app
from newsletters import doors
from newsletters.emails.letters import OPT_IN
from newsletters.models import Issue, Pace, Subscription
from newsletters.services import choices
from pages.models import ContentPage, NewsIndexPage, NewsPage, SectionPage
from samvaro.demo_data.loading.everything import load
from tests.factories import EventFactory, OccasionFactory, RegistrationFactory, UserFactory
from tests.journeys.changes import lay_changes

State = Registration.State
# Within the two days in which everyone in the queue is asked at once.
SOON = timedelta(hours=30)
SHORT_NAME = "Balans Stockholm"


@dataclass
class World:
    """`links`: tokens of letters' doors, by what they open. `form_limit`: presses per visitor."""

    url: str
    form_limit: int
    links: dict[str, str] = field(default_factory=dict)


def day(number: int, hour: int = 17, minute: int = 0) -> datetime:
    """So many days from today, at this time in Stockholm."""
    on = timezone.localdate() + timedelta(days=number)
    return timezone.make_aware(datetime.combine(on, time(hour, minute)))


def lay_out(url: str, form_limit: int) -> World:
    load()
    lay_pages()
    lay_activities()
    world = World(url, form_limit)
    world.links.update(lay_bookings())
    world.links.update(lay_offers())
    world.links.update(lay_changes())
    world.links.update(lay_newsletter())
    return world


# --- the newsletter -------------------------------------------------------------------------------


def lay_newsletter() -> dict[str, str]:
    """What the links of its readers open."""

    def chosen(name: str, pace: Pace = Pace.WEEKLY) -> Subscription:
        source = Subscription.Source.LETTER
        return choices.choose(f"{name}@exempel.se", pace=pace, text_only=False, source=source)

    asked = choices.ask(uuid.uuid4(), email="fraga@exempel.se")
    answered = choices.ask(uuid.uuid4(), email="svar@exempel.se")
    choices.confirm(answered)
    week = timezone.now() + timedelta(days=7)
    return {
        "opt_in": mint(OPT_IN, about=str(asked.pk), expires_at=week),
        "opted_in": mint(OPT_IN, about=str(answered.pk), expires_at=week),
        "letters": doors.token_for(chosen("brev"), doors.CHOICE),
        "no_letters": doors.token_for(chosen("slut", Pace.NONE), doors.CHOICE),
        "archived": Issue.objects.in_archive(timezone.now())[0].slug,
        "end_letters": doors.token_for(chosen("avsluta"), doors.END),
    }


# --- pages ----------------------------------------------------------------------------------------


def lay_pages() -> None:
    SectionPage.objects.get(slug="stod").add_child(instance=with_every_block())
    news = NewsIndexPage.objects.get()
    for number in range(12):
        news.add_child(
            instance=NewsPage(
                title=f"Vi har flyttat in, del {number + 1}",
                slug=f"flytt-{number + 1}",
                summary="Lokalen på Instrumentvägen är klar. Välkommen in och titta.",
                body=[("text", "<p>Det finns <a href='/aktiviteter/'>fika på tisdagar</a>.</p>")],
            )
        )


def with_every_block() -> ContentPage:
    """A page with every block that needs no picture."""
    return ContentPage(
        title="Allt som en sida kan ha",
        slug="alla-block",
        ingress="Läs bara det du orkar.",
        content_warning="Texten nämner självmord.",
        in_short="Du är inte ensam. Du kan komma på en träff redan den här veckan.",
        reviewed_on=date(2026, 10, 1),
        reviewed_by="Anna Ek",
        body=[
            ("heading", {"text": "Tre saker du kan göra", "level": "h2"}),
            ("steps", ["Du kan komma på en träff.", "Du kan ringa.", "Du kan fråga vården."]),
            ("text", "<p>Många blir <b>lugnare</b> av andra.</p><ul><li>Kaffe</li></ul>"),
            ("heading", {"text": "Det är bra att veta", "level": "h3"}),
            ("facts", [{"term": "Var", "value": "Instrumentvägen 10"}]),
            ("box", {"kind": "info", "text": "<p>Du får bara sitta med.</p>"}),
            ("box", {"kind": "warn", "text": "<p>Vi är inte sjukvård.</p>"}),
            ("box", {"kind": "acute", "text": "<p>Ring 112 om det är fara för livet.</p>"}),
            ("film", a_film()),
            ("questions", [{"question": "Måste jag säga något?", "answer": "<p>Nej.</p>"}]),
            ("listing", {"what": "activities", "count": 2}),
            ("button", {"text": "Se träffar för nya", "address": "/aktiviteter/?for=nya"}),
        ],
    )


def a_film() -> dict[str, Any]:
    return {
        "title": "Så är det att komma första gången",
        "address": "https://www.youtube.com/watch?v=aaaaaaaaaaa",
        "minutes": 4,
        "captioned": True,
        "transcript": "Jag var nervös i trappan. " * 25,
    }


# --- activities -----------------------------------------------------------------------------------

IN_FULL: dict[str, Any] = {
    "title": "Föreläsning om att snarka och vila",
    "neutral_title": "Föreläsning",
    "summary": "En lugn kväll om hur man kan sova bättre. Du får bara sitta med om du vill.",
    "kind": Event.Kind.LECTURE,
    "body": "<p>Maria berättar i en timme. Sedan fikar vi.</p>",
    "how_it_goes": "Vi öppnar dörren en kvart före.\nMaria pratar.\nVi fikar, och du går när du vill.",
    "place": "Instrumentvägen 10, Hägersten",
    "directions": "Tunnelbana till Telefonplan. Ring på porttelefonen, Balans.",
    "price": 40,
    "price_note": "Gratis för dig som är medlem",
    "audience": "Alla som vill, också anhöriga",
    "for_relatives": True,
    "for_newcomers": True,
    "host": "Anna har på sig en grön bricka.",
    "people": "Ungefär 20",
    "sound": "En mikrofon, ingen musik",
    "light": "Dämpat",
    "pause": "En kvart i mitten",
    "seating": "Stolar med ryggstöd",
    "bring_someone": "Ja, gärna",
    "access": "Hiss, och toalett med plats för rullstol",
    "energy": Event.Energy.LITTLE,
    "capacity": 30,
}


def lay_activities() -> None:
    EventFactory(slug="somn", starts_at=day(3, 17, 30), **IN_FULL)
    EventFactory(slug="cafe", title="Öppet hus", starts_at=day(4, 13), no_sign_up=True)
    EventFactory(slug="utflykt", title="Utflykt till Drottningholm", capacity=2, with_queue=2)
    EventFactory(slug="yoga", title="Mjuk yoga", full=True, capacity=1, waiting_list=False)
    EventFactory(slug="snart", title="Vinterpromenad", opens_at=day(2, 9))
    EventFactory(slug="stangd", title="Museibesök", closes_at=day(-1, 12))
    EventFactory(slug="installd", title="Körsång", cancelled=True)
    EventFactory(
        slug="digital", title="Samtal på skärm", where=Event.Where.ONLINE, place="", capacity=None
    )
    circle = EventFactory(
        slug="cirkel", title="Skrivcirkel", starts_at=day(6), times=4, kind=Event.Kind.CIRCLE
    )
    OccasionFactory(event=circle, starts_at=day(8), note="Extra gång", cancelled_at=timezone.now())
    # A page that is shown before anybody has pressed, and full when they do.
    EventFactory(slug="sista-platsen", title="Keramik", capacity=1)
    for number in range(14):
        EventFactory(slug=f"fika-{number}", title=f"Fika {number + 1}", starts_at=day(20 + number))


# --- people in every state ------------------------------------------------------------------------


def door(row: Registration, purpose: str) -> str:
    return mint(purpose, about=str(row.pk), expires_at=timezone.now() + timedelta(days=90))


def lay_bookings() -> dict[str, str]:
    """What the link in a booking's letter opens, by the state of the booking."""
    open_to_all = Event.objects.get(slug="somn")
    full = Event.objects.get(slug="utflykt")
    over = EventFactory(slug="i-varas", title="Vårfest", over=True)
    rows = {
        "booking": RegistrationFactory(event=open_to_all),
        "coming": RegistrationFactory(event=open_to_all, coming=True, reminder_off=True),
        "online": RegistrationFactory(event=Event.objects.get(slug="digital")),
        "waiting": RegistrationFactory(event=full, waiting=True),
        "resting": RegistrationFactory(event=full, resting=True),
        "declined": RegistrationFactory(event=full, declined=True),
        "left": RegistrationFactory(event=full, cancelled=True, queued_at=timezone.now()),
        "cancelled": RegistrationFactory(event=open_to_all, cancelled=True, undo_until=day(1)),
        "over": RegistrationFactory(event=over),
        "to_cancel": RegistrationFactory(event=open_to_all),
    }
    tokens = {name: door(row, emails.BOOKING) for name, row in rows.items()}
    gone = timezone.now() - timedelta(days=1)
    tokens["expired"] = mint(emails.BOOKING, about=str(rows["over"].pk), expires_at=gone)
    return tokens


def lay_offers() -> dict[str, str]:
    """What the link in an offer's letter opens. The activity is full whatever the clock does."""
    event = EventFactory(slug="middag", title="Middag tillsammans", capacity=2)
    asked = {"event": event, "offered_at": timezone.now() - timedelta(days=3)}
    rows = {
        "offered": RegistrationFactory(event=event, offered=True, offer_expires_at=day(2, 18)),
        "accepted": RegistrationFactory(**asked, queued_at=timezone.now()),
        "lapsed": RegistrationFactory(**asked, waiting=True, offers_unanswered=1),
        "rests": RegistrationFactory(event=event, resting=True),
        "refused": RegistrationFactory(event=event, declined=True),
        "soon": RegistrationFactory(event=soon(), waiting=True, why=Registration.Why.SOON),
        "out": RegistrationFactory(**asked, cancelled=True, queued_at=timezone.now()),
    }
    return {name: door(row, emails.ANSWER) for name, row in rows.items()}


def soon() -> Event:
    """It begins within two days and has a free place, of which everyone in the queue is told."""
    event: Event = EventFactory(
        slug="snart-dags", title="Pussel och te", capacity=1, starts_at=timezone.now() + SOON
    )
    return event


def staff() -> tuple[User, str]:
    """Somebody at the office, and the secret of the app in their phone."""
    user = UserFactory(role="samordnare")
    return user, give_app(user)


def app_code(secret: str) -> str:
    """What the app in the phone shows now."""
    now = int(clock.time()) // app_settings.TOTP_PERIOD
    return format_hotp_value(hotp_value(secret, now))
