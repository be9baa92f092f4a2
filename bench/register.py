"""The register with 100 000 persons beside Django's admin, and its files beside the barest ways."""

import json
from statistics import median
from typing import Any

from bench.ground import Ground, Server
from bench.results import Result

PERSONS = 100_000
AIMS = {
    "register_list": "<= 2.0",
    "register_search": "<= 2.0",
    "register_export": "<= 3.0",
    "register_import": "<= 3.0",
}


def register(ground: Ground, name: str) -> list[Result]:
    found = dict(_measured(ground.samvaro)[name])
    rounds = found.pop("rounds")
    per = found.pop("per", 1)
    figures = {
        "ms": round(median(mine for mine, _theirs in rounds) / per * 1000, 1),
        "floor_ms": round(median(theirs for _mine, theirs in rounds) / per * 1000, 1),
        **found,
    }
    return [Result(name, AIMS[name], [mine / theirs for mine, theirs in rounds], figures)]


# The four are measured in one run: to fill the register takes longer than they do.
_runs: dict[str, dict[str, Any]] = {}


def _measured(server: Server) -> dict[str, Any]:
    if server.database_url not in _runs:
        said = server.run("bench.register_scene", str(PERSONS))
        _runs[server.database_url] = json.loads(said.splitlines()[-1])
    return _runs[server.database_url]
