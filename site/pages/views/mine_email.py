"""Another mailbox for one's letters: asked for on Mina sidor, proven by a letter, then changed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mail.services import LinkExpired, LinkUnknown, open_door
from members.emails.own import CHANGE
from members.models import EmailChange, Person
from members.services import own
from pages.forms import NewEmailForm
from pages.services import own_data
from pages.views.mine import fresh, in_register, page, sent
from privacy.limits import limited
from privacy.responses import for_one_reader, see_other


@limited("new-email")
@require_http_methods(["GET", "HEAD", "POST"])
@in_register
@fresh
def ask(request: HttpRequest, person: Person) -> HttpResponse:
    form = NewEmailForm(sent(request))
    if form.is_bound and form.is_valid():
        try:
            change = own.ask_for_email(person, form.cleaned_data["email"])
        except own.SameMailbox:
            form.add_error("email", _("Det är adressen som du har nu"))
        else:
            return page(request, "email_asked", address=change.email)
    return page(request, "email", 422 if form.errors else 200, form=form)


@for_one_reader
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The door in the letter to the new mailbox. Looking changes nothing."""
    try:
        number = open_door(token, purpose=CHANGE)
    except LinkUnknown as error:
        raise Http404 from error
    except LinkExpired:
        return render(
            request, "expired_link.html", {"next_url": "/mina-sidor/uppgifter/"}, status=410
        )
    change = EmailChange.objects.filter(pk=number).first()
    if change is None:
        raise Http404
    if request.method == "POST":
        own_data.change_email(change)
        return see_other(request.path)
    return page(request, "email_confirm", done=change.done_at is not None)
