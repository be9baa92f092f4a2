import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0007_study_circles'),
    ]

    operations = [
        migrations.CreateModel(
            name='PrivateFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_key', models.CharField(max_length=254, unique=True)),
                ('secret', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('made_at', models.DateTimeField(verbose_name='skapad')),
            ],
            options={
                'verbose_name': 'egen kalender',
                'verbose_name_plural': 'egna kalendrar',
            },
        ),
    ]
