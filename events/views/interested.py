"""What the link in a letter about interest opens. A GET shows a page; only the POST acts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from events import emails
from events.forms import WishesForm
from events.models import Interest
from events.services import interest as interests
from mail.services import LinkExpired, LinkUnknown, open_door
from privacy.limits import limited
from privacy.responses import for_one_reader, see_other


@require_http_methods(["GET", "HEAD", "POST"])
@limited("link")
@for_one_reader
def interested(request: HttpRequest, token: str) -> HttpResponse:
    try:
        about = open_door(token, purpose=emails.INTERESTED)
    except LinkUnknown as error:
        raise Http404 from error
    except LinkExpired:
        return render(request, "expired_link.html", {"next_url": "/aktiviteter/"}, status=410)
    interest = Interest.objects.select_related("event").filter(pk=about).first()
    if interest is None:
        raise Http404
    if request.method == "POST" and interest.is_waiting:
        return _act(request, token, interest)
    context = {
        "interest": interest,
        "event": interest.event,
        "form": WishesForm(initial=_wishes(interest)),
        "saved": "sparat" in request.GET,
    }
    return render(request, "events/interested.html", context)


def _act(request: HttpRequest, token: str, interest: Interest) -> HttpResponse:
    here = reverse("events:interested", args=[token])
    match request.POST.get("do"):
        case "stay":
            interests.stay(interest)
        case "leave":
            interests.leave(interest)
            return see_other(here)
        case "change":
            form = WishesForm(request.POST)
            if form.is_valid():
                interests.change(interest, **form.cleaned_data)
        case _:
            raise Http404
    return see_other(f"{here}?sparat=1")


def _wishes(interest: Interest) -> dict[str, object]:
    times = [name for name in ("day", "evening", "weekend") if getattr(interest, name)]
    return {"times": times, "mode": interest.mode}
