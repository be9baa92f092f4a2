"""The commands around the project: what they are called, and what they say when they cannot."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from samvaro.environment import ROOT

# An interface: people and servers lean on these names.
TARGETS = {"install", "lock", "demo", "demo-reset", "test", "check", "bench", "drill", "help"}
TOOLS = ("sh", "cat", "cksum", "dirname", "id", "mktemp", "rm")


def test_help_names_every_target() -> None:
    said = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"^  make (\S+)", said, re.MULTILINE)) == TARGETS


def test_the_locked_requirements_name_no_index_and_hash_every_package() -> None:
    for file in sorted((ROOT / "requirements").glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        packages = re.findall(
            r"^[a-z0-9][^\n]*==[^\n]*(?:\n    --hash=sha256:[0-9a-f]{64}.*)+", text, re.M
        )
        assert "://" not in text
        assert len(packages) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 0


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The project's installer in a folder with a space, on a machine with next to nothing."""
    folder = tmp_path / "på väg"
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copy(ROOT / "pyproject.toml", folder)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    return folder


def install(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [folder / "scripts" / "install"],
        env={"PATH": str(folder.parent / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


def python_that(folder: Path, script: str) -> None:
    file = folder.parent / "bin" / "python3"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def test_without_a_python_that_is_new_enough_it_says_so(bare: Path) -> None:
    python_that(bare, 'if [ "$1" = --version ]; then echo Python 3.9.2; else exit 1; fi')
    told = install(bare)
    assert told.returncode != 0
    assert told.stderr == (
        "Samvaro needs Python 3.11 to 3.14; found: Python 3.9.2.\n"
        "Install one, or name it: make PYTHON=/path/to/python3\n"
    )


def test_without_uv_and_without_a_way_to_get_it_it_says_what_to_install(bare: Path) -> None:
    python_that(bare, 'case "$1" in -c) exit 0 ;; *) echo "No module named $2" >&2; exit 1 ;; esac')
    told = install(bare)
    assert told.returncode != 0
    assert told.stderr.startswith(
        "Fetching uv, which installs the packages\nNo module named venv\n"
    )
    assert told.stderr.splitlines()[-1].startswith("Samvaro needs uv: install it, or Python's venv")


def test_what_is_installed_already_is_left_alone(bare: Path) -> None:
    (bare / ".venv" / "bin").mkdir(parents=True)
    (bare / ".venv" / "bin" / "python").write_text("#!/bin/sh\n")
    (bare / ".venv" / "bin" / "python").chmod(0o755)
    state = subprocess.run(
        "pwd; cksum requirements/*.txt pyproject.toml",
        shell=True,
        cwd=bare,
        capture_output=True,
        check=True,
    ).stdout
    (bare / ".venv" / "built-from").write_bytes(state)

    told = install(bare)

    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
