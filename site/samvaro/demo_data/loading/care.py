"""What invented people told about care, and the telephone of the last months."""

import uuid
from datetime import timedelta

from django.utils import timezone

from volunteers.models import CareGap, CareTheme, CouncilIssue, PhoneCall

# Theme and how many told; small ones too, which the board does not see the number of.
TOLD = {"vantetid": 11, "krisplan": 7, "bemotande": 6, "sip": 3}
TEXT = "Jag ringde flera gånger och fick olika besked."
UNSORTED = [
    "Man blir ombedd att ringa en tid när man inte orkar ringa.",
    "Det borde finnas någon att fråga efter utskrivningen.",
]
# What a theme was taken up as: the beginning of its title.
TAKEN_UP = {"krisplan": "Krisplan", "vantetid": "Samma person"}
LENGTHS = (5, 10, 10, 15, 20, 30)
# Calls on a Tuesday, and weeks back.
CALLS, WEEKS = 4, 12
TUESDAY = 1


def load_care() -> None:
    today = timezone.localdate()
    # All of them this year, so that a demo in January has something to show in December too.
    first = today.replace(month=1, day=1)
    days = (today - first).days + 1
    for slug, number in TOLD.items():
        theme = CareTheme.objects.get(slug=slug)
        CareGap.objects.bulk_create(
            CareGap(theme=theme, text=TEXT, told_on=first + timedelta(days=step * 13 % days))
            for step in range(number)
        )
    CareGap.objects.bulk_create(CareGap(text=text, told_on=today) for text in UNSORTED)
    for slug, title in TAKEN_UP.items():
        theme = CareTheme.objects.get(slug=slug)
        CouncilIssue.objects.filter(title__startswith=title).update(theme=theme)
    _load_calls()


def _load_calls() -> None:
    today = timezone.localdate()
    last = today - timedelta(days=(today.weekday() - TUESDAY) % 7)
    kinds = PhoneCall.Category.values
    PhoneCall.objects.bulk_create(
        PhoneCall(
            submission=uuid.uuid4(),
            on=last - timedelta(weeks=week),
            minutes=LENGTHS[(week + number) % len(LENGTHS)],
            category=kinds[(week * 2 + number) % len(kinds)],
        )
        for week in range(WEEKS)
        for number in range(CALLS)
    )
