"""The browser of the journeys: the one this machine has, else one that is fetched.

python -m tests.chromium      finds or fetches it and prints where it is
"""

# ruff: noqa: T201 -- a program for the terminal
import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# For playwright's launch(args=...): works as root, asks nobody outside for anything.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The path of a Chromium that runs, or None."""
    named = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *MAC, _playwrights_own()]
    return next((path for path in named if path and _runs(path)), None)


def _runs(path: str) -> bool:
    """Ubuntu has a `chromium-browser` that only says how to install one."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and b"Chrom" in said.stdout


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def fetch() -> None:
    """As root with apt-get from the system, where it brings its libraries; else playwright's."""
    playwright = [sys.executable, "-m", "playwright", "install", "chromium"]
    ways = [playwright]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends"]
        ways = [
            ["apt-get", "update", "-q"],
            [*install, "chromium", "fonts-liberation"],
            [*playwright, "--with-deps"],
        ]
    for way in ways:
        if find():
            return
        print("Fetching a browser for the tests:", " ".join(way), flush=True)
        subprocess.run(way, check=False)


def main() -> int:
    if not find():
        fetch()
    found = find()
    if not found:
        print("The tests need Chromium: install it, or name it with CHROMIUM=/path/to/it.")
        return 1
    print(f"Browser: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
