"""Clinics in the admin: where they are, whom we know, and what is next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from volunteers.forms import clinics as forms
from volunteers.models import Clinic, ClinicContact, Touch
from volunteers.services import clinics, overview
from volunteers.views.desk import address, ask, done, may, page, sent

_FORM = require_http_methods(["GET", "HEAD", "POST"])
_LOOK, _CHANGE = may("view_clinic"), may("change_clinic")


def _trail(clinic: Clinic | None = None) -> list[tuple[str, str]]:
    steps = [(str(_("Mottagningar")), address("clinics"))]
    return [*steps, (clinic.name, address("clinic", clinic.pk))] if clinic else steps


@require_safe
@_LOOK
def listed(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("sort", "")
    rows = overview.clinics(kind if kind in Clinic.Kind.values else "")
    context: dict[str, Any] = {"rows": rows, "kinds": Clinic.Kind.choices, "kind": kind}
    return page(request, "clinics", _("Mottagningar"), today=timezone.localdate(), **context)


@require_safe
@_LOOK
def clinic(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Clinic.objects.select_related("organisation"), pk=pk)
    context: dict[str, Any] = {
        "clinic": row,
        "contacts": row.contacts.all(),
        "touches": row.touches.select_related("by", "owner"),
        "letters": row.letters.order_by("-year", "-half"),
        "bookings": row.lecturebookings.all(),
        "today": timezone.localdate(),
    }
    return page(request, "clinic", row.name, trail=_trail(), **context)


@_FORM
@_CHANGE
def clinic_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(Clinic, pk=pk) if pk else None

    def save(form: forms.ClinicForm) -> str:
        clinics.save_clinic(form.save(commit=False))
        return _("Sparat.")

    return ask(
        request, forms.ClinicForm(sent(request), instance=row), save,
        title=_("Ändra mottagningen") if row else _("Ny mottagning"),
        back=address("clinic", row.pk) if row else address("clinics"), trail=_trail(row),
    )  # fmt: skip


@_FORM
@_CHANGE
def contact_form(
    request: HttpRequest, pk: int | None = None, clinic_pk: int | None = None
) -> HttpResponse:
    rows = ClinicContact.objects.filter(objected_on=None)
    contact = get_object_or_404(rows, pk=pk) if pk else ClinicContact(clinic_id=clinic_pk or 0)
    row = get_object_or_404(Clinic, pk=contact.clinic_id)

    def save(form: forms.ContactForm) -> str:
        clinics.save_contact(form.save(commit=False))
        return _("Sparat.")

    form = forms.ContactForm(sent(request), instance=contact)
    title, back = _("Kontakt"), address("clinic", row.pk)
    return ask(request, form, save, title=title, back=back, trail=_trail(row), about=row.name)


@require_POST
@_CHANGE
def contact_objects(request: HttpRequest, pk: int) -> HttpResponse:
    contact = get_object_or_404(ClinicContact, pk=pk)
    clinics.object_to(contact, actor=request.user)
    words = _("Uppgifterna är borta. Vi skriver inte till personen mer.")
    return done(request, words, address("clinic", contact.clinic_id))


@_FORM
@_CHANGE
def touch_form(request: HttpRequest, clinic_pk: int) -> HttpResponse:
    row = get_object_or_404(Clinic, pk=clinic_pk)

    def save(form: forms.TouchForm) -> str:
        clinics.note_touch(row, actor=request.user, **form.cleaned_data)
        return _("Sparat.")

    title, back = _("Ny kontakt"), address("clinic", row.pk)
    form = forms.TouchForm(sent(request))
    return ask(request, form, save, title=title, back=back, trail=_trail(row), about=row.name)


@require_POST
@_CHANGE
def touch_done(request: HttpRequest, pk: int) -> HttpResponse:
    touch = get_object_or_404(Touch, pk=pk)
    clinics.finish(touch)
    return done(request, _("Klart."), address("clinic", touch.clinic_id))
