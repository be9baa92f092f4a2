"""The pages that every site has."""

from typing import Any

import pytest

from pages.models import StartPage
from pages.services import foundation


@pytest.fixture
def start(db: Any) -> StartPage:
    return foundation.lay()
