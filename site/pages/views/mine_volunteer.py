"""From Mina sidor to one's own page as a volunteer, by the same door as the letter has."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from members.models import User
from privacy.addresses import mail_key
from privacy.responses import for_one_reader, see_other
from volunteers.services.own import open_own_page


@login_required
@for_one_reader
@require_POST
def volunteer(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    url = open_own_page(mail_key(request.user.email))
    if url is None:
        raise Http404
    return see_other(url)
