"""One letter to many: its words, whom it is for, and how far its sending has come."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, TextField, Value
from django.db.models.functions import MD5, Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin, RevisionMixin

from newsletters.blocks import LetterBody

# Characters (ux.md 2i).
LONGEST_SUBJECT, LONGEST_PREHEADER, LONGEST_GREETING = 50, 90, 400
# What readers read.
WORDS = ("kind", "subject", "preheader", "greeting", "body", "in_archive")


def _mark_of(*names: str) -> models.GeneratedField:
    """What the database makes of these columns: another mark as soon as one of them is another,
    whoever changed it and however."""
    parts: list[Any] = []
    for name in names:
        parts += [Cast(name, TextField()), Value("\x1f")]
    return models.GeneratedField(
        expression=MD5(Concat(*parts, output_field=TextField())),
        output_field=models.CharField(max_length=32),
        db_persist=True,
    )


class IssueQuerySet(models.QuerySet["Issue"]):
    def under_way(self, now: datetime) -> "IssueQuerySet":
        """Those whose copies may leave now, the oldest first."""
        return self.filter(
            send_at__lte=now,
            paused_at__isnull=True,
            stopped_at__isnull=True,
            finished_at__isnull=True,
        ).order_by("send_at", "pk")

    def paused(self) -> "IssueQuerySet":
        return self.filter(paused_at__isnull=False, stopped_at=None, finished_at=None)

    def in_archive(self, now: datetime) -> "IssueQuerySet":
        """What anybody may read: chosen for it, and on its way or sent."""
        return self.filter(kind=Issue.Kind.NEWSLETTER, in_archive=True, send_at__lte=now).order_by(
            "-send_at"
        )


class Issue(PreviewableMixin, RevisionMixin, models.Model):
    """Written in the admin until somebody says yes; from then its words and its readers are frozen.

    How far it has come follows from its times and its copies; no column says it. The row is what is
    written now, also half-written; its revisions are what was written before.
    """

    class Kind(models.TextChoices):
        NEWSLETTER = "newsletter", _("Nyhetsbrev, till dem som vill ha det")
        NOTICE = "notice", _("Kallelse eller annat som alla medlemmar ska få")

    class State(models.TextChoices):
        DRAFT = "draft", _("Utkast")
        SCHEDULED = "scheduled", _("Planerat")
        SENDING = "sending", _("Skickas")
        PAUSED = "paused", _("Pausat")
        STOPPED = "stopped", _("Stoppat")
        DONE = "done", _("Skickat")

    class Pause(models.TextChoices):
        PERSON = "person", _("Någon tryckte på Pausa.")
        ERRORS = "errors", _("Många brev i rad kom inte fram.")
        RESTORED = "restored", _("En säkerhetskopia har lästs in.")

    slug = models.SlugField(_("adress"), max_length=80, unique=True, editable=False)
    kind = models.CharField(_("sort"), max_length=12, choices=Kind, default=Kind.NEWSLETTER)
    subject = models.CharField(
        _("ämnesrad"),
        max_length=LONGEST_SUBJECT,
        blank=True,
        help_text=_("Högst 50 tecken. Inget om hälsa."),
    )
    preheader = models.CharField(
        _("förhandstext"),
        max_length=LONGEST_PREHEADER,
        blank=True,
        help_text=_("Syns efter ämnesraden i inkorgen. 40–90 tecken, något nytt."),
    )
    greeting = models.TextField(
        _("hälsning"),
        max_length=LONGEST_GREETING,
        blank=True,
        help_text=_("Några ord från er, högst 400 tecken. Hej och namnet kommer av sig självt."),
    )
    body: Any = StreamField(LetterBody(), verbose_name=_("innehåll"), blank=True)
    in_archive = models.BooleanField(
        _("visas på webben när det har skickats"),
        default=True,
        help_text=_("Kryssa ur om något i brevet inte är för alla."),
    )
    on_paper = models.BooleanField(
        _("går också på papper"),
        default=False,
        help_text=_(
            "Till medlemmar som har valt papper, saknar e-post eller vars e-post kommer tillbaka."
            " En kallelse går alltid på papper också."
        ),
    )
    # On our own links in it, alike for all its readers: what it led to is counted in total.
    code = models.CharField(max_length=20, unique=True, editable=False, null=True)
    # What a letter that made itself is about: a month, or the new meetings of a week.
    period = models.CharField(max_length=20, null=True, blank=True, unique=True, editable=False)
    # Whom it is for, as newsletters.services.audience reads it.
    audience = models.JSONField(default=dict, blank=True, editable=False)
    # When it should go; as soon as there is a yes, where there is no time.
    wanted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Days that have been and that it speaks of on purpose.
    meant_days = models.JSONField(default=list, blank=True, editable=False)
    # Kept by the database: what its words are, and what they are and whom they are for.
    words_mark = _mark_of(*WORDS)
    whole_mark = _mark_of(*WORDS, "audience", "on_paper")
    created_at = models.DateTimeField(_("skapat"), auto_now_add=True)
    changed_at = models.DateTimeField(_("ändrat"), auto_now=True)
    tested_at = models.DateTimeField(_("test skickat"), null=True, blank=True, editable=False)
    # The mark of the words that were tested.
    tested_words = models.CharField(max_length=32, blank=True, editable=False)
    # Somebody asked the others in the board to look at it.
    second_asked_at = models.DateTimeField(null=True, blank=True, editable=False)

    # --- what a yes writes, all at once
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False
    )
    send_at = models.DateTimeField(_("ska gå"), null=True, blank=True, editable=False)
    # How many copies there are: the sum of all their states, always.
    prepared = models.PositiveIntegerField(null=True, blank=True, editable=False)
    # The letter as it leaves, with marks where each reader's own words go.
    made = models.JSONField(null=True, blank=True, editable=False)
    # Which database said yes: a copy of it that was read in elsewhere sends nothing.
    home = models.CharField(max_length=60, blank=True, editable=False)

    # --- what happened then
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    pause = models.CharField(max_length=10, choices=Pause, blank=True, editable=False)
    # Errors before this were seen by the person who pressed Fortsätt.
    resumed_at = models.DateTimeField(null=True, blank=True, editable=False)
    stopped_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("brev")
        verbose_name_plural = _("nyhetsbrev")
        ordering: ClassVar = ["-created_at"]
        permissions: ClassVar = [("send_issue", _("Får skicka nyhetsbrev"))]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_yes_is_whole",
                condition=Q(approved_at__isnull=True, send_at__isnull=True, prepared__isnull=True)
                | Q(
                    approved_at__isnull=False,
                    send_at__isnull=False,
                    prepared__isnull=False,
                    made__isnull=False,
                ),
            )
        ]

    def __str__(self) -> str:
        return self.subject or str(_("Brev utan ämnesrad"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = self.free_slug()
        if not self.code:
            self.code = self._free_code()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Where anybody may read it."""
        return reverse("newsletters:archived", args=[self.slug])

    def _free_code(self) -> str:
        """BREV-261124: the day it was begun. Tells no number of a row."""
        stem = f"BREV-{timezone.localdate():%y%m%d}"
        taken = set(Issue.objects.filter(code__startswith=stem).values_list("code", flat=True))
        names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
        return next(name for name in names if name not in taken)

    def free_slug(self) -> str:
        """2026-11-24-hosten-hos-oss: the day it was begun and its subject. Follows the subject
        until somebody says yes; from then it is an address that others may have."""
        begun = timezone.localdate(self.created_at or timezone.now())
        stem = slugify(f"{begun:%Y-%m-%d} {self.subject}")[:70].rstrip("-")
        others = Issue.objects.filter(slug__startswith=stem).exclude(pk=self.pk)
        taken = set(others.values_list("slug", flat=True))
        names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
        return next(name for name in names if name not in taken)

    def get_latest_revision_as_object(self) -> "Issue":
        return self

    def with_content_json(self, content: dict[str, Any]) -> "Issue":
        """An earlier version of its words; all else as it is now."""
        words = {name: content[name] for name in WORDS if name in content}
        found: Issue = super().with_content_json(self.serializable_data() | words)
        return found

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("mejl", _("Ljust")), ("morkt", _("Mörkt")), ("text", _("Bara text"))]

    @property
    def is_draft(self) -> bool:
        return self.approved_at is None

    @property
    def is_newsletter(self) -> bool:
        return self.kind == self.Kind.NEWSLETTER

    @property
    def goes_on_paper(self) -> bool:
        """What every member has a right to reaches also those without e-mail."""
        return self.on_paper or not self.is_newsletter

    @property
    def state(self) -> "Issue.State":
        if self.is_draft:
            return self.State.DRAFT
        if self.stopped_at:
            return self.State.STOPPED
        if self.finished_at:
            return self.State.DONE
        if self.paused_at:
            return self.State.PAUSED
        assert self.send_at is not None  # a_yes_is_whole
        return self.State.SCHEDULED if self.send_at > timezone.now() else self.State.SENDING
