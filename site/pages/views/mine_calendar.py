"""Mina sidor: the secret address of one's own calendar."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from events.services import feeds
from privacy.addresses import mail_key
from privacy.responses import for_one_reader, see_other


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@for_one_reader
def calendar(request: HttpRequest) -> HttpResponse:
    key = mail_key(request.user.email)  # type: ignore[union-attr]  # logged in
    if request.method == "POST":
        match request.POST.get("do"):
            case "new":
                feeds.renew(key)
            case "close":
                feeds.close(key)
            case _:
                raise Http404
        return see_other(request.path)
    feed = feeds.feed_of(key)
    address = feeds.address(feed) if feed else ""
    return render(request, "pages/mine/calendar.html", {"address": address})
