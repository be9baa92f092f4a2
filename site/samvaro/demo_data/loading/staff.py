"""One login for each role, with a second factor that is ready to use."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import decrypt
from django.contrib.auth.models import Group

from members.models import User
from members.services.staff import give_app
from samvaro.demo_data.people import STAFF, STAFF_DOMAIN, Staff

SUPERUSER = "superuser"


def is_loaded() -> bool:
    return User.objects.filter(email__endswith=f"@{STAFF_DOMAIN}").exists()


def load_staff() -> dict[str, User]:
    """The users, by role."""
    return {person.role: _user(person) for person in STAFF}


def _user(person: Staff) -> User:
    make = User.objects.create_user
    if person.role == SUPERUSER:
        make = User.objects.create_superuser
    user = make(person.email, first_name=person.first_name, last_name=person.last_name)
    if person.role != SUPERUSER:
        user.groups.add(Group.objects.get(name=person.role))
    give_app(user)
    RecoveryCodes.activate(user)
    return user


def logins() -> list[dict[str, object]]:
    """What somebody needs to log in as each of them, today."""
    users = {user.email: user for user in User.objects.filter(email__endswith=f"@{STAFF_DOMAIN}")}
    return [
        {
            "role": person.role,
            "name": str(users[person.email]),
            "email": person.email,
            "totp_secret": _secret(users[person.email]),
            "recovery_codes": _codes(users[person.email]),
        }
        for person in STAFF
        if person.email in users
    ]


def _factor(user: User, kind: str) -> Authenticator | None:
    found: Authenticator | None = Authenticator.objects.filter(user=user, type=kind).first()
    return found


def _secret(user: User) -> str:
    app = _factor(user, Authenticator.Type.TOTP)
    return str(decrypt(app.data["secret"])) if app else ""


def _codes(user: User) -> list[str]:
    codes = _factor(user, Authenticator.Type.RECOVERY_CODES)
    return list(RecoveryCodes(codes).get_unused_codes()) if codes else []
