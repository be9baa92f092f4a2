"""What the board decides in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Fee, MembershipType, ReminderRule
from payments.models import PaymentSettings
from tests.doors import log_in
from tests.factories import UserFactory
from tests.members.fees import set_prices

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(client: Client) -> Client:
    return log_in(client, UserFactory(role="styrelse"))


def test_the_board_sets_a_fee_in_kronor(board: Client) -> None:
    kind = MembershipType.objects.get(key="ordinary")
    typed = {"type": kind.pk, "from_year": 2027, "amount": "250", "union_share": "100"}
    answer = board.post(reverse("fee_rows:add"), typed)
    assert answer.status_code == 302, answer.content.decode()
    fee = Fee.objects.get()
    assert (fee.amount, fee.union_share) == (25000, 10000)
    page = board.get(reverse("fee_rows:edit", args=[fee.pk])).content.decode()
    assert 'value="250"' in page
    assert "250\xa0kr" in board.get(reverse("fee_rows:list")).content.decode()


def test_the_union_gets_no_more_than_the_fee(board: Client) -> None:
    kind = MembershipType.objects.get(key="ordinary")
    typed = {"type": kind.pk, "from_year": 2027, "amount": "100", "union_share": "200"}
    answer = board.post(reverse("fee_rows:add"), typed)
    assert "Riksförbundets del kan inte vara större än avgiften" in answer.content.decode()
    assert Fee.objects.count() == 0
    answer = board.post(reverse("fee_rows:add"), typed | {"union_share": "0"})
    assert Fee.objects.get().union_share == 0


def test_the_board_edits_types_reminders_and_settings(board: Client) -> None:
    set_prices()
    kind, rule = MembershipType.objects.get(key="youth"), ReminderRule.objects.first()
    assert rule
    for url in (
        reverse("membership_types:edit", args=[kind.pk]),
        reverse("reminder_rules:edit", args=[rule.pk]),
        reverse("membership_types:list"),
        reverse("reminder_rules:list"),
        reverse("wagtailsettings:edit", args=["members", "membershipsettings"]),
        reverse("wagtailsettings:edit", args=["payments", "paymentsettings"]),
    ):
        assert board.get(url, follow=True).status_code == 200
    typed = {"letter": "renew_2", "days": "20", "from_year": "2027", "is_on": "on"}
    assert board.post(reverse("reminder_rules:edit", args=[rule.pk]), typed).status_code == 302
    assert ReminderRule.objects.get(pk=rule.pk).days == 20
    assert PaymentSettings.load().takes_invoice
