"""Answers to readers of a thread, made once and kept as bytes until the thread changes."""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection

Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# What other readers of the same article would be given too: the thread as JSON, and the widget's page.
_THREAD = re.compile(r"/(?:api/v1/articles/(?P<json>[^/]+)/comments|embed/(?P<page>[^/]+))")
_KEPT_BYTES = 16 * 1024 * 1024
_LONGEST_QUERY = 200
_REVISION = (
    "SELECT article.revision, site.revision, article.is_open FROM comments_article article"
    " JOIN comments_site site ON site.id = article.site_id WHERE article.slug = %s"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A kept answer: what it was made at, its headers without length and encoding, and its body plain and in gzip."""

    revision: tuple[Any, ...]
    etag: str
    headers: Headers
    plain: bytes
    compressed: bytes


class ThreadCache:
    """A WSGI layer in front of Django that answers a thread from memory while its article's revision stays the same.

    The revision is read from the database for every request, so that a decision is seen at once, whichever process
    recorded it. Measured in docs/performance.md.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._answers: OrderedDict[tuple[str, str], Answer] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if "\0" in environ["PATH_INFO"] or "%00" in environ.get("QUERY_STRING", ""):
            # No address of ours has one, and PostgreSQL takes none in a text.
            start_response("400 Bad Request", [("Content-Type", "text/plain"), ("Content-Length", "0")])
            return [b""]
        slug = _slug(environ)
        revision = _revision(slug) if slug else None
        if revision is None:
            return self._application(environ, start_response)
        key = (environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
        answer = self._answers.get(key)
        if answer is None or answer.revision != revision:
            made = self._make(environ, revision)
            if not isinstance(made, Answer):
                status, headers, body = made
                start_response(status, headers)
                return [body]
            answer = made
            self._keep(key, answer)
        return _send(answer, environ, start_response)

    def _make(self, environ: dict[str, Any], revision: tuple[Any, ...]) -> Answer | tuple[str, Headers, bytes]:
        started: list[tuple[str, Headers]] = []
        # Every reader is given what this request makes: nothing of this reader's own may go into it.
        request = {key: value for key, value in environ.items() if key not in _OF_ONE_READER}
        chunks = self._application(request, lambda status, headers, *_: started.append((status, headers)))
        body = b"".join(chunks)
        close = getattr(chunks, "close", None)
        if close:
            close()
        status, headers = started[0]
        if not status.startswith("200"):
            return status, headers, body
        kept = [(name, value) for name, value in headers if name.lower() not in _MADE_AGAIN]
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        return Answer(revision, etag, kept, body, gzip.compress(body, 6, mtime=0))

    def _keep(self, key: tuple[str, str], answer: Answer) -> None:
        with self._lock:
            old = self._answers.pop(key, None)
            self._answers[key] = answer
            self._size += _size(answer) - (_size(old) if old else 0)
            while self._size > _KEPT_BYTES:
                _, dropped = self._answers.popitem(last=False)
                self._size -= _size(dropped)


_OF_ONE_READER = frozenset({"HTTP_COOKIE", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE", "HTTP_IF_NONE_MATCH"})
_MADE_AGAIN = frozenset({"content-length", "content-encoding", "etag", "vary", "cache-control"})


def _slug(environ: dict[str, Any]) -> str | None:
    if environ["REQUEST_METHOD"] != "GET" or len(environ.get("QUERY_STRING", "")) > _LONGEST_QUERY:
        return None
    found = _THREAD.fullmatch(environ["PATH_INFO"].encode("latin-1").decode(errors="replace"))
    return (found["json"] or found["page"]) if found else None


def _revision(slug: str) -> tuple[Any, ...] | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_REVISION, [slug])
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row
    except DatabaseError:
        # Django opens a new connection for its own request, and answers with its own error if that fails too.
        connection.close()
        return None


def _send(answer: Answer, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    shared = [*answer.headers, ("ETag", answer.etag), ("Vary", "Accept-Encoding"), ("Cache-Control", "no-cache")]
    if answer.etag in environ.get("HTTP_IF_NONE_MATCH", "").replace("W/", ""):
        start_response("304 Not Modified", shared)
        return [b""]
    body = answer.plain
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        shared.append(("Content-Encoding", "gzip"))
        body = answer.compressed
    start_response("200 OK", [*shared, ("Content-Length", str(len(body)))])
    return [body]


def _size(answer: Answer) -> int:
    return len(answer.plain) + len(answer.compressed)
