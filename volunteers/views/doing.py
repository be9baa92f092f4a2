"""The coordinator's pages about roles, shifts and supervision, on the phone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from privacy.responses import see_other
from volunteers.forms.doing import MeetingForm, ShiftForm
from volunteers.models import (
    CrewMember,
    Lead,
    LeadMove,
    Role,
    Shift,
    SupervisionMeeting,
    Training,
)
from volunteers.services import assignments, crews, readiness, supervision
from volunteers.views.follow_up import may_follow_up, me, page, with_lead


@may_follow_up
@require_http_methods(["GET", "HEAD", "POST"])
@with_lead
def roles(request: HttpRequest, lead: Lead) -> HttpResponse:
    """What somebody does, and what is left before they are active."""
    if request.method == "POST":
        deed = DEEDS.get(request.POST.get("do", ""))
        if deed is None:
            raise Http404
        deed(request, lead)
        return see_other(reverse("volunteers:lead_roles", args=[lead.reference]))
    current = lead.assignments.current().select_related("role", "mentor")
    return page(
        request, "roles", lead=lead, current=current, checklist=readiness.checklist(lead),
        records=lead.trainings.select_related("training"), trainings=Training.objects.all(),
        roles=Role.objects.exclude(pk__in=current.values("role")),
        mentors=assignments.possible_mentors(lead), has_promised=hasattr(lead, "promise"),
        today=timezone.localdate(),
    )  # fmt: skip


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not value.isdecimal():
        raise Http404
    return int(value)


def _mine(request: HttpRequest, lead: Lead) -> Any:
    return get_object_or_404(lead.assignments.current(), pk=_number(request, "assignment"))


def _give(request: HttpRequest, lead: Lead) -> None:
    assignments.give_role(lead, get_object_or_404(Role, pk=_number(request, "role")))


def _end(request: HttpRequest, lead: Lead) -> None:
    assignments.end_role(_mine(request, lead))


def _mentor(request: HttpRequest, lead: Lead) -> None:
    number = request.POST.get("mentor", "")
    known = {mentor.pk: mentor for mentor in assignments.possible_mentors(lead)}
    chosen = known.get(int(number)) if number.isdecimal() else None
    assignments.set_mentor(_mine(request, lead), chosen)


def _extract(request: HttpRequest, lead: Lead) -> None:
    assignments.note_extract(_mine(request, lead), timezone.localdate())


def _training(request: HttpRequest, lead: Lead) -> None:
    day = parse_date(request.POST.get("done_on", "")) or timezone.localdate()
    training = get_object_or_404(Training, pk=_number(request, "training"))
    assignments.note_training(lead, training, day)


def _agreed(request: HttpRequest, lead: Lead) -> None:
    """Read aloud or on paper: the office notes the yes."""
    assignments.agree(lead, by=LeadMove.By.STAFF, actor=me(request))


DEEDS: dict[str, Callable[[HttpRequest, Lead], None]] = {
    "give": _give,
    "end": _end,
    "mentor": _mentor,
    "extract": _extract,
    "training": _training,
    "agreed": _agreed,
}


@may_follow_up
@require_http_methods(["GET", "HEAD", "POST"])
def shifts(request: HttpRequest) -> HttpResponse:
    """What is to come, with those who come; and new ones."""
    form = ShiftForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = crews.lay_out(form.shift, weeks=form.cleaned_data["weeks"])
        messages.success(request, _("%d pass ligger ute.") % len(made))
        return see_other(reverse("volunteers:shifts"))
    rows = Shift.objects.coming(timezone.now()).with_crew().select_related("role")
    rows = rows.prefetch_related("crew__lead")
    code = 422 if form.is_bound else 200
    return page(request, "shifts", code, form=form, shifts=rows)


@may_follow_up
@require_POST
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off, or give back the place of somebody who phoned."""
    row = get_object_or_404(Shift, pk=pk)
    if request.POST.get("do") == "cancel":
        crews.cancel(row)
        messages.success(request, _("Passet är inställt. De som skulle komma får veta det."))
    else:
        member = get_object_or_404(
            CrewMember.objects.there(), shift=row, pk=_number(request, "member")
        )
        crews.give_back(member)
        messages.success(request, _("Platsen är ledig igen."))
    return see_other(reverse("volunteers:shifts"))


@may_follow_up
@require_http_methods(["GET", "HEAD", "POST"])
def meetings(request: HttpRequest) -> HttpResponse:
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.meeting.save()
        messages.success(request, _("Sparat."))
        return see_other(reverse("volunteers:meetings"))
    rows = SupervisionMeeting.objects.prefetch_related("present")
    return page(request, "meetings", 422 if form.is_bound else 200, form=form, meetings=rows)


@may_follow_up
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was there."""
    row = get_object_or_404(SupervisionMeeting, pk=pk)
    people = supervision.who_could_be_there(row)
    if request.method == "POST":
        chosen = set(request.POST.getlist("present"))
        supervision.note(row, [lead for lead in people if str(lead.pk) in chosen])
        messages.success(request, _("Sparat."))
        return see_other(reverse("volunteers:meetings"))
    there = set(row.present.values_list("pk", flat=True))
    return page(request, "meeting", meeting=row, people=people, there=there)
