"""The one question that an organiser may add, and the key that its answers die with."""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Asks(models.Model):
    """What is asked at the sign-up, why, who reads it, and on which day the answers die."""

    class Readers(models.TextChoices):
        OFFICE = "office", _("Bara samordnarna")
        LEADER = "leader", _("Samordnarna och ledaren")

    question = models.CharField(
        _("egen fråga"),
        max_length=120,
        blank=True,
        help_text=_("Högst en, och bara om ni måste veta. Till exempel: Vad äter du inte?"),
    )
    question_purpose = models.CharField(
        _("vi frågar för att"),
        max_length=120,
        blank=True,
        help_text=_("Till exempel: kunna laga mat som du kan äta"),
    )
    question_readers = models.CharField(
        _("vem läser svaren"), max_length=10, choices=Readers, default=Readers.OFFICE
    )
    question_dies_on = models.DateField(
        _("svaren förstörs"),
        null=True,
        blank=True,
        help_text=_("Den dagen går svaren inte att läsa mer, inte ens i en gammal kopia."),
    )

    class Meta:
        abstract = True

    def faults_of_question(self) -> dict[str, Any]:
        if not self.question:
            return {}
        faults: dict[str, Any] = {}
        if not self.question_purpose:
            faults["question_purpose"] = _("Skriv varför ni frågar. Det står vid frågan.")
        if self.question_dies_on is None:
            faults["question_dies_on"] = _("Skriv vilken dag svaren ska förstöras.")
        elif (promised := self._promised_death()) and self.question_dies_on > promised:
            faults["question_dies_on"] = _(
                "Någon kan redan ha svarat. Dagen kan flyttas närmare, inte längre bort."
            )
        return faults

    def _promised_death(self) -> date | None:
        keys = AnswerKey.objects.filter(event_id=self.pk, destroyed_at=None)
        return keys.values_list("dies_on", flat=True).first() if self.pk else None

    def takes_answers(self, today: date | None = None) -> bool:
        today = today or timezone.localdate()
        return bool(self.question and self.question_dies_on and self.question_dies_on > today)


class AnswerKey(models.Model):
    """That an activity has a key, and until when. The key itself is a file outside the database,
    which no backup holds (docs/decisions/0013)."""

    event = models.OneToOneField("events.Event", models.CASCADE, related_name="answer_key")
    # The name of the file.
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    dies_on = models.DateField(_("förstörs"))
    destroyed_at = models.DateTimeField(_("förstörd"), null=True, blank=True)

    class Meta:
        verbose_name = _("nyckel till svar")
        verbose_name_plural = _("nycklar till svar")

    def __str__(self) -> str:
        return f"{self.dies_on:%Y-%m-%d}"
