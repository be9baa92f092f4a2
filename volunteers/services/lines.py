"""What somebody has done for us, as lines of time on their page in the register."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from members.models import Person
from members.services.timeline import MOST, Line, at_midnight
from volunteers.models import CrewMember, Lead, LectureBooking, Mandate, SupervisionMeeting


def of(person: Person) -> Iterable[Line]:
    """Everything of this mailbox. Who has none is known here by nothing else."""
    key = person.email_key
    if not key:
        return
    for lead in Lead.objects.of_mailbox(key):
        yield from _helping(lead)
    yield from _shifts(key)
    yield from _mandates(key)
    yield from _lectures(key)


def _helping(lead: Lead) -> Iterable[Line]:
    kind, state = _("Volontär"), lead.get_stage_display()
    yield Line(lead.created_at, kind, _("Ville hjälpa till"), state)
    for one in lead.assignments.select_related("role"):
        words = {"role": one.role}
        yield Line(at_midnight(one.started_on), kind, _("Började: %(role)s") % words)
        if one.ended_on:
            yield Line(at_midnight(one.ended_on), kind, _("Slutade: %(role)s") % words)
    for record in lead.trainings.select_related("training"):
        course = {"training": record.training}
        yield Line(at_midnight(record.done_on), kind, _("Gick %(training)s") % course)
    for meeting in SupervisionMeeting.objects.filter(present=lead):
        yield Line(meeting.starts_at, kind, _("Handledarträff"))


def _shifts(key: str) -> Iterable[Line]:
    rows = CrewMember.objects.there().filter(lead__email_key=key).select_related("shift__role")
    for one in rows.order_by("-shift__starts_at")[:MOST]:
        state = _("inställt") if one.shift.cancelled_at else ""
        yield Line(one.shift.starts_at, _("Pass"), str(one.shift.role), state)


def _mandates(key: str) -> Iterable[Line]:
    for one in Mandate.objects.of_mailbox(key).select_related("seat__council__organisation"):
        words = {"last": one.last_on}
        until = _("till och med %(last)s") % words
        yield Line(at_midnight(one.starts_on), _("Patientråd"), str(one.seat), until)


def _lectures(key: str) -> Iterable[Line]:
    states = [LectureBooking.State.CONFIRMED, LectureBooking.State.DONE]
    rows = LectureBooking.objects.filter(lecturers__email_key=key, state__in=states)
    for one in rows.order_by("-starts_at")[:MOST]:
        if one.starts_at:
            yield Line(one.starts_at, _("Föreläsning"), one.host, one.get_state_display())
