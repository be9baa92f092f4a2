from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0007_moved_lines'),
    ]

    operations = [
        migrations.AlterField(
            model_name='flag',
            name='kind',
            field=models.CharField(choices=[('mismatch', 'Stämmer inte'), ('paid_twice', 'Betald två gånger'), ('paid_late', 'Betald efter att sidan gått ut'), ('too_much', 'För mycket betalt'), ('too_little', 'För lite betalt'), ('disputed', 'Bestridd hos banken'), ('give_back', 'Ska betalas tillbaka'), ('failed', 'Kunde inte tas emot'), ('payout_failed', 'Utbetalningen från Stripe kom inte fram'), ('version', 'Stripe har bytt version. Be den som sköter sidan att titta')], max_length=20, verbose_name='vad'),
        ),
    ]
