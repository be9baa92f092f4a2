"""Letters about the choice itself. They go through the outbox like all others."""

from mail.services import post
from newsletters.models import OptIn, Subscription

CONFIRM = "newsletter_confirm"
CHANGED = "prefs_changed"


def post_confirm(row: OptIn) -> None:
    """For every press: what there is to tell is found out when the letter leaves."""
    post(
        CONFIRM, to=row.email, about={"opt_in": row.pk}, dedupe_key=f"{CONFIRM}:{row.key}",
        public=True,
    )  # fmt: skip


def post_changed(subscription: Subscription) -> None:
    post(CHANGED, to=subscription.email, about={"subscription": subscription.pk})
