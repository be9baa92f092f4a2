"""The office's work with the register: saved lists, imports that can be undone, merged persons."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.person import Person
from privacy.fields import EncryptedJSONField


class SavedList(models.Model):
    """A choice of filters under a name, shared by those who may see the register."""

    name = models.CharField(_("namn"), max_length=60, unique=True)
    filters = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sparad lista")
        verbose_name_plural = _("sparade listor")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class ImportBatch(models.Model):
    """A file of persons that was read in. Can be undone, except for what was changed since."""

    file_name = models.CharField(_("fil"), max_length=200)
    digest = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    made_at = models.DateTimeField(_("inläst"))
    undone_at = models.DateTimeField(_("ångrad"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("importer")

    def __str__(self) -> str:
        return self.file_name


class ImportedRow(models.Model):
    """What one row of the file did, and how the person was before."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("rad"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="imported_rows")
    was_new = models.BooleanField()
    before = EncryptedJSONField(null=True, blank=True)
    # The person's `changed_at` when the import had written it: later means changed since.
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("importerad rad")
        verbose_name_plural = _("importerade rader")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="each_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.number}"


class Merge(models.Model):
    """Two rows that were one person. What the one that is gone held is kept here."""

    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Person, models.CASCADE, related_name="+")
    before = EncryptedJSONField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)

    class Meta:
        verbose_name = _("sammanslagning")
        verbose_name_plural = _("sammanslagningar")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"
