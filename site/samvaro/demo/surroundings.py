"""The environment that a demo gives its programs, and that `manage.py` beside it reads."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from samvaro.embedded import state
from samvaro.environment import ROOT

FILE = "environment.json"
# Made once and kept: with another key the sessions and the encrypted fields could not be read.
KEPT = ("SECRET_KEY", "FIELD_KEYS", "STRIPE_WEBHOOK_SECRET")


def write(folder: Path, known: dict[str, str]) -> dict[str, str]:
    """Complete what is known, write it down for its owner only, and return it.

    What somebody has set in the environment is used as it is.
    """
    file = folder / FILE
    before = state.load(file)
    values = {
        "SECRET_KEY": secrets.token_hex(32),
        "FIELD_KEYS": Fernet.generate_key().decode(),
        "MEDIA_ROOT": str(folder / "media"),
        # The stand-in's; with a real key set these are set too.
        "STRIPE_SECRET_KEY": "sk_test_demo",
        "STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(16)}",
        **{name: before[name] for name in KEPT if name in before},
        **known,
    }
    values.setdefault(
        "ALLOWED_HOSTS", f"{urlsplit(values['SITE_URL']).hostname},127.0.0.1,localhost"
    )
    values = {name: os.environ.get(name) or value for name, value in values.items()}
    state.save(file, values)
    return values


def of_children(folder: Path, values: dict[str, str]) -> dict[str, str]:
    """What a program of the demo is started with; the code is found from any working folder."""
    paths = [str(ROOT), str(ROOT / "site"), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        **values,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "samvaro.settings",
        "PYTHONPATH": os.pathsep.join(path for path in paths if path),
        "PYTHONUNBUFFERED": "1",
    }
