"""The demo's programs as processes: started, watched, started again, and all ended by their ids."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from samvaro.demo.folder import log_file
from samvaro.embedded import processes, state
from samvaro.environment import ROOT

# A program that ends this many times within a minute is broken; starting it again hides why.
TOO_OFTEN = 4
# How long a program may take to finish what it is doing, in seconds.
PATIENCE = 15.0


@dataclass
class Program:
    name: str
    title: str
    command: list[str]
    # Open files that it inherits, by number.
    files: Sequence[int] = ()
    child: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    @property
    def ended(self) -> bool:
        return self.child is not None and self.child.poll() is not None

    def ends_too_often(self) -> bool:
        return len([at for at in self.starts if at > time.monotonic() - 60]) >= TOO_OFTEN


class Programs:
    """All that run now. Their ids are on file, so that a later demo can end what this one lost."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        self.running: list[Program] = []

    def start(self, program: Program) -> None:
        _cut_off_group(program)
        with log_file(self.folder, program.name).open("ab") as log:
            program.child = subprocess.Popen(
                program.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env=self.environment,
                pass_fds=program.files,
                # Each leads a group of its own: Ctrl-C reaches the demo only, which then ends the
                # groups in good order.
                start_new_session=True,
            )
        program.starts.append(time.monotonic())
        if program not in self.running:
            self.running.append(program)
        self._write_down()

    def stop(self, *programs: Program) -> None:
        """Ask these to finish, all at once, and then wait for each."""
        chosen = [program for program in self.running if program in programs]
        for program in chosen:
            # Only the leader: the worker's own children would drop the work in their hands.
            if program.child is not None:
                program.child.terminate()
        deadline = time.monotonic() + PATIENCE
        for program in chosen:
            if program.child is not None:
                with suppress(subprocess.TimeoutExpired):
                    program.child.wait(timeout=max(0.1, deadline - time.monotonic()))
            _cut_off_group(program)
            self.running.remove(program)
        self._write_down()

    def _write_down(self) -> None:
        written = [
            {"process": program.child.pid, "command": program.command}
            for program in self.running
            if program.child is not None
        ]
        state.save(self.folder / "processes.json", {"programs": written})


def _cut_off_group(program: Program) -> None:
    """Whatever has not listened, and what has outlived the leader of its group."""
    if program.child is None:
        return
    with suppress(ProcessLookupError):
        os.killpg(program.child.pid, signal.SIGKILL)
    program.child.wait()


def end_leftovers(folder: Path) -> int:
    """End what a demo that was killed has left running here, and say how many that were."""
    file = folder / "processes.json"
    count = 0
    for one in state.load(file).get("programs", []):
        pid, mark = one["process"], " ".join(one["command"])
        if processes.is_alive(pid, mark):
            count += 1
            processes.end(pid, mark, how=signal.SIGTERM)
    state.remove(file)
    return count
