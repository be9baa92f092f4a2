"""`make drill`: the fault tests with many times the people, each ending in a printed identity.

The same tests run in `make test` with fewer people. DRILL says how many times more.
"""

# ruff: noqa: T201 -- a program for the terminal
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# People and kills, as a multiple of what `make test` takes.
# Where the tests are that know of it.
DRILLED = ["tests/faults", "tests/events/test_places_machine.py"]
FACTOR = int(os.environ.get("DRILL", "1"))
USUAL = "5"


def told(identity: str) -> None:
    """Keep what a test found to be equal, for the drill to print at its end."""
    if where := os.environ.get("DRILL_TOLD"):
        with Path(where).open("a", encoding="utf-8") as file:
            file.write(identity + "\n")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "identities.txt"
        found.touch()
        drilling = {"DRILL": os.environ.get("DRILL", USUAL), "DRILL_TOLD": str(found)}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:xdist", *DRILLED, *sys.argv[1:]],
            env=os.environ | drilling,
            check=False,
        )
        print(found.read_text("utf-8"), end="")
    print("The drill failed." if done.returncode else "The drill held.")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
