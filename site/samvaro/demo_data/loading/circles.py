"""Groups that are study circles: one that has been handed over, one that goes on, some to come."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from events import emails
from events.models import (
    Attendance,
    AttendanceSheet,
    Circle,
    CircleSettings,
    Event,
    Leader,
    Occasion,
)
from events.services import attendance, circle_office, hand_over, papers
from events.services.paper_letters import ask_due
from events.services.papers import Given
from events.study.personal_number import fits
from mail.models import Letter
from members.models import User
from samvaro.demo_data.people import SURNAMES

CONTACT = "Bodil Tallmo, 08-000 00 00"


@dataclass(frozen=True)
class Facts:
    """`reading`: how many of ten have read the promises. `known`: have said who they are."""

    slug: str
    material: str = ""
    reference: str = ""
    is_approved: bool = True
    reading: int = 10
    known: int = 10
    met: bool = False
    handed_over: bool = False


CIRCLES = [
    Facts("samtalsgrupp-forra-omgangen", "Balansmodellen", "SV-2207", met=True, handed_over=True),
    Facts("skriv-tillsammans", "Korta övningar, häfte", "SV-2261", known=6),
    Facts("samtalsgrupp-bipolar-sjukdom", "Balansmodellen", "SV-2288", reading=6, known=4),
    Facts("anhoriggrupp", "Att stå bredvid, studiebok", "SV-2289", reading=8, known=7),
    Facts("samtalsgrupp-depression", "Balansmodellen", is_approved=False, reading=4, known=0),
    Facts("studiecirkel-om-psykos", is_approved=False, reading=0, known=0),
]


def load_circles(leader: User, coordinator: User) -> None:
    CircleSettings.objects.create(contact="08-000 00 00", e_list="https://e-lista.exempel.se/")
    events = {event.slug: event for event in Event.objects.with_occasions()}
    for facts in CIRCLES:
        event = events[facts.slug]
        circle = _circle(event, facts, coordinator)
        if facts.is_approved:
            Leader.objects.get_or_create(event=event, user=leader)
        _load_papers(event, facts)
        if facts.met:
            _load_meetings(event, leader)
        if facts.handed_over:
            hand_over.mark_handed_over(circle, actor=coordinator)
            _let_time_pass(circle)


def _circle(event: Event, facts: Facts, coordinator: User) -> Circle:
    season, year = circle_office.term_of_event(event)
    start = event.starts_at or timezone.now()
    circle = Circle(
        event=event,
        season=season,
        year=year,
        material=facts.material,
        reference=facts.reference,
        contact=CONTACT,
    )
    if facts.is_approved:
        before = min(timezone.localdate(start), timezone.localdate()) - timedelta(days=12)
        circle.approved_on, circle.approved_by = before, "Bodil Tallmo"
    return circle_office.make(circle, actor=coordinator)


def _load_papers(event: Event, facts: Facts) -> None:
    rows = event.registrations.filter(state="confirmed").order_by("created_at", "pk")
    for place, row in enumerate(rows):
        if place < facts.reading:
            papers.agree(row)
        if place < facts.known and place % 5 == 4:
            papers.choose_paper(row)
        elif place < facts.known:
            first, _, last = row.name.partition(" ")
            papers.give(row, _given(place, first, last or SURNAMES[place]))


def _given(place: int, first_name: str, last_name: str) -> Given:
    """Numbers of nobody: the 980th and later of a day are never given out."""
    born = date(1958 + place * 5, 1 + place, 4 + 2 * place)
    nine = f"{born:%y%m%d}98{place}"
    digits = next(f"{nine}{last}" for last in range(10) if fits(f"{nine}{last}"))
    return Given(
        kind="personal",
        digits=f"{born.year // 100}{digits}",
        first_name=first_name,
        last_name=last_name,
        street=f"Exempelgatan {place + 2}",
        postcode="126 53",
        town="Hägersten",
    )


def _load_meetings(event: Event, leader: User) -> None:
    """Everyone came most of the times."""
    rows = list(event.registrations.filter(state="confirmed").order_by("created_at", "pk"))
    for number, occasion in enumerate(event.held):
        sheet = _sheet(event, occasion, leader)
        facts = {"sheet": sheet, "set_by": leader, "set_at": sheet.saved_at}
        Attendance.objects.bulk_create(
            [
                *(
                    Attendance(
                        kind="listed", registration=row, present=(at + number) % 6 != 0, **facts
                    )
                    for at, row in enumerate(rows)
                ),
                Attendance(kind="leader", leader=leader, present=True, **facts),
            ]
        )


def _sheet(event: Event, occasion: Occasion, leader: User) -> AttendanceSheet:
    span = attendance.Span(occasion.starts_at, occasion.ends_at, 0)
    return AttendanceSheet.objects.create(
        event=event,
        occasion_uid=occasion.uid,
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        study_hours=attendance.hours(event, span) or 0,
        saved_at=occasion.ends_at + timedelta(minutes=5),
        saved_by=leader,
    )


def _let_time_pass(circle: Circle) -> None:
    """It was handed over three weeks ago, and its numbers have been weeded."""
    now = timezone.now()
    Circle.objects.filter(pk=circle.pk).update(handed_over_at=now - timedelta(days=21))
    papers.purge(list(papers.past_their_time(now)), now)


def note_letters_about_papers() -> int:
    """Who should have been asked has been: the clock finds nothing to make up for."""
    number = ask_due()
    Letter.objects.filter(kind=emails.PAPERS, state=Letter.State.QUEUED).update(
        state=Letter.State.SENT, sent_at=timezone.now(), attempts=1
    )
    return number
