"""`make check`: everything that can be said about the code without running it as a site.

Each step is named, all of them run, and the failed ones are named once more at the end.
"""

# ruff: noqa: T201 -- a program for the terminal
import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests import services

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]

# As on a server: the checks for deployment are only worth something with the settings of one.
SERVER = {
    "DJANGO_SETTINGS_MODULE": "samvaro.settings",
    "SITE_URL": "https://samvaro.example",
    "ALLOWED_HOSTS": "samvaro.example",
    "EMAIL_URL": "smtp+tls://mail.samvaro.example:587",
    "TRUSTED_PROXY_COUNT": "1",
    "DEBUG": "0",
    "SECRET_KEY": secrets.token_hex(32),
}


@dataclass(frozen=True)
class Step:
    title: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


STEPS = [
    Step("Formatting", tool("ruff", "format", "--check", "--diff", ".")),
    Step("Lint", tool("ruff", "check", ".")),
    Step("Templates", tool("djlint", "--lint", "--quiet", ".")),
    Step("Types", tool("mypy")),
    Step("Import contracts", tool("lint-imports")),
    Step("Migrations complete", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
    Step(
        "Settings of a server",
        [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        SERVER,
    ),
    Step("Translations up to date", [sys.executable, "-m", "tests.translations"]),
]


def run(step: Step) -> bool:
    shown = " ".join([Path(step.command[0]).name, *step.command[1:]])
    print(f"--- {step.title}: {shown}", flush=True)
    begun = time.monotonic()
    ours = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    environment = os.environ | ours | step.environment
    done = subprocess.run(step.command, cwd=ROOT, env=environment, check=False)
    result = "ok" if done.returncode == 0 else "FAILED"
    print(f"    {step.title}: {result} ({time.monotonic() - begun:.1f} s)", flush=True)
    return done.returncode == 0


def main() -> int:
    services.start()
    failed = [step.title for step in STEPS if not run(step)]
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll checks are fine.")
    return len(failed) > 0


if __name__ == "__main__":
    sys.exit(main())
