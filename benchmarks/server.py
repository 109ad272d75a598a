"""What the measurements need to know of a server, whichever it is."""

from __future__ import annotations

from typing import Protocol

from load import Posting
from processes import Process


class Server(Protocol):
    """A server with its data, filled and stopped; start() runs it for as long as the context lasts."""

    name: str
    posting: Posting

    @property
    def url(self) -> str: ...

    def start(self) -> Process: ...

    def thread_url(self, slug: str) -> str:
        """Return the address of the first page of a thread, as its own widget would ask for it."""

    def stored(self) -> int:
        """Return how many comments the database holds."""

    def settle(self) -> None:
        """Wait until nothing that was posted is still being worked on."""
