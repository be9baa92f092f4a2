"""Once a month: three sums to each treasurer."""

from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from payments import emails
from payments.models import Charge, Payment
from payments.services import matching

TREASURER = "kassor"


@transaction.atomic
def tell_of_last_month() -> int:
    """Any day of a month will do: a clock that stood still tells of the last month only, once."""
    first = _last_month(timezone.localdate())
    if not Charge.objects.exists():
        return 0
    sums = _sums(first)
    treasurers = get_user_model().objects.filter(groups__name=TREASURER, is_active=True)
    return sum(
        emails.post_month(
            user.email,
            name=user.first_name,
            first=first,
            sums=sums,
            once=f"{emails.MONTH}:{first:%Y-%m}:{user.pk}",
        )
        for user in treasurers
    )


def _last_month(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def _sums(first: date) -> dict[str, int]:
    came = Payment.objects.filter(
        kind=Payment.Kind.PAID,
        undone_by=None,
        booked_on__year=first.year,
        booked_on__month=first.month,
    )
    return {
        "paid": came.values("charge").distinct().count(),
        "sum": came.aggregate(sum=Sum("amount"))["sum"] or 0,
        "waiting": Charge.objects.waiting().count(),
        "to_pair": matching.to_pair().count(),
    }
