"""A coordinator at her phone, and somebody who waits for her."""

import pytest
from django.test import Client

from members.models import User
from tests.doors import log_in
from tests.factories import UserFactory
from tests.pages.conftest import start
from volunteers.models import VolunteerSettings

__all__ = ["start"]


@pytest.fixture
def anna(db: None) -> User:
    """The coordinator."""
    user = UserFactory(role="samordnare", first_name="Anna", last_name="Åkerlund")
    VolunteerSettings.objects.update_or_create(pk=1, defaults={"coordinator": user})
    return user


@pytest.fixture
def phone(client: Client, anna: User) -> Client:
    """Anna's browser."""
    return log_in(client, anna)


@pytest.fixture
def office(client: Client) -> Client:
    """A coordinator's browser, in the admin."""
    return log_in(client, UserFactory(role="samordnare"))
