"""Those who log in. Today the staff; persons and memberships have their own tables."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from privacy.addresses import tidy_email
from privacy.fields import EncryptedTextField


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=tidy_email(email).lower(), **extra)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, is_staff=True, is_superuser=True, **extra)

    def of_address(self, address: str) -> "User | None":
        """Who may log in with this address: at most one, in any case, and nobody who has left."""
        return self.filter(email__iexact=address, is_active=True).first()


class User(AbstractUser):
    """Somebody who can log in, known by an address. What they may do follows from their groups."""

    username = None  # type: ignore[assignment]  # the address is the name
    email = models.EmailField(_("e-post"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = []
    objects = UserManager()  # type: ignore[misc,assignment]  # AbstractUser promises its own

    class Meta:
        verbose_name = _("användare")
        verbose_name_plural = _("användare")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_address"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.password:
            # Nobody has a password: the door is a code by mail and a second factor. An empty one
            # would count as usable.
            self.set_unusable_password()
        super().save(*args, **kwargs)

    @property
    def works_here(self) -> bool:
        """Staff: everyone with a role. They pass the second factor on every staff page."""
        return self.is_active and (self.is_superuser or self.groups.exists())


class LoginCode(models.Model):
    """One request to log in: six digits that went to a mailbox, and how often they were guessed.

    A row and not the session, so that tries are counted in one place however many are sent at the
    same time, also without Valkey. An address without an account gets a row too: the same work,
    and digits that open nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True)
    email = models.EmailField()
    email_key = models.CharField(max_length=254, db_index=True)
    digits = EncryptedTextField()
    tries = models.PositiveSmallIntegerField(default=0)
    letters = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("inloggningskod")
        verbose_name_plural = _("inloggningskoder")
        indexes: ClassVar = [models.Index(fields=["created_at"])]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"

    def is_over(self, now: datetime, most_tries: int) -> bool:
        """Nothing that anyone types opens this any more."""
        return self.used_at is not None or self.expires_at <= now or self.tries >= most_tries
