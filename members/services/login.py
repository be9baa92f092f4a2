"""Log in with six digits from a letter. Who has an account cannot be told from what happens here:
a known and an unknown address cost the same rows, the same letter and the same time.

Staff have accounts. A member gets one, without roles, when the digits have shown that the mailbox
is theirs.
"""

from datetime import timedelta
from enum import Enum
from secrets import compare_digest, randbelow
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from members import emails
from members.models import LoginCode, Person, User
from privacy.addresses import mail_key, tidy_email

CODE_LIVES = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
MOST_TRIES: int = settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS
# Letters for one request: the first, and those that were asked for again.
MOST_LETTERS = 4
# No letter went out, so that nobody can know the digits and they open nothing.
NOTHING_MORE = MOST_LETTERS + 1
# Requests for one mailbox in 24 hours. With MOST_TRIES it is also the limit of guesses at somebody's
# code: 50 of a million a day. It is counted in the database, so it holds without Valkey.
CODES_PER_DAY = 10


class Answer(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    # Used, too old, or guessed at too often: only a new code helps.
    OVER = "over"


@transaction.atomic
def ask_for_code(typed: str) -> LoginCode:
    """Write a code to this address. Without an account the letter says so, in kind words.

    After CODES_PER_DAY requests nothing is written and the digits open nothing; what the visitor
    sees is the same.
    """
    address, key, now = tidy_email(typed), mail_key(typed), timezone.now()
    user = User.objects.of_address(address)
    today = LoginCode.objects.filter(email_key=key, created_at__gt=now - timedelta(days=1)).count()
    enough = today >= CODES_PER_DAY
    code = LoginCode.objects.create(
        user=None if enough else user,
        email=address,
        email_key=key,
        digits=f"{randbelow(10**6):06}",
        letters=NOTHING_MORE if enough else 0,
        created_at=now,
        expires_at=now + CODE_LIVES,
    )
    _write(code)
    return code


@transaction.atomic
def send_again(code_id: UUID) -> LoginCode | None:
    """The same digits once more, good for as long as a new letter: whichever mail is found works."""
    # With the user in the same query: a second one for known addresses only would take time.
    rows = LoginCode.objects.select_for_update(of=("self",)).select_related("user")
    code = rows.filter(pk=code_id).first()
    if code is None or code.is_over(timezone.now(), MOST_TRIES):
        return None
    code.expires_at = timezone.now() + CODE_LIVES
    code.save(update_fields=["expires_at"])
    _write(code)
    return code


def _write(code: LoginCode) -> None:
    if code.letters >= MOST_LETTERS:
        return
    code.letters += 1
    code.save(update_fields=["letters"])
    # To the address of the account, never to a spelling of it that somebody else typed. Both are
    # asked for every time, so that the same work is done for everyone.
    member = _address_in_register(code.email_key)
    to = code.user.email if code.user else member
    if to:
        emails.post_code(to, code.digits)
    else:
        emails.post_unknown(code.email, code.digits)


def _address_in_register(key: str) -> str:
    rows = Person.objects.in_register().of_mailbox(key).values_list("email", flat=True)
    return rows.first() or ""


def check_code(code_id: UUID, typed: str) -> tuple[Answer, User | None]:
    """Is this the code? Each call is one try, counted before the digits are looked at."""
    now = timezone.now()
    open_codes = LoginCode.objects.filter(
        pk=code_id, used_at=None, expires_at__gt=now, tries__lt=MOST_TRIES
    )
    if not open_codes.update(tries=F("tries") + 1):
        return Answer.OVER, None
    code = LoginCode.objects.select_related("user").get(pk=code_id)
    same = compare_digest(typed.encode(), code.digits.encode())
    user = _who_opens(code) if same else None
    if user is None or not user.is_active:
        return (Answer.OVER if code.tries >= MOST_TRIES else Answer.WRONG), None
    # Only one of two that come at the same time is let in.
    if not LoginCode.objects.filter(pk=code_id, used_at=None).update(used_at=now):
        return Answer.OVER, None
    return Answer.RIGHT, user


def _who_opens(code: LoginCode) -> User | None:
    """The account, or for a member a new one without roles: the mailbox has just proved itself."""
    if code.user or code.letters == NOTHING_MORE:
        return code.user
    address = _address_in_register(code.email_key)
    if not address:
        return None
    # One that is switched off stays so: a register is no way back in.
    return User.objects.get_or_create(email__iexact=address, defaults={"email": address})[0]
