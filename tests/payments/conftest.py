"""Charges for the tests about money."""

from collections.abc import Callable

import pytest

from payments.models import Charge, PaymentSettings
from tests.factories import ChargeFactory
from tests.stripe import stripe  # noqa: F401 -- a fixture

Chooser = Callable[..., PaymentSettings]


@pytest.fixture
def choose(db: None) -> Chooser:
    """Change how people may pay: choose(takes_swish=True)."""

    def change(**values: object) -> PaymentSettings:
        chosen = PaymentSettings.load()
        for name, value in values.items():
            setattr(chosen, name, value)
        chosen.save()
        return chosen

    return change


@pytest.fixture
def charge(db: None) -> Charge:
    return ChargeFactory()
