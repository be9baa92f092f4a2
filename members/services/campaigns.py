"""Which of our letters made somebody a member: counted when the fee is paid, without a name."""

from django.db.models import F

from members.models import Campaign


def count_newcomer(code: str) -> None:
    if code:
        Campaign.objects.get_or_create(code=code)
        Campaign.objects.filter(code=code).update(newcomers=F("newcomers") + 1)


def newcomers(code: str) -> int:
    return sum(Campaign.objects.filter(code=code).values_list("newcomers", flat=True))
