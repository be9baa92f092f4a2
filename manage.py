#!/usr/bin/env python
"""Django's command line for Samvaro."""

import os
import sys
from pathlib import Path


def main() -> None:
    # site/ holds packages but is none itself: Python owns the name (docs/architecture.md).
    root = Path(__file__).resolve().parent
    sys.path[:0] = [str(root), str(root / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvaro.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- needs the path

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
