"""make bench, or: python -m bench [NAME…]

Every line is a ratio: ours against its own floor or ceiling, in this run on this machine. All of it
is also written to bench/results/latest.json.
"""

import json
import os
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import newsletter, pages, promote, register, sign_up
from bench.ground import Ground, prepared, say
from bench.results import Result

RESULTS = Path(__file__).parent / "results" / "latest.json"
BENCHMARKS: dict[str, Callable[[Ground], list[Result]]] = {
    "page_home": lambda ground: pages.page(ground, "page_home", "/"),
    "page_list": lambda ground: pages.page(ground, "page_list", "/aktiviteter/"),
    "page_activity": lambda ground: pages.page(ground, "page_activity", ground.activity),
    "signup_race": sign_up.race,
    "signup_single": sign_up.single,
    "promote": promote.promote,
    "register_list": lambda ground: register.register(ground, "register_list"),
    "register_search": lambda ground: register.register(ground, "register_search"),
    "register_export": lambda ground: register.register(ground, "register_export"),
    "newsletter": newsletter.newsletter,
    "newsletter_latency": newsletter.latency,
    "newsletter_memory": newsletter.memory,
    "register_import": lambda ground: register.register(ground, "register_import"),
}


def main(names: list[str]) -> int:
    if unknown := set(names) - set(BENCHMARKS):
        say(f"There is no {', '.join(sorted(unknown))}. There are: {', '.join(BENCHMARKS)}")
        return 2
    say("Starting PostgreSQL, Valkey, our site and the floors …")
    found: list[Result] = []
    with prepared() as ground:
        for name in names or BENCHMARKS:
            for result in BENCHMARKS[name](ground):
                found.append(result)
                print(result.line(), flush=True)
    write_down(found)
    return 0


def write_down(found: list[Result]) -> None:
    """Only what was measured now: figures of another run are not comparable."""
    RESULTS.parent.mkdir(exist_ok=True)
    told = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "results": {result.name: result.as_json() for result in found},
    }
    RESULTS.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    say(f"Written to {RESULTS.relative_to(Path.cwd())}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
