"""The first page of the admin: what waits for whom (ux.md 3.2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState

from events.models import Registration
from events.services import interest
from mail.models import Letter
from newsletters.models import Issue
from newsletters.services import second
from pages.context_processors import CRISIS_URL
from pages.models import CrisisLine
from payments.services import matching, overview
from volunteers.emails.leads import waiting_for_us
from volunteers.models import CouncilMeeting, Lead, Mandate, Shift
from volunteers.services import duties, errands, handing_over

# A letter that failed is told about for this long.
TELL_OF_FAILURES = timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """One line: what waits, and where it is taken care of."""

    text: str
    url: str = ""


# Each asks the database once, and only for those who may do something about it.
Source = Callable[[Any, datetime], Waiting | None]


def new_registrations(user: Any, now: datetime) -> Waiting | None:
    yesterday = timezone.localtime(now).replace(hour=0, minute=0, second=0) - timedelta(days=1)
    rows = Registration.objects.active().filter(created_at__gte=yesterday)
    return _line(
        rows.filter(source=Registration.Source.WEB).count(),
        lambda n: ngettext("%d ny anmälan sedan i går", "%d nya anmälningar sedan i går", n),
        "activities:list",
    )


def queues(user: Any, now: datetime) -> Waiting | None:
    rows = Registration.objects.filter(state=Registration.State.WAITING)
    coming = rows.filter(event__occasions__ends_at__gt=now).values("pk").distinct()
    return _line(
        coming.count(),
        lambda n: ngettext("%d person står i kö", "%d personer står i kö", n),
        "activities:list",
    )


def broken_promises(user: Any, now: datetime) -> Waiting | None:
    """Those who are interested should have heard by now."""
    return _line(
        interest.broken_promises(timezone.localdate(now)).count(),
        lambda n: ngettext("%d löfte om besked har gått ut", "%d löften om besked har gått ut", n),
        "activities:list",
    )


def failed_letters(user: Any, now: datetime) -> Waiting | None:
    rows = Letter.objects.filter(state=Letter.State.FAILED, created_at__gt=now - TELL_OF_FAILURES)
    return _line(
        rows.count(),
        lambda n: ngettext("%d brev kom inte fram", "%d brev kom inte fram", n),
    )


def crisis_lines(user: Any, now: datetime) -> Waiting | None:
    return _line(
        CrisisLine.objects.to_check(timezone.localdate(now)).count(),
        lambda n: ngettext("%d akutnummer att kontrollera", "%d akutnummer att kontrollera", n),
        "crisis_lines:list",
    )


def to_review(user: Any, now: datetime) -> Waiting | None:
    rows = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    mine = rows.filter(task__groupapprovaltask__groups__user=user).values("pk").distinct()
    return _line(
        mine.count(),
        lambda n: ngettext("%d text att granska", "%d texter att granska", n),
        "wagtailadmin_reports:workflow_tasks",
    )


def own_drafts(user: Any, now: datetime) -> Waiting | None:
    rows = Page.objects.filter(owner=user, has_unpublished_changes=True)
    return _line(
        rows.count(),
        lambda n: ngettext("%d utkast som är ditt", "%d utkast som är dina", n),
        "wagtailadmin_explore_root",
    )


def to_pair(user: Any, now: datetime) -> Waiting | None:
    return _line(
        matching.to_pair().count(),
        lambda n: ngettext("%d betalning att para ihop", "%d betalningar att para ihop", n),
        "fees:to_pair",
    )


def money_to_check(user: Any, now: datetime) -> Waiting | None:
    return _line(
        overview.open_flags().count(),
        lambda n: ngettext("%d betalning att kontrollera", "%d betalningar att kontrollera", n),
        "fees:to_check",
    )


def to_follow_up(user: Any, now: datetime) -> Waiting | None:
    """Those who want to help and wait for this very person."""
    mine = Lead.objects.open().filter(owner=user)
    return _line(
        waiting_for_us(mine, timezone.localdate(now)).count(),
        lambda n: ngettext("Måndagskoll: %d väntar på dig", "Måndagskoll: %d väntar på dig", n),
        "volunteers:monday",
    )


def short_of_people(user: Any, now: datetime) -> Waiting | None:
    """Shifts of this week that need somebody."""
    rows = Shift.objects.coming(now).short().filter(starts_at__lt=now + timedelta(days=7))
    return _line(
        rows.count(),
        lambda n: ngettext("%d pass behöver någon", "%d pass behöver någon", n),
        "volunteers:shifts",
    )


def left_without_anybody(user: Any, now: datetime) -> Waiting | None:
    """Duties, leads, errands and councils that nobody who is here can take care of."""
    today = timezone.localdate(now)
    number = len(duties.without_anybody(today)) + handing_over.left_with_nobody(today).number
    return _line(
        number,
        lambda n: ngettext("%d sak saknar någon som kan", "%d saker saknar någon som kan", n),
        "volunteers:duties",
    )


def with_one_alone(user: Any, now: datetime) -> Waiting | None:
    return _line(
        len(duties.with_one_alone(timezone.localdate(now))),
        lambda n: ngettext("%d sak kan bara en person", "%d saker kan bara en person", n),
        "volunteers:duties",
    )


def drafts_left_behind(user: Any, now: datetime) -> Waiting | None:
    """Drafts of somebody who does not work here any more."""
    gone = Q(owner__is_active=False) | Q(owner__groups=None, owner__is_superuser=False)
    rows = Page.objects.filter(gone, owner__isnull=False, has_unpublished_changes=True)
    return _line(
        rows.count(),
        lambda n: ngettext(
            "%d utkast av någon som har slutat", "%d utkast av någon som har slutat", n
        ),
        "wagtailadmin_explore_root",
    )


def outreach_to_do(user: Any, now: datetime) -> Waiting | None:
    return _line(
        errands.late(timezone.localdate(now) + timedelta(days=1)),
        lambda n: ngettext("%d sak mot vården att göra", "%d saker mot vården att göra", n),
        "outreach:lectures",
    )


def mandates_ending(user: Any, now: datetime) -> Waiting | None:
    return _line(
        Mandate.objects.ending(timezone.localdate(now)).count(),
        lambda n: ngettext("%d mandat går snart ut", "%d mandat går snart ut", n),
        "outreach:coverage",
    )


def meetings_without_report(user: Any, now: datetime) -> Waiting | None:
    return _line(
        CouncilMeeting.objects.unreported(now).count(),
        lambda n: ngettext("%d rådsmöte utan rapport", "%d rådsmöten utan rapport", n),
        "outreach:coverage",
    )


def letters_to_second(user: Any, now: datetime) -> Waiting | None:
    """Newsletters that somebody else has written and that wait for this person's yes."""
    return _line(
        second.waiting(user).count(),
        lambda n: ngettext("%d nyhetsbrev att godkänna", "%d nyhetsbrev att godkänna", n),
        "issues:list",
    )


def paused_letters(user: Any, now: datetime) -> Waiting | None:
    rows = Issue.objects.paused().exclude(pause=Issue.Pause.ERRORS)
    return _line(
        rows.count(),
        lambda n: ngettext("%d nyhetsbrev har paus", "%d nyhetsbrev har paus", n),
        "issues:list",
    )


def letters_in_trouble(user: Any, now: datetime) -> Waiting | None:
    """They stopped by themselves: many copies in a row did not arrive."""
    rows = Issue.objects.paused().filter(pause=Issue.Pause.ERRORS)
    return _line(
        rows.count(),
        lambda n: ngettext(
            "%d nyhetsbrev stannade, för många brev kom inte fram",
            "%d nyhetsbrev stannade, för många brev kom inte fram",
            n,
        ),
        "issues:list",
    )


# For whom each line is: those who hold the permission.
SOURCES: list[tuple[str, Source]] = [
    ("volunteers.change_lead", to_follow_up),
    ("volunteers.change_lead", short_of_people),
    ("volunteers.view_duty", left_without_anybody),
    ("volunteers.view_duty", with_one_alone),
    ("wagtailcore.publish_page", drafts_left_behind),
    ("events.view_registration", new_registrations),
    ("events.view_registration", queues),
    ("events.publish_event", broken_promises),
    ("events.change_registration", failed_letters),
    ("volunteers.change_clinic", outreach_to_do),
    ("volunteers.change_council", mandates_ending),
    ("volunteers.change_council", meetings_without_report),
    ("payments.change_charge", to_pair),
    ("payments.change_charge", money_to_check),
    ("pages.change_crisisline", crisis_lines),
    ("newsletters.send_issue", letters_in_trouble),
    ("newsletters.send_issue", paused_letters),
    ("newsletters.send_issue", letters_to_second),
    ("wagtailcore.publish_page", to_review),
    ("wagtailcore.add_page", own_drafts),
]


def _line(number: int, words: Callable[[int], str], url_name: str = "") -> Waiting | None:
    if not number:
        return None
    return Waiting(words(number) % number, reverse(url_name) if url_name else "")


def waiting_for(user: Any, now: datetime) -> list[Waiting]:
    found = (source(user, now) for permission, source in SOURCES if _may(user, permission))
    return [line for line in found if line]


def _may(user: Any, permission: str) -> bool:
    """Wagtail keeps the permissions of pages apart from all others."""
    if not permission.startswith("wagtailcore."):
        return bool(user.has_perm(permission))
    if not hasattr(user, "_page_permissions_here"):
        grants = user.groups.values_list("page_permissions__permission__codename", flat=True)
        user._page_permissions_here = set(grants)
    return user.is_superuser or permission.split(".")[1] in user._page_permissions_here


class WaitingPanel(Component):
    name = "waiting"
    template_name = "pages/admin/waiting.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = parent_context["request"].user if parent_context else None
        return {
            "waiting": waiting_for(user, timezone.now()),
            "title": _("Det här väntar"),
            "crisis_url": CRISIS_URL,
        }


@hooks.register("construct_homepage_panels")
def say_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, WaitingPanel())
