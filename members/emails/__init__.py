"""Every letter about logging in and being a member. The words are in templates/members/mail/.

door: codes and locks. joining: from the form to the fee. fees: what is paid, asked for and ended. own: another mailbox.
paper: for those who have no e-mail.
"""

from members.emails import fees, joining, own
from members.emails.door import (
    FACTOR_CHANGED,
    LOGIN_CODE,
    LOGIN_UNKNOWN,
    post_code,
    post_factor_changed,
    post_unknown,
)

__all__ = [
    "FACTOR_CHANGED",
    "LOGIN_CODE",
    "LOGIN_UNKNOWN",
    "fees",
    "joining",
    "own",
    "post_code",
    "post_factor_changed",
    "post_unknown",
]
