"""`.env.example` names what the code reads, all of it and nothing else."""

import re

from samvaro.environment import ROOT

READ = re.compile(
    r'(?:environment\.(?:required|secret|optional|flag|listed)|_env\.\w+|os\.environ\.get)\(\s*"([A-Z_]+)"'
)
# Read for the sake of a tool, not to be set for Samvaro.
NOT_OURS = {"PATH", "PYTHONPATH", "PG_BIN", "DJANGO_SETTINGS_MODULE"}


def test_the_example_names_every_variable_that_the_code_reads_and_no_other() -> None:
    read: set[str] = set()
    for folder in ("site", "members", "events", "volunteers", "newsletters"):
        for file in (ROOT / folder).rglob("*.py"):
            read |= set(READ.findall(file.read_text(encoding="utf-8")))
    named = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)

    assert len(named) == len(set(named))
    assert set(named) == read - NOT_OURS
