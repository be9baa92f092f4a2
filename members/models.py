"""Those who log in. Today the staff; persons and memberships have their own tables."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **extra)
        # Nobody has a password: the door is a code by mail and a second factor.
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> "User":
        return self.create_user(email, is_staff=True, is_superuser=True, **extra)


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

    @property
    def works_here(self) -> bool:
        """Staff: everyone with a role. They pass the second factor on every staff page."""
        return self.is_active and (self.is_superuser or self.groups.exists())
