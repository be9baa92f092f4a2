"""What our letters led to, without a name: members when the fee is paid, and sign-ups."""

from django.db.models import F

from members.models import Campaign


def count_newcomer(code: str) -> None:
    if code:
        Campaign.objects.get_or_create(code=code)
        Campaign.objects.filter(code=code).update(newcomers=F("newcomers") + 1)


def count_registration(code: str, *, is_new: bool) -> None:
    """What is not new costs the same: how long the answer takes tells nobody who was known."""
    if code:
        Campaign.objects.get_or_create(code=code)
        Campaign.objects.filter(code=code).update(registrations=F("registrations") + int(is_new))


def registrations(code: str) -> int:
    return sum(Campaign.objects.filter(code=code).values_list("registrations", flat=True))


def newcomers(code: str) -> int:
    return sum(Campaign.objects.filter(code=code).values_list("newcomers", flat=True))
