"""What letters about membership say outside the house, and how easy they are to read."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import deliver_due
from members.emails import fees, joining
from members.models import Reminder, ReminderRule
from members.services.fee_year import last_day
from members.services.joining import ask_to_pay
from members.services.membership import leave
from payments.models import Charge, PaymentSettings
from payments.services import by_hand, moving
from privacy.words import health_word_in
from prose.lix import lix
from tests.factories import ChargeFactory, UserFactory
from tests.members.fees import apply, join, member, set_prices

pytestmark = pytest.mark.django_db


def asks(kind: str) -> None:
    person, rule = member(2026), ReminderRule.objects.filter(letter=kind).first()
    assert rule
    reminder = Reminder.objects.create(
        person=person, rule=rule, ends_on=last_day(2026), at=datetime.now().astimezone()
    )
    fees.post_reminder(kind, reminder)


def give() -> None:
    """More than was asked for comes in, and is made a gift."""
    office, day = UserFactory(role="kassor"), timezone.localdate()
    charge = ChargeFactory(union_share=0)
    by_hand.receive(charge, amount=25_000, method="bank", day=day, note="", by=office, key=uuid4())
    moving.to_gift(charge, by=office)


LETTERS: dict[str, tuple[str, Callable[[], Any]]] = {
    "member_welcome": ("Välkommen som medlem", join),
    "member_invoice": (
        "Avgift {number}", lambda: fees.post_invoice(ask_to_pay(apply())),
    ),
    "member_paid_twice": (
        "Du har betalat två gånger",
        lambda: fees.post_paid_twice(ask_to_pay(apply()), 20000, once="x"),
    ),
    "gift_thanks": ("Tack för din gåva", give),
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


def test_who_paid_too_much_hears_that_it_became_a_gift_and_can_regret_it() -> None:
    give()
    assert deliver_due() == 1
    letter = mail.outbox[-1]
    body = " ".join(str(letter.body).split())
    assert (letter.subject, letter.to) == ("Tack för din gåva", ["kim@example.org"])
    assert "Du betalade 50 kr mer än vi bad om. Vi har tagit emot det som en gåva." in body
    assert "Svara inom 14 dagar, så får du pengarna tillbaka." in body


def test_a_gift_that_went_back_is_not_thanked_for() -> None:
    give()
    gift = Charge.objects.get(kind="gift")
    moving.undo(gift.payments.get(), by=UserFactory(role="kassor"))
    deliver_due()
    assert mail.outbox == []
