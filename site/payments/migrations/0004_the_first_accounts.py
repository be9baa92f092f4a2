"""The accounts that an association begins with. The treasurer changes them in the admin."""

from django.db import migrations

ACCOUNTS = [
    ("bank", "1930", "Bankkonto"),
    ("cash", "1910", "Kassa"),
    ("stripe", "1580", "Stripe avräkning"),
    ("stripe_fee", "6570", "Avgifter till Stripe"),
    ("fee", "3010", "Medlemsavgifter"),
    ("support", "3020", "Stödmedlemmar"),
    ("taking_part", "3110", "Deltagaravgifter"),
    ("gift", "3993", "Gåvor"),
    ("union", "2890", "Skuld till riksförbundet"),
    ("in_advance", "2970", "Förutbetalda avgifter"),
]


def lay(apps, schema_editor):
    account = apps.get_model("payments", "Account")
    for use, number, name in ACCOUNTS:
        account.objects.get_or_create(use=use, defaults={"number": number, "name": name})


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_treasurers_room")]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
