"""Those who work here: their open sessions and their second factor."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from members.models import User


def end_sessions(user: User) -> None:
    """Log somebody out everywhere, from the next request on.

    Every session carries a fingerprint of the password field. Nobody has a password, so its random
    filling is free to be the lock: a new one fits no old session.
    """
    user.set_unusable_password()
    user.save(update_fields=["password"])


@transaction.atomic
def take_away_factors(user: User) -> int:
    """For one who has lost the phone: the next log-in asks to set up a new second factor."""
    number = Authenticator.objects.filter(user=user).delete()[0]
    end_sessions(user)
    return number


@transaction.atomic
def give_app(user: User, secret: str = "") -> str:
    """Set up an authenticator app for somebody, as the demo does. Returns its base32 secret."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: PLC0415

    secret = secret or generate_totp_secret()
    Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
    TOTP.activate(user, secret)
    return secret
