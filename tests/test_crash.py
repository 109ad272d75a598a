"""What was acknowledged survives ``kill -9``, and is decided exactly once."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.rows import SITE
from support.server import Server, wait_for

POSTS = 2000
AT_ONCE = 32
KILLS_AFTER = (400, 1100)
COUNTS = """
import json
from django.db.models import Count
from premod.comments.models import Comment, DecisionRecord
by_status = dict(Comment.objects.values_list("status").annotate(Count("pk")))
decided = list(DecisionRecord.objects.values_list("comment").annotate(n=Count("pk")).filter(n__gt=1))
print(json.dumps({"by_status": by_status, "twice": decided}))
"""
TEXTS = """
import json
from premod.comments.models import Comment
print(json.dumps(dict(Comment.objects.values_list("pk", "text"))))
"""


@pytest.fixture
def crashing(new_server: Callable[..., Server]) -> Iterator[Server]:
    server = new_server(PREMOD_LEASE_SECONDS="4", PREMOD_JUDGE_TIMEOUT_SECONDS="3")
    server.start()
    server.python(SITE)
    yield server
    server.stop()


def test_a_kill_loses_no_acknowledged_comment_and_each_is_decided_once(crashing: Server):
    acknowledged: dict[int, str] = {}
    killer = threading.Thread(target=_kill_and_restart, args=(crashing, acknowledged))
    killer.start()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda number: _post(crashing, number, acknowledged), range(POSTS)))
    killer.join()
    assert len(acknowledged) == POSTS

    counts = wait_for(lambda: _settled(crashing), "every comment to be decided", seconds=240)
    stored = {int(key): text for key, text in json.loads(crashing.python(TEXTS)).items()}
    assert {key: stored[key] for key in acknowledged} == acknowledged
    assert len(stored) == POSTS, "a post that was retried with its idempotency key was stored twice"
    assert counts["twice"] == []
    assert "verified" in crashing.premod("ledger", "verify").stdout


def _post(server: Server, number: int, acknowledged: dict[int, str]) -> None:
    """Post until the server acknowledges it, as a careful client does: the same idempotency key with every try."""
    text = f"Comment {number}: what would the ferry do then? 🚢  "
    body = json.dumps({"text": text, "name": f"Reader {number}"})
    headers = {"Content-Type": "application/json", "Idempotency-Key": f"key-{number}"}

    def attempt() -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        try:
            connection.request("POST", "/api/v1/articles/harbour/comments", body, headers)
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError):
            return False
        finally:
            connection.close()
        if response.status == 202:
            acknowledged[answer["id"]] = text
        return response.status == 202

    wait_for(attempt, f"comment {number} to be acknowledged", seconds=120)


def _kill_and_restart(server: Server, acknowledged: dict[int, str]) -> None:
    for number in KILLS_AFTER:
        wait_for(lambda number=number: len(acknowledged) >= number, f"{number} acknowledgements", seconds=120)
        server.kill()
        server.start()


def _settled(server: Server) -> dict[str, object] | None:
    counts = json.loads(server.python(COUNTS))
    return None if "held" in counts["by_status"] else counts


def test_an_erased_comment_cannot_be_found_in_the_database_files(new_server: Callable[..., Server]):
    server = new_server()
    if server.database_url:
        pytest.skip("PostgreSQL frees the old row at the next VACUUM: docs/operations.md")
    server.start()
    server.python(SITE)
    secret = "the unmistakable zebra of Erbil"
    answer = server.json("/api/v1/articles/harbour/comments", {"text": secret, "name": "Zebulon"})
    wait_for(lambda: server.json(f"/api/v1/receipts/{answer['receipt']}")["status"] != "held", "a decision")
    assert secret.encode() in _files(server)
    assert "Erased comment 1" in server.premod("erase", "1", "--yes").stdout
    assert secret.encode() not in _files(server)
    assert b"Zebulon" not in _files(server)
    assert "verified" in server.premod("ledger", "verify").stdout
    server.stop()


def _files(server: Server) -> bytes:
    return b"".join(path.read_bytes() for path in server.data.iterdir())
