"""The letters about money that go to the treasurer."""

from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mail.letters import Content, letter
from mail.models import Letter
from mail.services import post
from payments.kronor import kronor

MONTH = "kassor_month"


def post_month(to: str, *, name: str, first: date, sums: dict[str, int], once: str) -> bool:
    """`sums`: how many fees came and their öre, how many wait, how many are to be paired."""
    about = {"first": first.isoformat(), "name": name} | sums
    return post(MONTH, to=to, about=about, dedupe_key=once) is not None


@letter(MONTH)
def month(row: Letter) -> Content | None:
    """Three sums and one thing to do; no names of those who paid."""
    facts = row.about
    words = {
        "month": date_format(date.fromisoformat(facts["first"]), "F").lower(),
        "sum": kronor(facts["sum"]),
        "url": urljoin(settings.SITE_URL, reverse("fees:to_pair")),
    }
    return Content(
        template="payments/mail/kassor_month",
        context=facts | words,
        because=_("Du får brevet för att du är kassör."),
    )
