"""The settings of the tests: the real ones, on a real PostgreSQL and a real Valkey."""

import os
from pathlib import Path

from tests import services

services.start()
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["REDIS_URL"] = services.own_broker_number(os.environ["REDIS_URL"], worker)

from samvaro.settings import *  # noqa: E402, F403 -- the environment must be complete first

# Files that tests upload lie beside the session's database, one folder for each worker.
MEDIA_ROOT = str(Path(os.environ["MEDIA_ROOT"]) / (worker or "main"))
CRISIS_COPY = f"{MEDIA_ROOT}/akut-hjalp.html"
# No test is about how slowly a password is hashed.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# No question leaves the house. A test that wants answers has a name server of its own.
DNS_SERVERS = ["nobody"]
# Letters to many leave at any hour, as the tests are run at any hour.
NEWSLETTER_HOURS = (0, 24)
