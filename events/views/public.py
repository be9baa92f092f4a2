"""What anyone may see of an activity, and the two forms that anyone may send."""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from events.forms import InterestForm, SignUpForm
from events.ical import feed
from events.models import Event, Submission
from events.services import feeds
from events.services import interest as interests
from events.services import registration as registrations
from mail import campaigns
from mail.models import Association
from members.services.campaigns import count_registration
from privacy import edition
from privacy.limits import limited
from privacy.responses import for_one_reader, see_other
from privacy.services import current_text

# Signs the address of the page after a sign-up. The page shows what was typed and opens nothing.
_signer = Signer(salt="events.done")
Form = SignUpForm | InterestForm
# Where what was typed can be corrected.
FORM_OF: dict[str, str] = {
    Submission.Kind.PLACE: "events:sign_up",
    Submission.Kind.QUEUE: "events:sign_up",
    Submission.Kind.INTEREST: "events:interest",
}


def _locked_later(request: HttpRequest, slug: str) -> Event:
    """For a press on a form: the service reads and counts it under its lock, not we."""
    event = registrations.read_for_press(slug, edition.words_of(request))
    if event is None:
        raise Http404
    return event


def _event(slug: str) -> Event:
    events = Event.objects.public().with_occasions().with_places(timezone.now())
    return get_object_or_404(events, slug=slug)


@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    event, now = _event(slug), timezone.now()
    context = {"event": event, "now": now, "status": event.status(now), "campaign": _code(request)}
    return render(request, "events/activity.html", context)


def _code(request: HttpRequest) -> str:
    """The code in the address that a letter led to, carried on to the form."""
    return campaigns.tidy(request.GET.get(campaigns.PARAMETER))


def _count(request: HttpRequest, submission: Submission) -> None:
    """In total, and once for a press that made a registration: not for the same one again."""
    is_new = submission.registration_id is not None and not submission.is_repeated
    count_registration(_code(request), is_new=is_new)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    return _calendar_file([_event(slug)])


@require_safe
def calendar_of_all(request: HttpRequest) -> HttpResponse:
    return _calendar_file(list(Event.objects.upcoming(timezone.now()).with_occasions()))


@require_safe
@for_one_reader
def private_calendar(request: HttpRequest, signed: str) -> HttpResponse:
    """What the phone of a member fetches."""
    found = feeds.behind(signed)
    if found is None:
        raise Http404
    return _calendar_file(feeds.events_in(found))


def _calendar_file(events: list[Event]) -> HttpResponse:
    response = HttpResponse(feed(events), content_type="text/calendar; charset=utf-8")
    # A neutral name: the file lies in a folder of downloads that others may see.
    response["Content-Disposition"] = 'attachment; filename="traff.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@limited("sign-up")
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(slug) if request.method != "POST" else _locked_later(request, slug)
    form = _form(request, event)
    if request.method != "POST":
        name = {Event.Status.OPEN: "sign_up", Event.Status.QUEUE: "queue"}
        return _page(request, name.get(event.status(timezone.now()), "closed"), event, form)
    if not form.is_valid():
        return _page(request, "sign_up", event, form, code=422)
    try:
        submission = registrations.sign_up(event, **_wanted(form))
        _count(request, submission)
        return see_other(done_url(submission))
    except registrations.NoPlaceLeft as full:
        # Full since the page was shown: the same values, one press from the queue.
        more = {"just_full": True, "together": form.cleaned_data["party"] > 1}
        return _page(request, "queue", full.event, form, code=422, **more)
    except registrations.SignUpClosed:
        return _page(request, "closed", event, form, code=422)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("sign-up")
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    event = _event(slug) if request.method != "POST" else _locked_later(request, slug)
    form = _form(request, event)
    if request.method != "POST":
        status = event.status(timezone.now())
        if status == Event.Status.OPEN:
            return see_other(reverse("events:sign_up", args=[slug]))
        return _page(request, "queue" if status == Event.Status.QUEUE else "closed", event, form)
    if not form.is_valid():
        return _page(request, "queue", event, form, code=422)
    try:
        submission = registrations.join_queue(event, **_wanted(form))
        _count(request, submission)
        return see_other(done_url(submission))
    except (registrations.NoQueue, registrations.SignUpClosed):
        return _page(request, "closed", event, form, code=422)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("sign-up")
def interest(request: HttpRequest, slug: str) -> HttpResponse:
    """For what has no date yet."""
    event = _event(slug)
    form = InterestForm(**_given(request, event))
    if request.method != "POST":
        return _page(request, "interest" if event.takes_interest else "closed", event, form)
    if not form.is_valid():
        return _page(request, "interest", event, form, code=422)
    wishes = {name: form.cleaned_data[name] for name in ("times", "mode")}
    try:
        return see_other(done_url(interests.declare(event, **_typed(form), **wishes)))
    except registrations.SignUpClosed:
        return _page(request, "closed", event, form, code=422)


@require_safe
@for_one_reader
def done(request: HttpRequest, slug: str, signed: str) -> HttpResponse:
    """After the press. The same page whether the address was known or not."""
    try:
        key = _signer.unsign(signed)
    except BadSignature as error:
        raise Http404 from error
    submission = get_object_or_404(Submission.objects.select_related("event"), key=key)
    context = {
        "event": submission.event,
        "submission": submission,
        "occasion": submission.event.next_occasion(),
        "pay_until": submission.event.answer_by(submission.created_at),
        "correct_url": f"{reverse(FORM_OF[submission.kind], args=[slug])}?ratta={signed}",
    }
    is_interest = submission.kind == Submission.Kind.INTEREST
    name = "interest_done" if is_interest else "done"
    return render(request, f"events/{name}.html", context)


def done_url(submission: Submission) -> str:
    signed = _signer.sign(str(submission.key))
    return reverse("events:done", args=[submission.event.slug, signed])


def _form(request: HttpRequest, event: Event) -> SignUpForm:
    form = SignUpForm(**_given(request, event), most_together=event.most_together)
    form.ask(event)
    return form


def _given(request: HttpRequest, event: Event) -> dict[str, Any]:
    """What a form is made from: what was sent, or what is to be put right."""
    words = current_text(SignUpForm.purpose, edition.words_of(request))
    given: dict[str, Any] = {"association": Association.load(request), "words": words}
    if request.method == "POST":
        return given | {"data": request.POST}
    return given | {"initial": _to_correct(request, event)}


def _to_correct(request: HttpRequest, event: Event) -> dict[str, Any]:
    """What was typed before, for the reader of the page after the press who saw a slip."""
    try:
        key = _signer.unsign(request.GET.get("ratta", ""))
    except BadSignature:
        return {}
    presses = Submission.objects.select_related("registration")
    earlier = presses.filter(key=key, event=event).first()
    if earlier is None:
        return {}
    typed = {"name": earlier.name, "email": earlier.email, "submission": earlier.key}
    return typed | ({"party": earlier.registration.party} if earlier.registration else {})


def _typed(form: Form) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "key": data["submission"],
        "name": data["name"],
        "email": data["email"],
        "words": form.consent_text,
    }


def _wanted(form: SignUpForm) -> dict[str, Any]:
    """What was typed, how many come, and the answer to the organiser's question."""
    data = form.cleaned_data
    return _typed(form) | {"party": data["party"], "answer": data.get("question", "")}


def _page(
    request: HttpRequest, name: str, event: Event, form: Form, code: int = 200, **more: Any
) -> HttpResponse:
    if name == "closed":
        if request.method == "POST":
            event = _event(event.slug)  # the places as they are after the press
        more["status"] = event.status(timezone.now())
    context = {"event": event, "form": form, "campaign": _code(request), **more}
    response = render(request, f"events/{name}.html", context, status=code)
    response["Cache-Control"] = "no-store"
    return response
