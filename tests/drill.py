"""`make drill`: the fault tests with many times the people, each ending in a printed identity.

The same tests run in `make test` with fewer people. DRILL says how many times more. What the latest
whole drill found is kept in `docs/drill.log`.
"""

# ruff: noqa: T201 -- a program for the terminal
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

# Where the tests are that know of it.
DRILLED = ["tests/faults", "tests/events/test_places_machine.py"]
# People and kills, as a multiple of what `make test` takes.
FACTOR = int(os.environ.get("DRILL", "1"))
USUAL = "5"
LOG = Path("docs/drill.log")


def told(identity: str) -> None:
    """Keep what a test found to be equal, for the drill to print at its end."""
    if where := os.environ.get("DRILL_TOLD"):
        with Path(where).open("a", encoding="utf-8") as file:
            file.write(identity + "\n")


def main(chosen: list[str]) -> int:
    factor = os.environ.get("DRILL", USUAL)
    with tempfile.TemporaryDirectory() as folder:
        found, report = Path(folder) / "identities.txt", Path(folder) / "report.xml"
        found.touch()
        begun = _begun(factor)
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-p", "no:xdist"),
                *(f"--junit-xml={report}", *DRILLED, *chosen),
            ],
            env=os.environ | {"DRILL": factor, "DRILL_TOLD": str(found)},
            check=False,
        )
        said = [*begun, "", *found.read_text("utf-8").splitlines(), "", _ended(report)]
    said.append("The drill failed." if done.returncode else "The drill held.")
    print("\n".join(said))
    if not chosen:
        LOG.write_text("\n".join(said) + "\n", encoding="utf-8")
    return done.returncode


def _begun(factor: str) -> list[str]:
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}"
    return [
        f"make drill, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, revision {_revision()}",
        f"{factor} times the people of make test; {machine}",
    ]


def _revision() -> str:
    git = shutil.which("git")
    if git is None:
        return "unknown"
    command = [git, "describe", "--always", "--dirty"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    return said.stdout.strip() or "unknown"


def _ended(report: Path) -> str:
    """How many tests there were, and the time they took."""
    suite = ElementTree.parse(report).getroot()[0].attrib
    minutes = float(suite["time"]) / 60
    broken = int(suite["failures"]) + int(suite["errors"])
    return f"{suite['tests']} tests, {broken} failed, {suite['skipped']} skipped, {minutes:.0f} min"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
