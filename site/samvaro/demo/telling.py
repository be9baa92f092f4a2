"""What the demo says in the terminal once it runs."""

import json
from contextlib import suppress
from pathlib import Path

from samvaro.demo import folder as folders


def say(line: str, end: str = "\n") -> None:
    # The terminal may be closed by now; that must not keep anybody from stopping.
    with suppress(OSError):
        print(line, end=end, flush=True)


def say_where(folder: Path, site_url: str, letters_url: str, stripe_url: str = "") -> None:
    say("")
    say(f"  Site     {site_url}/")
    say(f"  Staff    {site_url}/admin/")
    if letters_url:
        say(f"  Letters  {letters_url}/   (all letters land here, none leaves this computer)")
    if stripe_url:
        say(f"  Stripe   {stripe_url}/   (a stand-in: test payments, no money moves)")
    say(f"  Logs     {folders.relative(folder / 'log')}/")
    say_logins(folder, with_secrets=not letters_url)
    say("")
    say("Ctrl-C stops everything.")
    say(f"Samvaro is running at {site_url}/")


def say_logins(folder: Path, *, with_secrets: bool) -> None:
    """The users of the demo association, as the seed left them on file."""
    try:
        logins = json.loads((folder / "demo.json").read_text(encoding="utf-8"))["logins"]
    except (FileNotFoundError, ValueError, KeyError):
        return
    say("")
    if with_secrets:
        say("  Logins: a code comes by e-mail, and an app makes one of the secret.")
    else:
        say("  Logins: the code comes as a letter; the one from an app stands beside the letters.")
    for login in logins:
        secret = login.get("totp_secret") or "" if with_secrets else ""
        say(f"    {login.get('role', ''):<16} {login.get('email', ''):<36} {secret}".rstrip())
