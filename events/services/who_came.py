"""What the register knows of those who came, kept as numbers for the statistics."""

from django.db.models import Count, Max

from events.models import Attendance, AttendanceSheet
from members.models import Person

Gender = Person.Gender


def note_sexes(sheet: AttendanceSheet) -> None:
    """Write down how many women came, of how many whose sex is known.

    Asked of members for the grants, by free will. Once the names have been forgotten nobody can be
    looked up any more, and what was written stays.
    """
    came = Attendance.objects.filter(
        sheet=sheet, kind=Attendance.Kind.LISTED, companion=0, present=True
    )
    if came.filter(registration__name="").exists():
        return
    keys = list(came.values_list("registration__person_key", flat=True))
    known = _sexes(keys)
    sexes = [known[key] for key in keys if key in known]
    sheet.women, sheet.sex_known = sexes.count(Gender.WOMAN), len(sexes)
    sheet.save(update_fields=["women", "sex_known"])


def _sexes(keys: list[str]) -> dict[str, str]:
    """By mailbox, where it belongs to one person: of two who share one nobody knows which came."""
    people = Person.objects.in_register().filter(email_key__in=keys)
    alone = people.values("email_key").annotate(number=Count("pk"), sex=Max("gender"))
    known = alone.filter(number=1, sex__in=[Gender.WOMAN, Gender.MAN, Gender.OTHER])
    return dict(known.values_list("email_key", "sex"))
