"""Throw the demo's data away."""

from pathlib import Path

from samvaro import embedded
from samvaro.demo import folder as folders
from samvaro.demo.programs import end_leftovers
from samvaro.embedded import state


def reset(folder: Path) -> int:
    if not folder.is_dir():
        print(f"There is no demo data in {folder}.")
        return 0
    try:
        held = folders.Held(folder)
    except folders.Busy as busy:
        print(f"The demo runs ({str(busy) or 'it is starting'}). Stop it first, with Ctrl-C.")
        return 1
    end_leftovers(folder)
    embedded.discard(folder)
    for name in folders.MADE:
        state.remove(folder / name)
    held.release()
    if not any(folder.iterdir()):
        folder.rmdir()
    print(f"The demo data in {folder} is gone. `make demo` begins anew.")
    return 0
