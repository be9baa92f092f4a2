"""What the environment says, read loudly: a missing secret stops the start with one line."""

import json
import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn

import environ

ROOT = Path(__file__).resolve().parents[2]

# Words that show that nobody chose the secret.
DEFAULT_SECRETS = ("change", "secret", "insecure", "example", "default")
# Django's own limit for a key that is hard to guess, in characters.
SHORTEST_SECRET = 50


class Misconfigured(SystemExit):
    """The start is refused; the message is the one line that the operator reads."""


def stop(message: str) -> NoReturn:
    raise Misconfigured(f"Samvaro cannot start: {message}")


def data_dir() -> Path:
    """Where the demo keeps its database, broker, letters and secrets."""
    return Path(os.environ.get("DATA_DIR") or ROOT / ".data").resolve()


def load_demo_environment() -> None:
    """Let a `manage.py` that is started beside the demo talk to the same database and broker.

    `make demo` writes the addresses and secrets it uses to DATA_DIR/environment.json. The file is
    read only where nobody has set SECRET_KEY, so it can never mix with a configured server.
    """
    if os.environ.get("SECRET_KEY"):
        return
    file = data_dir() / "environment.json"
    if not file.is_file():
        return
    for name, value in json.loads(file.read_text(encoding="utf-8")).items():
        os.environ.setdefault(name, value)


def required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        stop(f"set {name} (see .env.example), or run `make demo` to try it out.")
    return value


def optional(name: str) -> str:
    return os.environ.get(name, "").strip()


def secret(name: str) -> str:
    value = required(name)
    if len(value) < SHORTEST_SECRET or any(word in value.lower() for word in DEFAULT_SECRETS):
        stop(f"{name} must be random and at least {SHORTEST_SECRET} characters.")
    return value


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "0", "false", "no"):
        return default if value == "" else False
    if value in ("1", "true", "yes"):
        return True
    stop(f"{name} must be 1 or 0, not {value!r}.")


def listed(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def beginning_with(prefix: str) -> dict[str, str]:
    """Settings of a library, by the names that it gives them."""
    return {
        name.removeprefix(prefix): value.strip()
        for name, value in os.environ.items()
        if name.startswith(prefix) and value.strip()
    }


def mail_transport(url: str) -> dict[str, Any]:
    """Django's settings for sending: a mail server, or anymail://NAME for a provider's own way."""
    scheme, _, provider = url.partition("://")
    if scheme != "anymail":
        return dict(environ.Env.email_url_config(url))
    if not re.fullmatch(r"[a-z_]+", provider) or not find_spec(f"anymail.webhooks.{provider}"):
        stop(f"EMAIL_URL: anymail knows no {provider!r} (mailgun, brevo, postmark ...).")
    # Who takes our letters also tells what came back.
    return {
        "EMAIL_BACKEND": f"anymail.backends.{provider}.EmailBackend",
        "MAIL_PROVIDER": provider,
    }


def check_mail_provider(provider: str, secret: str) -> None:
    """What says that a mailbox is gone must come from who knows."""
    if provider and ":" not in secret:
        stop("MAIL_PROVIDER needs ANYMAIL_WEBHOOK_SECRET=user:password, for its calls to us.")


def check_stripe(*, key: str, secret: str, base: str) -> None:
    """Money goes the right way or nowhere."""
    if bool(key) != bool(secret):
        stop("set both STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET, or neither.")
    if base and "_test_" not in key:
        stop(
            "STRIPE_API_BASE is for a stand-in: it goes with a key that begins with sk_test_ only."
        )
