"""The kinds of membership and the reminders that an association begins with. No prices: those are
the board's, and without one nobody is asked to pay."""

from django.db import migrations

# key, name, description, votes, counts, needs a main member, offered on the web, ages
TYPES = [
    ("ordinary", "Medlem", "För dig med egen erfarenhet och för dig som är anhörig.",
     True, True, False, True, None, None),
    ("family", "Familjemedlem", "Bor ihop med någon som är medlem.",
     True, True, True, False, None, None),
    ("youth", "Ungdomsmedlem", "För dig som är mellan 15 och 25 år.",
     True, True, False, False, 15, 25),
    ("supporting", "Stödmedlem", "För dig som vill stödja oss. Ingen rösträtt.",
     False, False, False, True, None, None),
    ("organisation", "Organisation", "Förening, arbetsplats eller mottagning.",
     False, False, False, False, None, None),
    ("honorary", "Hedersmedlem", "Utses av årsmötet och betalar ingen avgift.",
     True, True, False, False, None, None),
]  # fmt: skip
# Days from 31 December: mid November, 15 January, 15 February, 31 March.
RULES = [("renew_1", -46), ("renew_2", 15), ("renew_2", 46), ("renew_3", 90)]


def lay(apps, schema_editor):
    kinds = apps.get_model("members", "MembershipType")
    for order, (key, name, description, votes, counts, main, offered, low, high) in enumerate(
        TYPES
    ):
        kinds.objects.get_or_create(
            key=key,
            defaults={
                "name": name, "description": description, "votes": votes, "counts": counts,
                "needs_main_member": main, "is_offered": offered, "min_age": low, "max_age": high,
                "order": order * 10,
            },
        )  # fmt: skip
    rules = apps.get_model("members", "ReminderRule")
    if not rules.objects.exists():
        for letter, days in RULES:
            rules.objects.create(letter=letter, days=days, from_year=2026)


class Migration(migrations.Migration):
    dependencies = [("members", "0004_settings")]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
