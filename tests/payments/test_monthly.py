"""The monthly letter to the treasurer: three sums, no names, once a month."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import deliver_due
from payments.models import BankFile, BankRow, Charge
from payments.services import ledger
from payments.tasks import tell_treasurers
from tests.factories import ChargeFactory, UserFactory

pytestmark = pytest.mark.django_db


def pay(charge: Charge, day: date) -> None:
    ledger.record(
        charge, kind="paid", method="cash", amount=charge.amount, source=f"test:{charge.pk}",
        happened_at=datetime(day.year, day.month, day.day, 11, tzinfo=UTC),
    )  # fmt: skip


def test_the_letter_tells_three_sums_and_no_name(time_machine: Any) -> None:
    time_machine.move_to("2026-12-01T09:00:00Z", tick=False)
    susi = UserFactory(role="kassor", first_name="Susi", email="susi@exempel.se")
    for _ in range(2):
        pay(ChargeFactory(amount=420_000, payer_name="Åsa Öberg"), date(2026, 11, 16))
    pay(ChargeFactory(amount=100, union_share=0), date(2026, 10, 31))
    pay(ChargeFactory(amount=100, union_share=0), date(2026, 12, 1))
    ChargeFactory.create_batch(21)
    file = BankFile.objects.create(
        name="b", kind="csv", digest="x", read_at=timezone.now(), read_by=susi
    )
    BankRow.objects.create(file=file, key="x", amount=1, booked_on=date(2026, 11, 1), payer="Bo")
    assert tell_treasurers() == 1
    deliver_due()
    (letter,) = mail.outbox
    assert (letter.subject, letter.to) == ("Avgifter i november", ["susi@exempel.se"])
    text = " ".join(str(letter.body).replace("\xa0", " ").split())
    assert "Hej Susi! I november kom 2 avgifter, 8 400 kr. 21 väntar." in text
    assert "1 betalning behöver paras ihop." in text
    assert "Öberg" not in text + str(letter.alternatives[0][0])  # type: ignore[attr-defined]


def test_after_days_of_silence_the_last_month_is_told_once(time_machine: Any) -> None:
    UserFactory(role="kassor")
    UserFactory(role="kassor", has_left=True)
    UserFactory(role="styrelse")
    ChargeFactory()
    for moment in ["2026-10-02T09:00:00Z", "2026-12-04T09:00:00Z", "2026-12-31T22:00:00Z"]:
        time_machine.move_to(moment, tick=False)
        tell_treasurers()
    months = Letter.objects.order_by("pk").values_list("about__first", flat=True)
    assert sorted(months) == ["2026-09-01", "2026-11-01"]


def test_where_nothing_was_ever_asked_for_nothing_is_told() -> None:
    UserFactory(role="kassor")
    assert tell_treasurers() == 0
