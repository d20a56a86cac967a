"""Run one command under limits and write what it used; a small process, so that its own memory isn't counted.

    python launch.py RESULT SECONDS BYTES COMMAND…

RESULT gets the exit status (negative for a signal), seconds of processors, seconds by the clock, and kilobytes
of the largest process.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
import time
from pathlib import Path

PATIENCE = 120
"""Seconds by the clock before a process that waits for something is ended."""


def main(result: str, seconds: int, size: int, command: list[str]) -> None:
    """Start the command in a session of its own and wait for it."""
    start = time.monotonic()
    pid = os.fork()
    if not pid:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        os.execv(command[0], command)
    timer = threading.Timer(PATIENCE, os.killpg, (pid, signal.SIGKILL))
    timer.start()
    _, status, usage = os.wait4(pid, 0)
    timer.cancel()
    code, clock = os.waitstatus_to_exitcode(status), time.monotonic() - start
    Path(result).write_text(f"{code} {usage.ru_utime + usage.ru_stime} {clock} {usage.ru_maxrss}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
