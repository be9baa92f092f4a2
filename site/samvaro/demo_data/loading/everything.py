"""The whole demo association, once and in one transaction."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from events.models import Event
from members.models import Person, User
from pages.models import ContentPage, NewsPage
from pages.services import foundation
from samvaro.demo_data.loading import staff
from samvaro.demo_data.loading.activities import ACTIVITIES, load_activities
from samvaro.demo_data.loading.association import load_association, load_crisis_lines
from samvaro.demo_data.loading.bank import load_bank_file
from samvaro.demo_data.loading.care import load_care
from samvaro.demo_data.loading.circles import load_circles, note_letters_about_papers
from samvaro.demo_data.loading.clinics import load_clinics
from samvaro.demo_data.loading.councils import load_councils
from samvaro.demo_data.loading.evenings import load_evenings, note_letters_to_leaders
from samvaro.demo_data.loading.indexes import filled_at_the_end
from samvaro.demo_data.loading.interest import load_interest
from samvaro.demo_data.loading.members import load_members
from samvaro.demo_data.loading.newsletters import load_newsletters
from samvaro.demo_data.loading.pages import PageLoader
from samvaro.demo_data.loading.paying import load_answers, load_payments, note_what_goes_back
from samvaro.demo_data.loading.registrations import Crowd, load_registrations, note_reminders
from samvaro.demo_data.loading.volunteers import load_volunteers

# Two who load at the same time wait for each other by this number; it is ours alone.
ONE_AT_A_TIME = 802468


class NotADemo(Exception):
    """The database holds the site of somebody, and nothing was changed. The message says what."""


@transaction.atomic
def load() -> bool:
    """Load the demo association. False when it is there already; then nothing is changed.

    Raises NotADemo.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    if staff.is_loaded():
        return False
    if found := _somebody_elses():
        raise NotADemo(found)
    users = staff.load_staff()
    load_association()
    load_members()
    load_bank_file(users["kassor"])
    load_councils(users["samordnare"])
    load_volunteers(users)
    load_clinics(users["samordnare"])
    load_care()
    with filled_at_the_end():
        _load_what_happens(users["redaktor"], users["samordnare"])
    load_evenings(users["ledare"], users["samordnare"])
    load_circles(users["ledare"], users["samordnare"])
    load_newsletters(users["styrelse"])
    note_reminders()
    note_letters_to_leaders()
    note_letters_about_papers()
    note_what_goes_back()
    return True


def _load_what_happens(editor: User, coordinator: User) -> None:
    today = timezone.localdate()
    PageLoader(editor, today).load()
    # Instead of those that a new site's pages came with.
    load_crisis_lines()
    crowd = Crowd()
    for activity, event in load_activities(coordinator, today):
        load_registrations(event, activity.guests, crowd)
        load_interest(event, activity.interested, crowd)
        load_payments(event, activity)
        load_answers(event, activity)


def _somebody_elses() -> str:
    """What is in the database that neither a new installation nor this demo has made."""
    pages = Page.objects.exclude(latest_revision=None)
    for what, rows in (
        ("users", User.objects),
        ("persons", Person.objects),
        ("activities", Event.objects),
        ("pages", ContentPage.objects.exclude(slug=foundation.JOIN)),
        ("news", NewsPage.objects),
        ("edited pages", pages),
    ):
        if number := rows.count():
            return f"{number} {what}"
    return ""


def report() -> dict[str, Any]:
    """The logins, and the public names of what was made and is still there."""
    now = timezone.now()
    slugs = [activity.slug for activity in ACTIVITIES]
    events = Event.objects.filter(slug__in=slugs).with_occasions().with_places(now)
    by_slug = {event.slug: event for event in events}
    pages = Page.objects.live().public().filter(depth__gt=1).order_by("path")
    return {
        "logins": staff.logins(),
        "activities": [
            {"slug": slug, "title": by_slug[slug].title, "status": _status(by_slug[slug])}
            for slug in slugs
            if slug in by_slug
        ],
        "pages": [page.url for page in pages],
    }


def _status(event: Event) -> str:
    return str(event.status(timezone.now())) if event.live else "draft"
