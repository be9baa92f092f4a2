"""What the treasurer sees: sums, lists and one charge, each with a fixed number of questions."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.models import Charge, Flag, Payment
from payments.ocr import number_of
from payments.services import matching
from payments.signals import who_is_meant

PAID, WAITING, TO_PAIR, GIVEN_BACK = "betalda", "vantar", "para-ihop", "aterbetalda"
TABS = {
    PAID: gettext_lazy("Betalda"),
    WAITING: gettext_lazy("Väntar"),
    TO_PAIR: gettext_lazy("Att para ihop"),
    GIVEN_BACK: gettext_lazy("Återbetalda"),
}


@dataclass(frozen=True)
class Sums:
    year: int
    paid: int
    waiting: int
    to_pair: int
    given_back: int
    to_check: int

    @property
    def sentence(self) -> str:
        words = {"year": self.year, "paid": self.paid, "waiting": self.waiting}
        words["to_pair"] = self.to_pair
        one = _("%(year)d: %(paid)d betald, %(waiting)d väntar, %(to_pair)d att para ihop.")
        many = _("%(year)d: %(paid)d betalda, %(waiting)d väntar, %(to_pair)d att para ihop.")
        return (one if self.paid == 1 else many) % words

    def of(self, tab: str) -> int:
        numbers = (self.paid, self.waiting, self.to_pair, self.given_back)
        return dict(zip(TABS, numbers, strict=True))[tab]


def sums(year: int) -> Sums:
    of_year = Charge.objects.filter(year=year)
    return Sums(
        year=year,
        paid=of_year.settled().count(),
        waiting=of_year.waiting().count(),
        to_pair=matching.to_pair().count(),
        given_back=of_year.given_back().count(),
        to_check=open_flags().count(),
    )


def sums_now() -> Sums:
    return sums(timezone.localdate().year)


def open_flags() -> QuerySet[Flag]:
    return Flag.objects.filter(settled_at=None).select_related("charge").order_by("-raised_at")


def years() -> list[int]:
    """Every year that something is asked for, this one too, newest first."""
    found = Charge.objects.aggregate(first=Min("year"), last=Max("year"))
    now = timezone.localdate().year
    first, last = min(found["first"] or now, now), max(found["last"] or now, now)
    return list(range(last, first - 1, -1))


def by_kind(year: int) -> list[dict[str, Any]]:
    """For the board: what came of each kind, without a name."""
    rows = (
        Charge.objects.filter(year=year)
        .values("kind")
        .annotate(
            asked=Count("pk"),
            paid=Count("pk", filter=Q(received__gt=0, received__gte=F("amount") + F("returned"))),
            sum=Coalesce(Sum(F("received") - F("returned")), 0),
            share=Coalesce(
                Sum(
                    "union_share",
                    filter=Q(received__gt=0, received__gte=F("amount") + F("returned")),
                ),
                0,
            ),
        )
        .order_by("kind")
    )
    return [row | {"name": Charge.Kind(row["kind"]).label} for row in rows]


def listed(tab: str, year: int) -> QuerySet[Charge]:
    of_year = Charge.objects.filter(year=year)
    chosen = {
        PAID: of_year.settled,
        WAITING: of_year.waiting,
        GIVEN_BACK: of_year.given_back,
    }[tab]()
    order = ["due_on", "number"] if tab == WAITING else ["-paid_at", "-number"]
    return _with_lines(chosen).order_by(*order)


def search(words: str) -> QuerySet[Charge]:
    """By name, number, reference or member number, of every year."""
    bare = words.strip()
    digits = "".join(bare.lower().removeprefix("avgift").split())
    found = Q(payer_name__icontains=bare) | Q(payer_email__iexact=bare)
    if digits.isascii() and digits.isdigit() and len(digits) <= 18:
        found |= Q(number=int(digits))
    if (number := number_of(digits)) is not None and number < 2**63:
        found |= Q(number=number)
    found |= Q(pk__in=by_other_names(bare))
    return _with_lines(Charge.objects.filter(found)).order_by("-year", "-number")


def by_other_names(words: str) -> list[int]:
    """The charges that the apps above know by these words."""
    answers: Any = who_is_meant.send(Charge, words=words)
    return [number for _receiver, found in answers for number in found]


def _with_lines(rows: QuerySet[Charge]) -> QuerySet[Charge]:
    paid = Payment.objects.filter(kind__in=[Payment.Kind.PAID, Payment.Kind.WAIVED])
    alive = paid.filter(undone_by=None).order_by("-booked_on", "-pk")
    return rows.prefetch_related(Prefetch("payments", alive, to_attr="came"))


def lines(charge: Charge) -> list[Payment]:
    rows = charge.payments.select_related("noted_by", "undone_by", "undoes", "bank_row")
    return list(rows.order_by("pk"))
