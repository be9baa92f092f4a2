import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0008_private_feed'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='question',
            field=models.CharField(blank=True, help_text='Högst en, och bara om ni måste veta. Till exempel: Vad äter du inte?', max_length=120, verbose_name='egen fråga'),
        ),
        migrations.AddField(
            model_name='event',
            name='question_dies_on',
            field=models.DateField(blank=True, help_text='Den dagen går svaren inte att läsa mer, inte ens i en gammal kopia.', null=True, verbose_name='svaren förstörs'),
        ),
        migrations.AddField(
            model_name='event',
            name='question_purpose',
            field=models.CharField(blank=True, help_text='Till exempel: kunna laga mat som du kan äta', max_length=120, verbose_name='vi frågar för att'),
        ),
        migrations.AddField(
            model_name='event',
            name='question_readers',
            field=models.CharField(choices=[('office', 'Bara samordnarna'), ('leader', 'Samordnarna och ledaren')], default='office', max_length=10, verbose_name='vem läser svaren'),
        ),
        migrations.AddField(
            model_name='registration',
            name='answer',
            field=models.TextField(blank=True, default='', editable=False, verbose_name='svar'),
        ),
        migrations.CreateModel(
            name='AnswerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('dies_on', models.DateField(verbose_name='förstörs')),
                ('destroyed_at', models.DateTimeField(blank=True, null=True, verbose_name='förstörd')),
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='answer_key', to='events.event')),
            ],
            options={
                'verbose_name': 'nyckel till svar',
                'verbose_name_plural': 'nycklar till svar',
            },
        ),
    ]
