"""Threads answered from kept bytes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from premod.comments.models import Article, Comment, Moderator, Site
from premod.comments.services import (
    Draft,
    create_site,
    record_decision,
    record_moderation,
    save_article,
    submit_comment,
    update_site,
)
from premod.comments.services.publishing import guidelines_in_force
from premod.domain.decision import Decision, Outcome
from premod.project.threads import ThreadCache
from premod.project.wsgi import application as django_application
from support.rows import read

JSON = "/api/v1/articles/harbour/comments"
PAGE = "/embed/harbour"


@pytest.fixture(autouse=True)
def connection_stays_open() -> Iterator[None]:
    """Keep a request's end from closing the connection, and with it the test's transaction, as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def site(db: None) -> Site:
    made = create_site("gazette", "The Gazette", origins=["https://www.gazette.example"])
    Site.objects.update(commenter_posts_per_minute=0, address_posts_per_minute=0)
    save_article(made, "harbour", "Harbour to close for repairs")
    return Site.objects.get()


@pytest.fixture
def approve(site: Site) -> Callable[[str], Comment]:
    def approve(text: str) -> Comment:
        comment = read(submit_comment("harbour", Draft(text, "Bob")))
        version, _ = guidelines_in_force(site.pk)
        record_decision(comment, Decision(Outcome.APPROVE, 1), version=version)
        return read(comment)

    return approve


class Counted:
    """Django, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self._django = django_application._application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked += 1
        return self._django(environ, start_response)


@pytest.fixture
def django() -> Counted:
    return Counted()


@pytest.fixture
def cache(django: Counted) -> ThreadCache:
    return ThreadCache(django)


def get(cache: ThreadCache, path: str, query: str = "", **headers: str) -> tuple[str, dict[str, str], bytes]:
    environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "localhost", **headers}
    setup_testing_defaults(environ)
    started: list[Any] = []
    body = b"".join(cache(environ, lambda status, fields, *_: started.extend([status, dict(fields)])))
    return started[0], started[1], body


@pytest.mark.parametrize("path", [JSON, PAGE])
def test_a_thread_is_made_once_and_kept(
    cache: ThreadCache, django: Counted, approve: Callable[[str], Comment], path: str
):
    approve("The ferry must run.")
    first, second = get(cache, path), get(cache, path)
    assert first == second
    assert first[0] == "200 OK"
    assert b"The ferry must run." in first[2]
    assert django.asked == 1


@pytest.mark.parametrize("path", [JSON, PAGE])
def test_a_decision_is_seen_by_the_next_reader(
    cache: ThreadCache, approve: Callable[[str], Comment], db: None, path: str
):
    comment = approve("The ferry must run.")
    assert b"The ferry must run." in get(cache, path)[2]
    alice = Moderator.objects.create_user("alice")
    record_moderation(comment, Outcome.REJECT, by=alice, guidelines=["threat"])
    assert b"The ferry must run." not in get(cache, path)[2]
    approve("It should not.")
    assert b"It should not." in get(cache, path)[2]


def test_a_closed_article_and_a_removed_origin_are_seen_at_once(cache: ThreadCache, site: Site):
    assert "https://www.gazette.example" in get(cache, PAGE)[1]["Content-Security-Policy"]
    update_site(site, origins=["https://www.other.example"])
    assert "gazette" not in get(cache, PAGE)[1]["Content-Security-Policy"]
    assert b"<form" in get(cache, PAGE)[2]
    Article.objects.update(is_open=False)
    assert b"no longer takes comments" in get(cache, PAGE)[2]


def test_an_unchanged_thread_is_a_304(cache: ThreadCache, approve: Callable[[str], Comment]):
    approve("The ferry must run.")
    etag = get(cache, JSON)[1]["ETag"]
    status, headers, body = get(cache, JSON, HTTP_IF_NONE_MATCH=f'W/{etag}, "other"')
    assert (status, headers["ETag"], body) == ("304 Not Modified", etag, b"")
    approve("And the bus.")
    assert get(cache, JSON, HTTP_IF_NONE_MATCH=etag)[0] == "200 OK"


def test_a_browser_that_reads_gzip_is_given_it(cache: ThreadCache, approve: Callable[[str], Comment]):
    approve("The ferry must run.")
    plain = get(cache, JSON)
    packed = get(cache, JSON, HTTP_ACCEPT_ENCODING="br, gzip")
    assert packed[1]["Content-Encoding"] == "gzip"
    assert packed[1]["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed[2]) == plain[2]
    assert int(packed[1]["Content-Length"]) == len(packed[2])


def test_orders_and_pages_are_kept_apart(cache: ThreadCache, approve: Callable[[str], Comment]):
    texts = [approve(f"Number {number}.").text for number in range(3)]
    newest = json.loads(get(cache, JSON, "order=newest")[2])
    oldest = json.loads(get(cache, JSON, "order=oldest")[2])
    assert [comment["text"] for comment in oldest["comments"]] == texts
    assert [comment["text"] for comment in newest["comments"]] == texts[::-1]


def test_nothing_of_one_reader_is_kept_for_the_next(cache: ThreadCache, approve: Callable[[str], Comment]):
    approve("The ferry must run.")
    _, headers, body = get(cache, PAGE, HTTP_COOKIE="sessionid=mine", HTTP_ACCEPT_LANGUAGE="ar")
    assert "Set-Cookie" not in headers
    assert b'lang="en"' in body
    assert get(cache, PAGE)[2] == body


@pytest.mark.parametrize("path", ["/api/v1/articles/nowhere/comments", "/embed/nowhere", "/embed/%00", "/embed/\xff"])
def test_an_unknown_article_is_not_kept(cache: ThreadCache, django: Counted, site: Site, path: str):
    for _ in range(2):
        assert get(cache, path)[0].startswith("404")
    assert django.asked == 2


@pytest.mark.parametrize(("path", "query"), [("/embed/a\0", ""), (JSON, "cursor=%00"), ("/console/", "site=%00")])
def test_an_address_with_a_nul_is_refused(cache: ThreadCache, django: Counted, path: str, query: str):
    assert get(cache, path, query)[0] == "400 Bad Request"
    assert django.asked == 0


def test_a_refused_query_is_not_kept(cache: ThreadCache, django: Counted, site: Site):
    for _ in range(2):
        assert get(cache, JSON, "order=best")[0].startswith("422")
    assert django.asked == 2


def test_what_is_kept_stays_within_its_bound(
    cache: ThreadCache, approve: Callable[[str], Comment], monkeypatch: pytest.MonkeyPatch
):
    approve("The ferry must run.")
    monkeypatch.setattr("premod.project.threads._KEPT_BYTES", 5000)
    for number in range(50):
        get(cache, JSON, f"cursor={number}")
    assert 0 < cache._size <= 5000
    assert len(cache._answers) < 50
