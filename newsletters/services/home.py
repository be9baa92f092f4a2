"""Which database this is. A copy of it that was read in somewhere else has another name."""

from django.db import connection


def home() -> str:
    """The cluster's own number and the database's. `pg_dump` carries neither."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT system_identifier FROM pg_control_system()),"
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        cluster, database = cursor.fetchone()
    return f"{cluster}:{database}"
