import pytest
from pytest_django.fixtures import Settings

from payments.services.ways import Way, ways
from samvaro import environment
from tests.payments.conftest import Chooser


def test_card_and_invoice_are_offered_and_swish_when_the_board_has_opened_it(
    choose: Chooser,
) -> None:
    choose(bankgiro="123-4567")
    assert ways() == [Way.CARD, Way.INVOICE]
    choose(takes_swish=True)
    assert ways() == [Way.CARD, Way.SWISH, Way.INVOICE]


def test_without_a_key_only_the_invoice_is_offered(choose: Chooser, settings: Settings) -> None:
    choose(bankgiro="123-4567", takes_swish=True)
    settings.STRIPE_SECRET_KEY = ""
    assert ways() == [Way.INVOICE]


def test_no_invoice_is_offered_with_nowhere_to_pay_it(choose: Chooser) -> None:
    choose(takes_card=False)
    assert ways() == []
    choose(swish_number="1230000000")
    assert ways() == [Way.INVOICE]


@pytest.mark.parametrize(
    ("key", "secret", "base"),
    [
        ("sk_test_1", "", ""),
        ("", "whsec_1", ""),
        ("sk_live_1", "whsec_1", "http://127.0.0.1:9"),
        ("rk_live_1", "whsec_1", "http://127.0.0.1:9"),
        ("", "", "http://127.0.0.1:9"),
    ],
)
def test_half_a_setting_or_a_stand_in_with_a_live_key_stops_the_start(
    key: str, secret: str, base: str
) -> None:
    with pytest.raises(environment.Misconfigured):
        environment.check_stripe(key=key, secret=secret, base=base)


@pytest.mark.parametrize(
    ("key", "secret", "base"),
    [("", "", ""), ("sk_live_1", "whsec_1", ""), ("sk_test_1", "whsec_1", "http://127.0.0.1:9")],
)
def test_a_whole_setting_starts(key: str, secret: str, base: str) -> None:
    environment.check_stripe(key=key, secret=secret, base=base)
