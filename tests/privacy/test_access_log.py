"""The access log only grows, and the database itself sees to it (AZ-9)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from privacy.models import AccessLog
from privacy.services import note_access, weed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return note_access(UserFactory(), action="view", about="events.Registration", reason="ringde")


def backdated(years: float) -> int:
    """A row that the trigger has not seen being made old: it cannot be updated."""
    actor = UserFactory()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO privacy_accesslog (at, actor_id, action, about, reference, reason)"
            " VALUES (%s, %s, 'view', 'x', '', '') RETURNING id",
            [timezone.now() - timedelta(days=365 * years), actor.pk],
        )
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE privacy_accesslog SET reason = 'annat'",
        "UPDATE privacy_accesslog SET at = at - interval '3 years'",
        "DELETE FROM privacy_accesslog",
        "TRUNCATE privacy_accesslog",
    ],
)
def test_the_database_refuses_to_change_it(row, sql):
    with (
        pytest.raises(DatabaseError, match=r"only grows|TRUNCATE"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert AccessLog.objects.get().reason == "ringde"


def test_the_code_refuses_too(row):
    row.reason = "annat"
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        AccessLog.objects.update(reason="annat")
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_rows_older_than_two_years_can_go(row):
    backdated(2.1)
    young = backdated(1.9)
    assert weed(timezone.now())["privacy.AccessLog"] == 1
    assert set(AccessLog.objects.values_list("pk", flat=True)) == {row.pk, young}


def test_who_has_looked_cannot_be_deleted_only_forgotten(row):
    from django.db.models import ProtectedError

    from privacy.services import erase_person

    with pytest.raises(ProtectedError):
        row.actor.delete()
    erase_person(row.actor.email)
    actor = AccessLog.objects.get().actor
    assert (actor.get_full_name(), actor.is_active) == ("", False)
    assert actor.email.endswith("@borttagen.invalid")
