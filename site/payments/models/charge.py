"""A charge, and the ledger of what happened to it. All amounts are whole öre."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class NextNumber(Func):
    """The next number of a sequence: unique, rising, and with gaps where something was undone."""

    template = "nextval('payments_charge_number')"
    output_field: ClassVar = models.BigIntegerField()


class ChargeQuerySet(models.QuerySet["Charge"]):
    def settled(self) -> "ChargeQuerySet":
        """Paid in full, or waived. Until all of it is given back: a part that the association
        gives back is a kindness, and takes nothing away."""
        return self.filter(received__gte=F("amount"), returned__lt=F("received"))

    def waiting(self) -> "ChargeQuerySet":
        """Something is still to come."""
        return self.filter(voided_at__isnull=True, returned=0, received__lt=F("amount"))

    def given_back(self) -> "ChargeQuerySet":
        return self.filter(received__gt=0, returned__gte=F("received"))


class Charge(models.Model):
    """Something that somebody is to pay, once.

    What it stands for is the business of the app that made it; outside the house it is a number
    and the word "Avgift". `received` and `returned` are the sums of the ledger, written under the
    row's lock in the transaction that writes the ledger (payments.services.ledger) and nowhere else.
    """

    class Kind(models.TextChoices):
        """Which account it belongs to."""

        FEE = "fee", _("Medlemsavgift")
        SUPPORT = "support", _("Stödmedlem")
        TAKING_PART = "taking_part", _("Deltagaravgift")
        GIFT = "gift", _("Gåva")

    class State(models.TextChoices):
        OPEN = "open", _("Väntar")
        PAID = "paid", _("Betald")
        REFUNDED = "refunded", _("Återbetald")
        VOID = "void", _("Makulerad")

    # What the payer, the bank and the books see: "Avgift 10042".
    number = models.BigIntegerField(_("nummer"), unique=True, db_default=NextNumber())
    # What Stripe sees.
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("sort"), max_length=20, choices=Kind)
    amount = models.PositiveIntegerField(_("belopp"), help_text=_("öre"))
    # Of the amount: what is the national union's, a debt and not an income.
    union_share = models.PositiveIntegerField(_("riksförbundets del"), default=0)
    # The year that the money is for: paid earlier it is booked as paid in advance.
    year = models.PositiveSmallIntegerField(_("gäller år"))
    payer_name = models.CharField(_("betalare"), max_length=160, blank=True)
    payer_email = models.EmailField(_("betalarens e-post"), blank=True)
    payer_key = models.CharField(max_length=254, blank=True, db_index=True)
    created_at = models.DateTimeField(_("skapad"))
    due_on = models.DateField(_("betalas senast"))
    received = models.IntegerField(_("mottaget"), default=0)
    returned = models.IntegerField(_("återbetalt"), default=0)
    # When the ledger first held the whole amount.
    paid_at = models.DateTimeField(_("betald"), null=True, blank=True)
    voided_at = models.DateTimeField(_("makulerad"), null=True, blank=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("avgift")
        verbose_name_plural = _("avgifter")
        permissions: ClassVar = [
            ("export_charge", _("Kan ta ut listor över avgifter")),
            ("see_sums", _("Kan se summor av avgifter")),
        ]
        indexes: ClassVar = [models.Index(fields=["year", "kind"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="a_charge_is_for_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="the_share_is_part_of_the_amount",
                condition=Q(union_share__lte=F("amount")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What everyone outside sees. Says nothing about health."""
        return f"Avgift {self.number}"

    @property
    def state(self) -> "Charge.State":
        if self.received > 0 and self.returned >= self.received:
            return self.State.REFUNDED
        if self.is_settled:
            return self.State.PAID
        return self.State.VOID if self.voided_at else self.State.OPEN

    @property
    def is_settled(self) -> bool:
        return self.received >= self.amount and self.returned < self.received

    @property
    def left(self) -> int:
        """Öre still to come; negative when too much came. For what is not settled."""
        return self.amount - self.received + self.returned

    def is_late(self, today: date) -> bool:
        return self.state == self.State.OPEN and self.due_on < today


class Payment(models.Model):
    """One line of the ledger: money in (+) or out (-), or a fee that the board let go.

    Lines can be added, never changed or taken away: the database refuses (migration 0001). What was
    wrong is answered by a line the other way. `source` names the fact outside, so that the same fact
    told twice is one line.
    """

    class Kind(models.TextChoices):
        PAID = "paid", _("Betalning")
        WAIVED = "waived", _("Efterskänkt")
        REFUNDED = "refunded", _("Återbetalning")
        DISPUTED = "disputed", _("Bestridd")
        DISPUTE_WON = "dispute_won", _("Bestridande avslutat, pengarna åter")
        UNDONE = "undone", _("Ångrad")
        # To or from another charge: a pair of lines, and no money that leaves or comes.
        MOVED = "moved", _("Flyttad")

    class Method(models.TextChoices):
        CARD = "card", _("Kort")
        SWISH_STRIPE = "swish_stripe", _("Swish via Stripe")
        BANKGIRO = "bankgiro", _("Bankgiro")
        SWISH = "swish", _("Swish till föreningen")
        BANK = "bank", _("Bank")
        CASH = "cash", _("Kontant")
        MOVED = "moved", _("Från en annan avgift")
        NONE = "none", _("Inget")

    # Money that left, also when a pairing was undone.
    OUT: ClassVar = [Kind.REFUNDED, Kind.DISPUTED]

    charge = models.ForeignKey(Charge, models.PROTECT, related_name="payments")
    kind = models.CharField(_("vad"), max_length=20, choices=Kind)
    method = models.CharField(_("sätt"), max_length=20, choices=Method)
    # Öre; negative for what leaves.
    amount = models.IntegerField(_("belopp"))
    # For an undone line: the line that it answers.
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by"
    )
    source = models.CharField(max_length=120, unique=True)
    happened_at = models.DateTimeField(_("hände"))
    # The day of the books, Swedish time.
    booked_on = models.DateField(_("bokförs"))
    noted_at = models.DateTimeField(_("noterad"), auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("av")
    )
    # A verification number or a decision; never a name.
    note = models.CharField(_("verifikation"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("betalning")
        verbose_name_plural = _("betalningar")
        indexes: ClassVar = [models.Index(fields=["booked_on"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="a_line_moves_money", condition=~Q(amount=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.charge}"
