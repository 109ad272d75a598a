"""The one script a publisher's page loads."""

from __future__ import annotations

import gzip

from django.test import Client


def test_is_small(client: Client):
    assert len(gzip.compress(client.get("/embed.js").content)) < 2048


def test_is_the_same_for_everyone_and_may_be_kept_for_minutes(client: Client):
    answer = client.get("/embed.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=300"
    assert not answer.cookies
    assert client.get("/embed.js", headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_stores_nothing_and_sets_no_cookie(client: Client):
    script = client.get("/embed.js").content.decode()
    for word in ("document.cookie", "localStorage", "sessionStorage", "indexedDB"):
        assert word not in script
