"""Processes by their id: is it the one we mean, and how it is ended."""

import os
import signal
import subprocess
import time
from pathlib import Path

# How often a waiting loop looks, in seconds.
LOOK_EVERY = 0.05
# How long a server may take to end in its own way before it is cut off, in seconds.
PATIENCE = 30.0

_children: dict[int, subprocess.Popen[bytes]] = {}


def is_alive(pid: int, mark: str) -> bool:
    """Whether this id still belongs to a living process with the mark on its command line.

    Ids are used again, and a killed process stays as a zombie until its parent looks: neither
    of them is the server we mean.
    """
    state, command = _look_up(pid)
    return state not in ("", "Z", "X") and os.fsencode(mark) in command


def _look_up(pid: int) -> tuple[str, bytes]:
    if not Path("/proc/self/stat").exists():
        return _look_up_with_ps(pid)
    try:
        state = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0].decode()
        return state, Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
    except (FileNotFoundError, ProcessLookupError):
        return "", b""


def _look_up_with_ps(pid: int) -> tuple[str, bytes]:
    """macOS has no /proc."""
    line = subprocess.run(
        ["ps", "-ww", "-o", "stat=,command=", "-p", str(pid)], capture_output=True, check=False
    ).stdout
    state, _, command = line.strip().partition(b" ")
    return state[:1].decode(), command


def remember(child: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    """Keep a child that may outlive the object that started it, so that its end can be heard."""
    _children[child.pid] = child
    return child


def end(pid: int, mark: str, *, how: signal.Signals) -> None:
    """Ask the process to end, wait for it, and cut it off when it does not."""
    for sign, patience in ((how, PATIENCE), (signal.SIGKILL, PATIENCE)):
        if not is_alive(pid, mark):
            break
        try:
            os.kill(pid, sign)
            # One that somebody has paused would never hear it.
            os.kill(pid, signal.SIGCONT)
        except ProcessLookupError:
            break
        if _gone_within(patience, pid, mark):
            break
    if child := _children.pop(pid, None):
        child.wait()


def _gone_within(seconds: float, pid: int, mark: str) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not is_alive(pid, mark):
            return True
        time.sleep(LOOK_EVERY)
    return False
