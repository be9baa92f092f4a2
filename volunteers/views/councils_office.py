"""Councils in the admin: where we sit, where a chair is empty, and what we raised."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from volunteers.forms import councils as forms
from volunteers.models import Council, CouncilIssue, CouncilMeeting, Mandate, Organisation, Seat
from volunteers.services import councils
from volunteers.services.coverage import coverage
from volunteers.views.desk import address, ask, done, may, page, sent, told

_FORM = require_http_methods(["GET", "HEAD", "POST"])
_LOOK, _CHANGE = may("view_council"), may("change_council")


def _trail(council: Council | None = None) -> list[tuple[str, str]]:
    steps = [(str(_("Patientråd")), address("coverage"))]
    return [*steps, (council.name, address("council", council.pk))] if council else steps


def _council(pk: int) -> Council:
    return get_object_or_404(Council.objects.select_related("organisation", "agreement"), pk=pk)


def _mandate(pk: int) -> Mandate:
    rows = Mandate.objects.exclude(name="").select_related("seat__council__organisation")
    return get_object_or_404(rows.select_related("public_consent"), pk=pk)


@require_safe
@_LOOK
def board(request: HttpRequest) -> HttpResponse:
    return page(request, "coverage", _("Patientråd"), found=coverage(timezone.now()))


@require_safe
@_LOOK
def council(request: HttpRequest, pk: int) -> HttpResponse:
    row, today = _council(pk), timezone.localdate()
    seats = councils.open_council(row, actor=request.user)
    context: dict[str, Any] = {
        "council": row,
        "seats": seats,
        "vacant": set(Seat.objects.vacant(today).filter(council=row).values_list("pk", flat=True)),
        "today": today,
        "meetings": row.meetings.prefetch_related("attended"),
        "late": set(CouncilMeeting.objects.unreported(timezone.now()).values_list("pk", flat=True)),
        "issues": row.issues.all(),
        "kinds": Seat.Kind.choices,
    }
    return page(request, "council", row.name, trail=_trail(), **context)


@_FORM
@_CHANGE
def council_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = _council(pk) if pk else None
    # Who enters a council coordinates it, until they choose another.
    initial = None if row else {"coordinator": request.user.pk}
    form = forms.CouncilForm(sent(request), instance=row, initial=initial)

    def save(form: forms.CouncilForm) -> str:
        councils.save_council(form.save(commit=False))
        return _("Sparat.")

    back = address("council", row.pk) if row else address("coverage")
    title = _("Ändra rådet") if row else _("Nytt patientråd")
    return ask(request, form, save, title=title, back=back, trail=_trail(row))


@_FORM
@_CHANGE
def organisation_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(Organisation, pk=pk) if pk else None
    form = forms.OrganisationForm(sent(request), instance=row)
    title = _("Ändra vårdgivaren") if row else _("Ny vårdgivare")

    def save(form: forms.OrganisationForm) -> str:
        form.save()
        return _("Sparat.")

    return ask(request, form, save, title=title, back=address("coverage"), trail=_trail())


@require_POST
@_CHANGE
def seat_add(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _council(pk), forms.SeatForm(request.POST)
    if form.is_valid():
        Seat.objects.create(council=row, kind=form.cleaned_data["kind"])
    return done(request, _("Platsen är tillagd och syns som ledig."), address("council", row.pk))


@require_POST
@_CHANGE
def seat_close(request: HttpRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(Seat, pk=pk)
    back = address("council", seat.council_id)
    try:
        councils.close_seat(seat)
    except councils.SomebodySitsThere as error:
        return told(request, error, back)
    return done(request, _("Platsen är borttagen."), back)


@_FORM
@_CHANGE
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(Seat.objects.select_related("council__organisation"), pk=pk)

    def save(form: forms.AppointForm) -> str:
        mandate = councils.appoint(seat, form.facts, actor=request.user)
        return _("%(name)s har platsen.") % {"name": mandate.name}

    return ask(
        request, forms.AppointForm(sent(request)), save, title=_("Utse en representant"),
        back=address("council", seat.council_id), trail=_trail(seat.council), about=str(seat),
    )  # fmt: skip


@_FORM
@_CHANGE
def mandate_form(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = _mandate(pk)

    def save(form: forms.MandateForm) -> str:
        councils.change_mandate(mandate, dict(form.cleaned_data), actor=request.user)
        return _("Sparat.")

    form = forms.MandateForm(sent(request), instance=_mandate(pk))
    return _about_mandate(request, mandate, form, save, _("Ändra uppgifterna"))


@_FORM
@_CHANGE
def mandate_end(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = _mandate(pk)

    def save(form: forms.EndForm) -> str:
        councils.end(mandate, last_on=form.cleaned_data["last_on"], actor=request.user)
        return _("Klart. Platsen syns som ledig dagen efter.")

    form = forms.EndForm(sent(request), mandate=mandate)
    intro = _("Du behöver inte skriva varför. Tacka gärna personen.")
    return _about_mandate(request, mandate, form, save, _("Avsluta mandatet"), intro=intro)


@_FORM
@_CHANGE
def mandate_name(request: HttpRequest, pk: int) -> HttpResponse:
    mandate = _mandate(pk)

    def save(form: forms.NameOnSiteForm) -> str:
        name = form.cleaned_data["name"]
        councils.name_on_site(mandate, name=name, actor=request.user)
        return _("Namnet står på webben.") if name else _("Inget namn står på webben.")

    initial = {"name": mandate.public_name if mandate.is_shown else ""}
    form = forms.NameOnSiteForm(sent(request), initial=initial)
    return _about_mandate(request, mandate, form, save, _("Namn på webben"))


def _about_mandate(
    request: HttpRequest, mandate: Mandate, form: Any, save: Any, title: str, **context: Any
) -> HttpResponse:
    row = mandate.seat.council
    return ask(
        request, form, save, title=title, back=address("council", row.pk), trail=_trail(row),
        about=f"{mandate.name}, {mandate.seat.get_kind_display().lower()}", **context,
    )  # fmt: skip


@_FORM
@_CHANGE
def meeting_form(
    request: HttpRequest, pk: int | None = None, council_pk: int | None = None
) -> HttpResponse:
    meeting = get_object_or_404(CouncilMeeting, pk=pk) if pk else None
    row = _council(meeting.council_id if meeting else council_pk or 0)
    form = forms.MeetingForm(sent(request), instance=meeting, council=row)

    def save(form: forms.MeetingForm) -> str:
        form.save()
        return _("Mötet är sparat.")

    title, back = _("Möte"), address("council", row.pk)
    return ask(request, form, save, title=title, back=back, trail=_trail(row))


@_FORM
@_CHANGE
def report(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = get_object_or_404(CouncilMeeting.objects.select_related("council"), pk=pk)
    initial = {"text": meeting.report, "attended": meeting.attended.all()}
    form = forms.ReportForm(sent(request), initial=initial, meeting=meeting)

    def save(form: forms.ReportForm) -> str:
        councils.report(meeting, **form.cleaned_data)
        return _("Tack. Rapporten är sparad.")

    row = _council(meeting.council_id)
    title, back = _("Rapport"), address("council", row.pk)
    return ask(request, form, save, title=title, back=back, trail=_trail(row), about=str(meeting))


@_FORM
@_CHANGE
def issue_form(
    request: HttpRequest, pk: int | None = None, council_pk: int | None = None
) -> HttpResponse:
    issue = get_object_or_404(CouncilIssue, pk=pk) if pk else None
    row = _council(issue.council_id if issue else council_pk or 0)
    form = forms.IssueForm(sent(request), instance=issue, council=row)

    def save(form: forms.IssueForm) -> str:
        councils.follow_issue(form.save(commit=False))
        return _("Frågan är sparad.")

    title, back = _("Fråga i rådet"), address("council", row.pk)
    return ask(request, form, save, title=title, back=back, trail=_trail(row))
