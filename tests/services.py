"""The database and the broker that a test session stands on.

A session takes the first folder that no other session holds: `.data/test`, `.data/test-2`, … So two
sessions at the same time never share a row, and what is expensive to make is there next time.
"""

import atexit
import fcntl
import os
import secrets
from pathlib import Path
from typing import IO

from cryptography.fernet import Fernet

from samvaro import embedded
from samvaro.environment import ROOT

# The folder of this session, for its xdist workers and the processes that tests start.
FOLDER = "SAMVARO_TEST_SERVICES"


def take_folder() -> tuple[Path, IO[str]]:
    """The first folder that nobody holds, and the open file that says that we hold it."""
    number = 1
    while True:
        folder = ROOT / ".data" / ("test" if number == 1 else f"test-{number}")
        embedded.prepare_folder(folder)
        held = (folder / "session.lock").open("w")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            number += 1
        else:
            return folder, held


def start() -> None:
    """Fill the environment: what somebody has set is used, the rest is started or made up."""
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        folder, held = take_folder()
        services = embedded.start(folder, durable=False)
        os.environ.setdefault("DATABASE_URL", services.database_url)
        os.environ.setdefault("REDIS_URL", services.redis_url)
        os.environ[FOLDER] = str(folder)
        ours = os.getpid()

        def stop() -> None:
            # A forked child of a test inherits this function, but not the servers.
            if os.getpid() == ours:
                services.stop(found=True)
                held.close()

        atexit.register(stop)
    for name, value in {
        "SECRET_KEY": secrets.token_hex(32),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        # The host that Django's test client says it visits: links in letters can be followed.
        "SITE_URL": "http://testserver",
        "EMAIL_URL": "memorymail://",
        # The stand-in for Stripe takes these; a test that pays starts one (tests/stripe.py).
        "STRIPE_SECRET_KEY": "sk_test_samvaro",
        "STRIPE_WEBHOOK_SECRET": "whsec_samvaro",
        # Nobody listens there: a test that has not started a stand-in reaches nobody outside.
        "STRIPE_API_BASE": "http://127.0.0.1:9",
        "MEDIA_ROOT": str(Path(os.environ.get(FOLDER) or ROOT / ".data" / "test") / "media"),
    }.items():
        os.environ.setdefault(name, value)


def own_broker_number(url: str, worker: str) -> str:
    """Each xdist worker has its own numbered database in Valkey, so that they share no keys."""
    number = int(worker.removeprefix("gw")) + 1
    return f"{url.rpartition('/')[0]}/{number}"
