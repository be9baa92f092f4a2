"""`python -m samvaro.demo` runs the demo; `python -m samvaro.demo reset` throws its data away."""

import argparse
import sys

from samvaro.demo.reset import reset
from samvaro.demo.run import run
from samvaro.environment import data_dir


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m samvaro.demo", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("run", "reset"), default="run")
    folder = data_dir()
    try:
        return reset(folder) if parser.parse_args().what == "reset" else run(folder)
    except PermissionError as refused:
        print(f"{refused.filename} belongs to another user: run the demo as that user,", end=" ")
        print("or choose another folder with DATA_DIR.")
        return 1


if __name__ == "__main__":
    sys.exit(main())
