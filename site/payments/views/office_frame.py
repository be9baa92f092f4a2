"""What the pages of the treasurer's room share: who may, the frame, and what came between."""

import functools
from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from payments.models import Charge
from payments.services import by_hand, ledger, matching, moving, refunds
from payments.services.charges import AlreadyPaid
from privacy.responses import see_other

View = Callable[..., HttpResponse]
# Where these addresses live: wagtail_hooks hangs them under /admin/avgifter/.
NAMESPACE = "fees"
PER_PAGE = 50

# What the treasurer is told when somebody else, or Stripe, came in between.
REFUSALS: dict[type[Exception], Any] = {
    matching.SomebodyWasFaster: gettext_lazy("Någon hann före. Så här ser det ut nu."),
    matching.GivenBack: gettext_lazy("Pengar har betalats tillbaka. Ångra det först."),
    ledger.NothingToUndo: gettext_lazy("Raden är redan ångrad."),
    moving.NothingOver: gettext_lazy("Det finns inget att flytta, eller inget att flytta till."),
    by_hand.NothingLeft: gettext_lazy("Det finns inget kvar att efterskänka."),
    by_hand.NotByHand: gettext_lazy(
        "Raden kommer från Stripe och kan inte ångras här. Du kan betala tillbaka i stället."
    ),
    AlreadyPaid: gettext_lazy("Det har kommit pengar. Betala tillbaka i stället."),
    refunds.TooMuch: gettext_lazy("Det är mer än vad som finns kvar."),
    refunds.GivenMeanwhile: gettext_lazy("Något har redan betalats tillbaka. Så här är det nu."),
    refunds.StripeAway: gettext_lazy(
        "Stripe svarar inte just nu. Inget har hänt. Försök igen om en stund."
    ),
    refunds.StripeRefused: gettext_lazy(
        "Stripe kunde inte betala tillbaka. Titta i Stripes egen översikt."
    ),
}
CAME_BETWEEN = tuple(REFUSALS)


class NoSuchCharge(Exception):
    """The number that was typed is nobody's."""


REFUSALS[NoSuchCharge] = gettext_lazy("Ingen avgift har det numret. Raden väntar kvar.")


def may(permission: str) -> Callable[[View], View]:
    """Only for those who may. For all others the page does not exist (ux.md 3.2)."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            if not request.user.has_perm(f"payments.{permission}"):
                raise Http404
            return view(request, *args, **more)

        return guarded

    return decorate


def with_charge(view: View) -> View:
    """`number` in the address is a charge."""

    @functools.wraps(view)
    def found(request: HttpRequest, number: int, **more: Any) -> HttpResponse:
        return view(request, get_object_or_404(Charge, number=number), **more)

    return found


def address(name: str, *args: Any) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def page(
    request: HttpRequest, name: str, title: str, code: int = 200, **context: Any
) -> HttpResponse:
    trail = [{"url": reverse("wagtailadmin_home"), "label": _("Hem")}]
    if name not in ("list", "sums"):
        trail.append({"url": address("list"), "label": _("Avgifter")})
    if charge := context.get("under"):
        trail.append({"url": address("charge", charge.number), "label": charge.title})
    context |= {
        "breadcrumbs_items": [*trail, {"url": "", "label": title}],
        "header_title": title,
        "header_icon": "order",
    }
    return render(request, f"payments/office/{name}.html", context, status=code)


def some_of(request: HttpRequest, rows: Any, *, per_page: int = PER_PAGE) -> Any:
    return Paginator(rows, per_page).get_page(request.GET.get("p"))


def told(request: HttpRequest, error: Exception, url: str) -> HttpResponse:
    messages.warning(request, REFUSALS[type(error)])
    return see_other(url)


def done(request: HttpRequest, text: str, url: str) -> HttpResponse:
    messages.success(request, text)
    return see_other(url)
