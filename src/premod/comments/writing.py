"""Transactions that write."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_of_this_thread = threading.local()


@contextmanager
def write_transaction() -> Iterator[None]:
    """``transaction.atomic()``, which on SQLite waits for its turn among all threads and processes first.

    SQLite lets one writer in at a time and has the others sleep for up to 100 ms between looks, so that under load some
    never find it free: the slowest posts took a second. The kernel queues those that wait for a file lock, and wakes
    the next one at once. It is advice among premod's own writers; what keeps the data whole is SQLite's own lock.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    turn = _turn()
    fcntl.flock(turn, fcntl.LOCK_EX)
    try:
        with transaction.atomic():
            yield
    finally:
        fcntl.flock(turn, fcntl.LOCK_UN)


def _turn() -> int:
    """Return this thread's own descriptor of the lock file: a lock belongs to a descriptor, not to a thread."""
    path = f"{connection.settings_dict['NAME']}-turn"
    if getattr(_of_this_thread, "path", None) != path:
        _of_this_thread.path = path
        _of_this_thread.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return int(_of_this_thread.descriptor)
