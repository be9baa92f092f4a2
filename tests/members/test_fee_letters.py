"""What letters about membership say outside the house, and how easy they are to read."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core import mail

from mail.models import Letter
from mail.services.outbox import deliver_due
from members.emails import fees, joining
from members.models import Reminder, ReminderRule
from members.services.fee_year import last_day
from members.services.joining import ask_to_pay
from members.services.membership import leave
from payments.models import PaymentSettings
from privacy.words import health_word_in
from prose.lix import lix
from tests.members.fees import apply, join, member, set_prices

pytestmark = pytest.mark.django_db


def asks(kind: str) -> None:
    person, rule = member(2026), ReminderRule.objects.filter(letter=kind).first()
    assert rule
    reminder = Reminder.objects.create(
        person=person, rule=rule, ends_on=last_day(2026), at=datetime.now().astimezone()
    )
    fees.post_reminder(kind, reminder)


LETTERS: dict[str, tuple[str, Callable[[], Any]]] = {
    "member_welcome": ("Välkommen som medlem", join),
    "member_invoice": (
        "Avgift {number}", lambda: fees.post_invoice(ask_to_pay(apply())),
    ),
    "member_paid_twice": (
        "Du har betalat två gånger",
        lambda: fees.post_paid_twice(ask_to_pay(apply()), 20000, once="x"),
    ),
    "member_left": ("Du är inte längre medlem", lambda: leave(member(2026))),
    "member_saved": ("Fortsätt när du vill", lambda: joining.post_saved(apply())),
    "renew_1": ("Vill du vara med 2027?", lambda: asks("renew_1")),
    "renew_2": ("En påminnelse från oss", lambda: asks("renew_2")),
    "renew_3": ("Tack för den här tiden", lambda: asks("renew_3")),
}  # fmt: skip


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_is_short_easy_and_tells_nothing_outside(kind: str) -> None:
    with time_machine.travel(datetime.fromisoformat("2026-11-22T12:00:00+01:00"), tick=False):
        set_prices()
        PaymentSettings.load()
        PaymentSettings.objects.update(bankgiro="123-4566")
        subject, write = LETTERS[kind]
        write()
        assert deliver_due() == 1
    letter = mail.outbox[-1]
    assert Letter.objects.get(state=Letter.State.SENT).kind == kind
    expected = subject.format(number=r"\d+").replace("?", r"\?")
    assert re.fullmatch(expected, letter.subject)
    body = str(letter.body).split("----")[0]
    assert health_word_in(letter.subject + body) == ""
    assert "Kim" not in letter.subject
    assert not re.search("skuld|obetald|sista chansen", body, re.IGNORECASE)
    said = re.sub(r"https?://\S+", "", body)
    assert len(said.split()) <= 120
    if len(said.split()) >= 25:
        assert lix(said) <= 30
