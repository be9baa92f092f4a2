import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def know_what_is_published(apps, schema_editor):
    """What stands on the site today is what people have been told."""
    Occasion = apps.get_model("events", "Occasion")
    ToldTime = apps.get_model("events", "ToldTime")
    ToldTime.objects.bulk_create(
        ToldTime(
            event_id=one.event_id,
            occasion_uid=one.uid,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            place=one.event.place,
            is_off=one.cancelled_at is not None or one.event.cancelled_at is not None,
        )
        for one in Occasion.objects.filter(event__live=True).select_related("event")
    )


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0004_leaders_and_attendance'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='när')),
                ('because', models.CharField(blank=True, max_length=120, verbose_name='varför')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='av')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='events.event')),
            ],
            options={
                'verbose_name': 'ändring',
                'verbose_name_plural': 'ändringar',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ChangedTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occasion_uid', models.UUIDField(db_index=True)),
                ('kind', models.CharField(choices=[('moved', 'ändrad'), ('off', 'inställd'), ('on_again', 'blir av')], max_length=10, verbose_name='vad')),
                ('old_starts_at', models.DateTimeField()),
                ('old_ends_at', models.DateTimeField()),
                ('old_place', models.CharField(blank=True, max_length=120)),
                ('new_starts_at', models.DateTimeField()),
                ('new_ends_at', models.DateTimeField()),
                ('new_place', models.CharField(blank=True, max_length=120)),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='times', to='events.change')),
            ],
            options={
                'verbose_name': 'ändrad tid',
                'verbose_name_plural': 'ändrade tider',
                'ordering': ['old_starts_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('new_ends_at__gt', models.F('new_starts_at'))), name='a_changed_time_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='ToldTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occasion_uid', models.UUIDField(unique=True)),
                ('starts_at', models.DateTimeField(verbose_name='börjar')),
                ('ends_at', models.DateTimeField(verbose_name='slutar')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='plats')),
                ('is_off', models.BooleanField(default=False, verbose_name='inställd')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told_times', to='events.event')),
            ],
            options={
                'verbose_name': 'känd tid',
                'verbose_name_plural': 'kända tider',
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('occasion_uid', models.UUIDField(db_index=True, verbose_name='tillfälle')),
                ('noted_at', models.DateTimeField(verbose_name='sagt')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='events.registration', verbose_name='anmälan')),
            ],
            options={
                'verbose_name': 'anmäld frånvaro',
                'verbose_name_plural': 'anmäld frånvaro',
                'constraints': [models.UniqueConstraint(fields=('registration', 'occasion_uid'), name='one_absence_for_each_occasion')],
            },
        ),
        migrations.RunPython(know_what_is_published, migrations.RunPython.noop),
    ]
