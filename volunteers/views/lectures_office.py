"""Lectures in the admin: what is to be done, one booking step by step, brochures, lecturers."""

import base64
from typing import Any

import qrcode
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathFillImage

from members.adapter import fresh_proof_required
from volunteers.emails.outreach import questions_url
from volunteers.forms import lectures as forms
from volunteers.models import BrochureOrder, LectureBooking, Lecturer
from volunteers.services import errands, lectures, overview
from volunteers.views.desk import address, ask, done, may, page, sent

_FORM = require_http_methods(["GET", "HEAD", "POST"])
_LOOK, _CHANGE = may("view_clinic"), may("change_clinic")
State = LectureBooking.State
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What each step is called in the address, and what it asks for.
STEPS: dict[str, tuple[str, type[Any]]] = {
    "forslag": (State.OFFERED, forms.OfferForm),
    "boka": (State.CONFIRMED, forms.ConfirmForm),
    "genomford": (State.DONE, forms.DoneForm),
    "inte-av": (State.CANCELLED, forms.CancelForm),
}


def _trail(booking: LectureBooking | None = None) -> list[tuple[str, str]]:
    steps = [(str(_("Föreläsningar")), address("lectures"))]
    return [*steps, (booking.host, address("lecture", booking.pk))] if booking else steps


def _booking(pk: int) -> LectureBooking:
    rows = LectureBooking.objects.exclude(name="").select_related("owner", "clinic")
    return get_object_or_404(rows, pk=pk)


@require_safe
@_LOOK
def listed(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("lage", "")
    today = timezone.localdate()
    context: dict[str, Any] = {
        "states": State.choices,
        "state": state if state in State.values else "",
        "rows": overview.lectures(state) if state in State.values else [],
        "due": [] if state in State.values else errands.due(),
        "lecturers": Lecturer.objects.exclude(name=""),
        "able": set(Lecturer.objects.able(today).values_list("pk", flat=True)),
        "today": today,
    }
    return page(request, "lectures", _("Föreläsningar"), **context)


@require_safe
@_LOOK
def lecture(request: HttpRequest, pk: int) -> HttpResponse:
    booking = _booking(pk)
    words = {to: slug for slug, (to, _form) in STEPS.items()}
    ways = [(words[to], State(to).label) for to in lectures.WAYS[booking.state] if to in words]
    context: dict[str, Any] = {
        "booking": booking,
        "ways": ways,
        "answers": lectures.answers(booking),
        "today": timezone.localdate(),
    }
    return page(request, "lecture", booking.host, trail=_trail(), **context)


@_FORM
@_CHANGE
def step(request: HttpRequest, pk: int, word: str) -> HttpResponse:
    if word not in STEPS:
        raise Http404
    to, form_class = STEPS[word]
    booking = _booking(pk)

    def save(form: Any) -> str:
        seen = form.cleaned_data["seen"]
        row = lectures.move(booking, to, form.facts, seen=seen, actor=request.user)
        return _("Sparat. Nu är läget: %(state)s.") % {"state": row.get_state_display().lower()}

    return _about(request, booking, form_class(sent(request), instance=_booking(pk)), save,
                  str(State(to).label))  # fmt: skip


@_FORM
@_CHANGE
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    booking = _booking(pk)

    def save(form: forms.FollowUpForm) -> str:
        lectures.follow_up(booking, form.facts)
        return _("Klart. Tack för att du följde upp.")

    form = forms.FollowUpForm(sent(request), instance=_booking(pk))
    return _about(request, booking, form, save, _("Följ upp"))


@_FORM
@_CHANGE
def change(request: HttpRequest, pk: int) -> HttpResponse:
    booking = _booking(pk)

    def save(form: forms.BookingForm) -> str:
        lectures.change(booking, form.facts)
        return _("Sparat.")

    form = forms.BookingForm(sent(request), instance=_booking(pk))
    return _about(request, booking, form, save, _("Ändra"))


def _about(
    request: HttpRequest, booking: LectureBooking, form: Any, save: Any, title: str
) -> HttpResponse:
    back = address("lecture", booking.pk)
    trail = _trail(booking)
    return ask(request, form, save, title=title, back=back, trail=trail, about=booking.host)


@_FORM
@_CHANGE
def enter(request: HttpRequest) -> HttpResponse:
    def save(form: forms.EnterForm) -> str:
        lectures.enter(form.facts, actor=request.user)
        return _("Förfrågan är inlagd.")

    title, back = _("Ny förfrågan"), address("lectures")
    return ask(
        request, forms.EnterForm(sent(request)), save, title=title, back=back, trail=_trail()
    )


@require_POST
@_CHANGE
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link to the three questions: shown here once, or sent to the one who asked."""
    booking = _booking(pk)
    if "send" in request.POST:
        lectures.send_questions(booking)
        return done(request, _("Mejlet är på väg."), address("lecture", pk))
    url = questions_url(booking)
    context: dict[str, Any] = {"booking": booking, "url": url, "picture": _qr(url)}
    return page(request, "questions", _("Frågor till dem som lyssnade"), trail=_trail(booking),
                **context)  # fmt: skip


def _qr(url: str) -> str:
    image = qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
    return f"data:image/svg+xml;base64,{base64.b64encode(str(image).encode()).decode()}"


@require_safe
@_LOOK
def order(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(BrochureOrder.objects.exclude(name="").select_related("owner"), pk=pk)
    return page(request, "order", row.host, trail=_trail(), order=row, today=timezone.localdate())


@require_POST
@_CHANGE
def order_posted(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(BrochureOrder, pk=pk)
    lectures.post_brochures(row)
    return done(request, _("Bra. Broschyrerna är postade."), address("lectures"))


@_FORM
@_CHANGE
def lecturer_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(Lecturer.objects.exclude(name=""), pk=pk) if pk else None

    def save(form: forms.LecturerForm) -> str:
        lectures.save_lecturer(form.save(commit=False))
        return _("Sparat.")

    return ask(
        request, forms.LecturerForm(sent(request), instance=row), save,
        title=_("Föreläsare"), back=address("lectures"), trail=_trail(),
    )  # fmt: skip


@require_POST
@may("export_lecturebooking")
@fresh_proof_required
def take_out(request: HttpRequest) -> HttpResponse:
    year = timezone.localdate().year
    response = HttpResponse(overview.as_workbook(year, actor=request.user), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="besok-{year}.xlsx"'
    response["Cache-Control"] = "no-store, private"
    return response
