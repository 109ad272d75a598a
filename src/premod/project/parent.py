"""A process that must not outlive the one that started it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

SUPERVISED = "PREMOD_SUPERVISED_BY"
_PR_SET_PDEATHSIG = 1


def end_with_supervisor() -> None:
    """Have the kernel end this process when its supervisor is killed: it would keep the port, or a second worker.

    Does nothing in a process that was started by hand, or on a system other than Linux.
    """
    supervisor = os.environ.get(SUPERVISED)
    if not supervisor or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    # It may have died before the kernel was asked.
    if os.getppid() != int(supervisor):
        os.kill(os.getpid(), signal.SIGTERM)
