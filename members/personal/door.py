"""What the door knows about people, for how long, and how it is forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from members.models import LoginCode, Person, User
from privacy import registry
from privacy.addresses import mail_key
from privacy.fields import decrypt, encrypt
from privacy.models import AccessLog

# Long enough to see that somebody tried, and for the count per day.
KEEP_CODES = timedelta(days=2)
# Somebody who has left: the name stays while the access log may still have to be read.
KEEP_FORMER_STAFF = timedelta(days=2 * 365)
# A member's account, when the member is gone from the register.
KEEP_ACCOUNT = timedelta(days=30)


def _weed_codes(now: datetime, dry_run: bool) -> int:
    old = LoginCode.objects.filter(created_at__lt=now - KEEP_CODES)
    return old.count() if dry_run else old.delete()[0]


def _weed_users(now: datetime, dry_run: bool) -> int:
    gone = User.objects.filter(is_active=False, date_joined__lt=now - KEEP_FORMER_STAFF)
    gone = gone.exclude(last_login__gte=now - KEEP_FORMER_STAFF).exclude(email="")
    gone = gone.exclude(email__endswith=FORGOTTEN)
    former = _accounts_of_former_members(now)
    if dry_run:
        return gone.count() + len(former)
    return _forget(gone) + User.objects.filter(pk__in=[user.pk for user in former]).delete()[0]


def _accounts_of_former_members(now: datetime) -> list[User]:
    """Made at a log-in, without a role, and their mailbox is nobody's in the register any more. Who
    is named in the access log has a row there, and is forgotten as staff are."""
    quiet = User.objects.filter(is_active=True, is_staff=False, is_superuser=False, groups=None)
    quiet = quiet.filter(date_joined__lt=now - KEEP_ACCOUNT).exclude(
        last_login__gte=now - KEEP_ACCOUNT
    )
    known = set(Person.objects.in_register().values_list("email_key", flat=True))
    rows = quiet.exclude(pk__in=AccessLog.objects.values("actor")).exclude(email="")
    return [user for user in rows if mail_key(user.email) not in known]


# The end of an address that reaches nobody (RFC 2606).
FORGOTTEN = "@borttagen.invalid"


def _forget(users: Iterable[User]) -> int:
    """The row stays, because the access log points at it; the person is gone from it."""
    number = 0
    for user in users:
        user.email, user.first_name, user.last_name = f"{user.pk}{FORGOTTEN}", "", ""
        user.is_active = user.is_superuser = False
        user.set_unusable_password()
        user.save()
        user.groups.clear()
        Authenticator.objects.filter(user=user).delete()
        number += 1
    return number


def _export_user(user: User) -> dict[str, Any]:
    return {
        _("E-post"): user.email,
        _("Förnamn"): user.first_name,
        _("Efternamn"): user.last_name,
        _("Roller"): ", ".join(user.groups.values_list("name", flat=True)),
        _("Konto sedan"): user.date_joined,
        _("Senast inloggad"): user.last_login,
        _("Antal rader i åtkomstloggen"): AccessLog.objects.filter(actor=user).count(),
    }


registry.register(
    registry.Rule(
        model=User,
        fields=("email", "first_name", "last_name", "last_login"),
        kept="Så länge personen har ett uppdrag, och två år till för åtkomstloggens skull. "
        "En medlems konto: en månad efter att personen lämnat registret.",
        weed=_weed_users,
        of_person=lambda key: User.objects.filter(email__iexact=key),
        export=_export_user,
        erase=_forget,
    )
)
registry.register(
    registry.Rule(
        model=LoginCode,
        fields=("user", "email", "email_key", "digits"),
        kept="Två dygn, för att se om någon gissar koder.",
        weed=_weed_codes,
        of_person=lambda key: LoginCode.objects.filter(email_key=key),
        export=lambda row: {_("Bad om kod"): row.created_at, _("E-post"): row.email},
        erase=lambda rows: LoginCode.objects.filter(pk__in=[row.pk for row in rows]).delete()[0],
    )
)


# Where allauth keeps its secrets inside the JSON of a factor.
SECRETS = ("secret", "seed")


@registry.rotates("mfa.Authenticator")
def rotate_second_factors() -> int:
    number = 0
    for key in Authenticator.objects.values_list("pk", flat=True):
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().get(pk=key)
            secrets = {name: factor.data[name] for name in SECRETS if name in factor.data}
            factor.data |= {name: encrypt(decrypt(old)) for name, old in secrets.items()}
            factor.save(update_fields=["data"])
            number += len(secrets)
    return number
