"""Every page and every paper about volunteers, clinics and councils with marks in all its words."""

import io
import uuid
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.doors import log_in
from tests.factories import LeadFactory, RoleFactory, ShiftFactory, UserFactory
from tests.volunteers.corpus import FORMULAS
from tests.volunteers.rooms import council, seat, sits
from tests.volunteers.visits import booked, clinic, lecturer
from volunteers import urls
from volunteers.models import (
    Assignment,
    BrochureOrder,
    CareGap,
    CareTheme,
    ClinicContact,
    Council,
    CouncilIssue,
    CouncilMeeting,
    Duty,
    Lead,
    LectureBooking,
    Lecturer,
    Mandate,
    Organisation,
    Role,
    Seat,
    SupervisionMeeting,
    Term,
    Touch,
    Training,
)
from volunteers.services import assignments, certificate, councils, overview, requests, term_letters
from volunteers.wagtail_hooks import outreach

pytestmark = pytest.mark.django_db

BREAKS_OUT = "</script></title></textarea>\"'><img src=x onerror=alert(1)>"
CALCULATES = "{{ 7*7 }}{% debug %}<!--<script>alert(1)</script>-->"
# By the name of a page, what its number or its word is about.
ABOUT: dict[str, Any] = {
    "draft": lambda: "first",
    "role": lambda: Role.objects.filter(is_offered=True).first().slug,
    "duty": Duty, "meeting": SupervisionMeeting, "appoint": Seat, "council": Council,
    "council_change": Council, "issue_add": Council, "meeting_add": Council, "mandate": Mandate,
    "mandate_end": Mandate, "mandate_name": Mandate, "outreach:meeting": CouncilMeeting,
    "report": CouncilMeeting, "issue": CouncilIssue, "organisation": Organisation,
    "clinic": lambda: ClinicContact.objects.get().clinic_id,
    "clinic_change": lambda: ClinicContact.objects.get().clinic_id,
    "contact_add": lambda: ClinicContact.objects.get().clinic_id,
    "touch_add": lambda: ClinicContact.objects.get().clinic_id,
    "contact": ClinicContact, "contact_objects": ClinicContact,
    "outreach:lecture": LectureBooking, "lecture_change": LectureBooking,
    "lecture_follow": LectureBooking, "lecturer": Lecturer, "order": BrochureOrder,
    "theme_take": CareTheme, "theme": CareTheme,
}  # fmt: skip
# What is pressed and never opened, papers, and steps that are opened by their word (below).
ONLY_BUTTONS = [
    *("outreach:contact_objects", "outreach:lecture_questions", "outreach:lecture_step"),
    *("outreach:lectures_export", "outreach:letters_make", "outreach:letters_paper"),
    *("outreach:letters_posted", "outreach:order_posted", "outreach:seat_add"),
    *("outreach:seat_close", "outreach:touch_done", "volunteers:called"),
    *("volunteers:come_back", "volunteers:phone_regret", "volunteers:regret"),
    *("volunteers:rest", "volunteers:shift"),
]
ALSO = ("wagtailadmin_home", "volunteer_roles:list", "volunteer_trainings:list")
STEPS = ("forslag", "boka", "genomford", "inte-av")
# These open by a link in a letter or after a press: tests/volunteers/test_inert.py looks at them.
BY_LINK = ("own", "done", "asked", "questions")


@pytest.fixture
def marked(request: pytest.FixtureRequest) -> str:
    """A row of everything, with the same marks in every column of words."""
    anna = UserFactory(administrator=True, first_name=request.param[:30])
    role = RoleFactory(meets_minors=True)
    role.trainings.add(Training.objects.create(name="Kurs"))
    lead = LeadFactory(owner=anna, stage="onboarding")
    lead.interests.add(role)
    one = assignments.give_role(lead, role)
    assignments.set_mentor(one, LeadFactory(stage="active", owner=anna))
    assignments.note_training(lead, Training.objects.get(), timezone.localdate())
    assignments.agree(lead)
    lead.moves.create(at=timezone.now(), by="staff", actor=anna, what="step", to_stage="onboarding")
    ShiftFactory(role=role).crew.create(lead=lead, taken_at=timezone.now())
    now = timezone.now()
    SupervisionMeeting.objects.create(starts_at=now, ends_at=now + timedelta(hours=1))
    Duty.objects.create(name="Telefonen", owner=anna)
    _lay_councils(anna)
    _lay_clinics(anna)
    _write_everywhere(request.param)
    return str(request.param)


def _lay_councils(anna: Any) -> None:
    room = council(coordinator=anna)
    councils.name_on_site(sits(seat(room), by=anna), name="Kim", actor=anna)
    now = timezone.now()
    CouncilMeeting.objects.create(council=room, starts_at=now - timedelta(days=20))
    theme = CareTheme.objects.order_by("pk").first()
    CouncilIssue.objects.create(
        council=room, title="x", raised_on=now.date(), theme=theme, is_public=False
    )
    CareGap.objects.create(theme=None, text="x", told_on=now.date())


def _lay_clinics(anna: Any) -> None:
    place = clinic()
    ClinicContact.objects.create(clinic=place, name="Pia")
    Touch.objects.create(
        clinic=place, on=timezone.localdate(), by=anna, owner=anna, next_step="Ring",
        due_on=timezone.localdate(),
    )  # fmt: skip
    lecturer()
    booked(clinic=place)
    requests.order_brochures(uuid.uuid4(), host="Skolan", name="Siri", email="siri@exempel.se")
    term_letters.prepare(Term.of(timezone.localdate()))


def _write_everywhere(marks: str) -> None:
    for model in apps.get_app_config("volunteers").get_models():
        for number, row in enumerate(model._default_manager.order_by("pk")):
            words = {
                field.name: marks[: field.max_length]
                for field in model._meta.concrete_fields
                if _holds_words(field) and not (field.unique and number)
            }
            if words:
                model._default_manager.filter(pk=row.pk).update(**words)


def _holds_words(field: Any) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    kept = (models.EmailField, models.SlugField)
    roomy = field.max_length is None or field.max_length >= len(BREAKS_OUT)
    fixed = field.name in {"email_key", "fingerprint", "next_step"} and field.max_length != 120
    return is_text and roomy and not (fixed or field.choices or isinstance(field, kept))


def pages() -> Iterator[tuple[str, URLPattern]]:
    for pattern in urls.urlpatterns:
        if not pattern.name.startswith(BY_LINK):
            yield f"volunteers:{pattern.name}", pattern
    rooms = [outreach.of_councils, outreach.of_clinics, outreach.of_lectures]
    for pattern in [
        one
        for room in [*rooms, outreach.of_letters, outreach.of_care, outreach.of_figures]
        for one in room
    ]:
        yield f"outreach:{pattern.name}", pattern


def address(name: str, pattern: URLPattern) -> str:
    words = pattern.pattern.converters
    if "reference" in words:
        return reverse(name, args=[Lead.objects.get(stage="onboarding").reference])
    if not words:
        return reverse(name)
    known = ABOUT.get(name) or ABOUT.get(name.split(":")[1])
    if known is None:  # a button alone, or one word of a few: below
        return ""
    value = known.objects.order_by("pk").first().pk if isinstance(known, type) else known()
    return reverse(name, args=[value])


class Reader(HTMLParser):
    """What a browser would make of a page: the elements and scripts that our marks became."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_script = tag == "script"
        for name, value in attrs:
            runs = name.startswith("on") and "alert(1)" in (value or "")
            if runs or (tag == "img" and (name, value) == ("src", "x")):
                self.faults.append(f"<{tag} {name}={value}>")

    def handle_endtag(self, tag: str) -> None:
        self.in_script = self.in_script and tag != "script"

    def handle_comment(self, data: str) -> None:
        self.faults += ["<!--"] * ("alert(1)" in data)

    def handle_data(self, data: str) -> None:
        if self.in_script and data.strip().startswith("alert(1)"):
            self.faults.append("<script>")


def faults(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return reader.faults + ["49"] * ("49{% debug" in page)


@pytest.mark.parametrize("marked", [BREAKS_OUT, CALCULATES], indirect=True)
def test_every_page_of_ours_shows_marks_as_words(marked: str, client: Client) -> None:
    log_in(client, UserFactory(administrator=True))
    booking = LectureBooking.objects.get().pk
    found = [(name, address(name, pattern)) for name, pattern in pages()]
    found += [(word, reverse("outreach:lecture_step", args=[booking, word])) for word in STEPS]
    found += [(name, reverse(name)) for name in ALSO]
    shown, buttons = set(), []
    for name, path in found:
        answer = client.get(path) if path else None
        if answer is None or answer.status_code in (404, 405):
            buttons.append(name)
            continue
        assert answer.status_code == 200, (name, path)
        page = answer.content.decode() if "html" in answer["Content-Type"] else ""
        assert faults(page) == [], name
        if "alert(1)" in page:
            shown.add(name)
    # The reading bites: most pages do show what was typed.
    assert len(shown) > 30, shown
    assert sorted(buttons) == ONLY_BUTTONS


@pytest.mark.parametrize("marks", [BREAKS_OUT, CALCULATES, "<svg onload=alert(1)>"])
def test_the_reading_sees_marks_that_were_let_through(marks: str) -> None:
    page = f"<html><title>{marks}</title><p>{marks}</p><textarea>{marks}</textarea></html>"
    assert faults(page) != []


@pytest.mark.parametrize("marked", [BREAKS_OUT, CALCULATES], indirect=True)
def test_every_paper_is_printed_with_marks_as_words(marked: str) -> None:
    term = Term.of(timezone.localdate())
    papers = [term_letters.as_letters(term), term_letters.as_labels(term)]
    Lead.objects.update(stage="active")
    papers.append(certificate.make(Assignment.objects.get().lead))
    assert [paper[:4] for paper in papers] == [b"%PDF"] * 3


@pytest.mark.parametrize("marked", FORMULAS, indirect=True)
def test_no_list_that_is_taken_out_calculates(marked: str) -> None:
    actor = UserFactory(administrator=True)
    year = timezone.localdate().year
    taken_out = load_workbook(io.BytesIO(overview.as_workbook(year, actor=actor)))
    cells = [cell for sheet in taken_out for row in sheet for cell in row]
    typed = [cell for cell in cells if marked.strip() in str(cell.value)]
    assert len(typed) == 3  # where, who, and what was handed out
    assert {cell.data_type for cell in typed} == {"s"}
