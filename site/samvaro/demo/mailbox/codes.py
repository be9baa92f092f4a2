"""The codes that a phone would show: the demo's staff log in without one."""

import base64
import hmac
import json
import struct
import time
from dataclasses import dataclass
from pathlib import Path

# Seconds that a code holds, and its length: what every authenticator app uses (RFC 6238).
STEP, DIGITS = 30, 6
ROLES = {
    "redaktor": "Redaktör",
    "samordnare": "Samordnare",
    "ledare": "Ledare",
    "kassor": "Kassör",
    "styrelse": "Styrelse",
    "medlemsregister": "Medlemsregister",
    "dataskydd": "Dataskydd",
    "superuser": "Administratör",
}


@dataclass(frozen=True)
class Login:
    role: str
    email: str
    code: str


def totp(secret: str, at: float) -> str:
    """The code for a base32 secret at a moment (RFC 6238, HMAC-SHA-1)."""
    secret = secret.replace(" ", "").upper()
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(at) // STEP), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def seconds_left(at: float) -> int:
    return STEP - int(at) % STEP


def logins(file: Path, at: float | None = None) -> list[Login]:
    """The demo's logins as the seed left them; none while it has not."""
    at = time.time() if at is None else at
    try:
        known = json.loads(file.read_text(encoding="utf-8"))["logins"]
    except (FileNotFoundError, ValueError, KeyError):
        return []
    found = []
    for one in known:
        secret = one.get("totp_secret")
        code = totp(secret, at) if secret else ""
        role = one.get("role", "")
        found.append(Login(ROLES.get(role, role), one.get("email", ""), code))
    return found
