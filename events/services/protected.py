"""Who must not be in a file or on a paper that leaves the house."""

from collections.abc import Iterable

from events.models import Identity, Registration
from members.models import Person


def mailboxes(keys: Iterable[str]) -> set[str]:
    """Those of these mailboxes that belong to somebody with protected identity."""
    known = {key for key in keys if key}
    rows = Person.objects.filter(is_protected=True, email_key__in=known)
    return set(rows.values_list("email_key", flat=True))


def among(rows: Iterable[Registration]) -> set[int]:
    """Those to leave out. Whoever shares a mailbox with somebody who is protected is left out too,
    and so is whoever has told the study association that they are."""
    by_row = {row.pk: row.person_key.partition("|")[0] for row in rows}
    secret = mailboxes(by_row.values())
    said = Identity.objects.filter(registration__in=by_row, way=Identity.Way.PROTECTED)
    return {pk for pk, key in by_row.items() if key in secret} | set(
        said.values_list("registration", flat=True)
    )
