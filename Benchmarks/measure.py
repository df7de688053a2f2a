"""Runs programs and tells what they cost."""
import os
import statistics
import sys
import time
from dataclasses import dataclass

RUNS = 5


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds on the clock, seconds of CPU (user and system), the peak of resident memory in MB."""

    wall: float
    cpu: float
    peak: float


class Failed(Exception):
    """A program that ended with another status than it should."""


def once(arguments, output=os.devnull, expected=(0,)):
    """Runs a program with its standard output in a file."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    errors = output + ".errors" if output != os.devnull else os.devnull
    actions = [(os.POSIX_SPAWN_OPEN, 1, output, flags, 0o644), (os.POSIX_SPAWN_OPEN, 2, errors, flags, 0o644)]
    start = time.perf_counter()
    process = os.posix_spawnp(arguments[0], arguments, os.environ, file_actions=actions)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in expected:
        if errors != os.devnull:
            with open(errors) as said:
                sys.stderr.write(said.read()[:4000])
        raise Failed(f"{' '.join(arguments)} ended with {os.waitstatus_to_exitcode(status)}")
    # The kernel counts in KiB; below the size of this interpreter, from which the program was started, it means nothing.
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


def median(arguments, output=os.devnull, expected=(0,), runs=RUNS):
    """The median of each figure over several runs, after one that warms the caches."""
    once(arguments, output, expected)
    costs = [once(arguments, output, expected) for _ in range(runs)]
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in ("wall", "cpu", "peak")))


def documents(path):
    """The number of manifests in a stream, and its size in bytes."""
    with open(path, "rb") as stream:
        content = stream.read()
    return content.count(b"\napiVersion:") + content.startswith(b"apiVersion:"), len(content)
