"""The treasurer's list, one charge, and what is written by hand."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from payments.deposits import tidy
from payments.forms import FlagForm, GiveBackForm, MoneyForm, WaiveForm, to_charge
from payments.kronor import kronor
from payments.models import Charge, Flag, Payment
from payments.services import by_hand, invoice, looking, moving, overview, refunds
from payments.signals import what_ends
from payments.views.office_frame import (
    CAME_BETWEEN,
    address,
    done,
    may,
    page,
    some_of,
    told,
    with_charge,
)

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@may("see_sums")
def listed(request: HttpRequest) -> HttpResponse:
    """Sums for those who may see sums; the rows too for those who may see rows."""
    year = _year(request)
    context: dict[str, Any] = {"sums": overview.sums(year), "years": overview.years(), "year": year}
    if not request.user.has_perm("payments.view_charge"):
        return page(request, "sums", _("Avgifter"), kinds=overview.by_kind(year), **context)
    words = tidy(request.GET.get("q"), 160)
    tab = request.GET.get("visa", overview.PAID)
    if tab not in overview.TABS or tab == overview.TO_PAIR:
        tab = overview.PAID
    rows = overview.search(words) if words else overview.listed(tab, year)
    looking.note_list(request.user, words="sökning" if words else f"{tab} {year}")
    rows = some_of(request, rows)
    context |= {"rows": rows, "tab": "" if words else tab, "words": words}
    context |= {"tabs": _tabs(context["sums"]), "today": timezone.localdate()}
    context["keep"] = urlencode({"q": words} if words else {"visa": tab, "ar": year}) + "&"
    return page(request, "list", _("Avgifter"), **context)


def _year(request: HttpRequest) -> int:
    typed = request.GET.get("ar", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else _this_year()


def _this_year() -> int:
    return timezone.localdate().year


def _tabs(sums: overview.Sums) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": label,
            "number": sums.of(name),
            "url": address("to_pair")
            if name == overview.TO_PAIR
            else f"{address('list')}?visa={name}&ar={sums.year}",
        }
        for name, label in overview.TABS.items()
    ]


@require_safe
@may("view_charge")
@with_charge
def charge(request: HttpRequest, charge: Charge) -> HttpResponse:
    looking.note_charge(request.user, charge)
    lines = [(line, by_hand.can_undo(line)) for line in overview.lines(charge)]
    context: dict[str, Any] = {
        "charge": charge,
        "lines": lines,
        "flags": charge.flags.order_by("-raised_at"),
        "reference": invoice.details(charge).ocr,
        "over": moving.over(charge),
        "can_give_back": refunds.can_give_back(charge),
        "can_undo": request.user.has_perm("payments.change_charge"),
    }
    return page(request, "charge", charge.title, **context)


@_FORM
@may("change_charge")
def receive(request: HttpRequest) -> HttpResponse:
    """Cash, or money on the account that no file tells about."""
    form = MoneyForm(
        request.POST if request.method == "POST" else None,
        initial={"charge": request.GET.get("avgift", "")[:25]},
    )
    if not form.is_bound or not form.is_valid():
        return _form_page(request, "receive", _("Lägg in en betalning"), form)
    typed = form.cleaned_data
    to = typed.pop("charge")
    line = by_hand.receive(to, by=request.user, **typed)
    words = {"amount": kronor(typed["amount"]), "charge": to.title}
    text = _("%(amount)s är inlagt på %(charge)s.") % words
    if line and line.booked_on != typed["day"]:
        text += " " + _("Perioden är låst, så det bokförs %(day)s.") % {"day": line.booked_on}
    return done(request, text, address("charge", to.number))


def _form_page(
    request: HttpRequest, name: str, title: str, form: Any, **context: Any
) -> HttpResponse:
    return page(request, name, title, 422 if form.errors else 200, form=form, **context)


@_FORM
@may("change_charge")
@with_charge
def waive(request: HttpRequest, charge: Charge) -> HttpResponse:
    form = WaiveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        back = address("charge", charge.number)
        try:
            by_hand.waive(charge, by=request.user, **form.cleaned_data)
        except CAME_BETWEEN as error:
            return told(request, error, back)
        return done(request, _("%s är efterskänkt.") % charge.title, back)
    return _form_page(request, "waive", _("Efterskänk"), form, charge=charge, under=charge)


@_FORM
@may("change_charge")
@with_charge
def make_void(request: HttpRequest, charge: Charge) -> HttpResponse:
    if request.method != "POST":
        return page(request, "void", _("Makulera"), charge=charge, under=charge)
    back = address("charge", charge.number)
    try:
        by_hand.make_void(charge, by=request.user)
    except CAME_BETWEEN as error:
        return told(request, error, back)
    return done(request, _("%s är makulerad. Ingen påminns om den.") % charge.title, back)


@_FORM
@may("change_charge")
@with_charge
def give_back(request: HttpRequest, charge: Charge) -> HttpResponse:
    """What follows is told before anything happens."""
    most = refunds.can_give_back(charge)
    if not most:
        return told(request, refunds.TooMuch(), address("charge", charge.number))
    initial = {"amount": most, "seen": charge.returned}
    form = GiveBackForm(
        request.POST if request.method == "POST" else None, most=most, initial=initial
    )
    if form.is_bound and form.is_valid():
        return _give(request, charge, form.cleaned_data)
    answers = what_ends.send(Charge, charge=charge, amount=most)
    ends = [text for _receiver, text in answers if text]
    context: dict[str, Any] = {"charge": charge, "under": charge, "most": most, "ends": ends}
    context["through_stripe"] = charge.payments.filter(method__in=by_hand.AT_STRIPE).exists()
    return _form_page(request, "give_back", _("Återbetala"), form, **context)


@reauthentication_required
def _give(request: HttpRequest, charge: Charge, typed: dict[str, Any]) -> HttpResponse:
    back = address("charge", charge.number)
    try:
        refunds.give_back(charge, typed["amount"], by=request.user, seen=typed["seen"])
    except CAME_BETWEEN as error:
        return told(request, error, back)
    looking.note_change(request.user, charge, "betalade tillbaka")
    return done(request, _("%s är återbetalt.") % kronor(typed["amount"]), back)


@require_POST
@may("change_charge")
@with_charge
def undo(request: HttpRequest, charge: Charge, line: int) -> HttpResponse:
    payment = get_object_or_404(Payment, pk=line, charge=charge)
    back = address("charge", charge.number)
    try:
        by_hand.undo(payment, by=request.user)
    except CAME_BETWEEN as error:
        return told(request, error, back)
    return done(request, _("Raden är ångrad."), back)


@require_POST
@may("change_charge")
@with_charge
def move_over(request: HttpRequest, charge: Charge) -> HttpResponse:
    """What was paid too much: a gift, or to another fee."""
    back = address("charge", charge.number)
    try:
        if request.POST.get("do") == "gift":
            gift = by_hand.give_over(charge, by=request.user)
            return done(request, _("Det som var för mycket är nu %s, en gåva.") % gift.title, back)
        other = to_charge(request.POST.get("number", ""))
        if other is None:
            return told(request, moving.NothingOver(), back)
        amount = by_hand.move_over(charge, other, by=request.user)
    except CAME_BETWEEN as error:
        return told(request, error, back)
    words = {"amount": kronor(amount), "charge": other.title}
    return done(request, _("%(amount)s är flyttat till %(charge)s.") % words, back)


@_FORM
@may("view_charge")
def to_check(request: HttpRequest) -> HttpResponse:
    """What did not add up, and what was done about it."""
    flag = Flag.objects.filter(pk=request.POST.get("flag") or 0, settled_at=None).first()
    form = FlagForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        if flag is None or not request.user.has_perm("payments.change_charge"):
            raise Http404
        if form.is_valid():
            looking.settle(flag, note=form.cleaned_data["note"], by=request.user)
            return done(request, _("Klart."), address("to_check"))
    rows = some_of(request, overview.open_flags())
    return _form_page(request, "to_check", _("Att kontrollera"), form, rows=rows, chosen=flag)
