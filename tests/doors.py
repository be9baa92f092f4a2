"""Through the staff door without the walk: for tests that are about what lies behind it."""

import time

from django.test import Client

from members.models import User
from members.services import give_app

CSRF_FREE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def log_in(client: Client, user: User, *, ago: float = 0, factor: bool = True) -> Client:
    """The client's session is what a log-in `ago` seconds ago has left behind."""
    client.force_login(user)
    if factor:
        give_app(user)
    now = time.time() - ago
    records = [{"method": "code", "at": now}]
    if factor:
        app = user.authenticator_set.get(type="totp")
        records.append({"method": "mfa", "at": now, "id": app.pk, "type": "totp"})
    session = client.session
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
