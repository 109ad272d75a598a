from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from premod.comments.models import Moderator, SignInFailure
from premod.comments.services import signing_in

RIGHT = "correct horse battery"
REFUSED = "Too many failed attempts"


def sign_in(client: Client, password: str, username: str = "alice", **extra: str) -> HttpResponse:
    return client.post("/console/sign-in/", {"username": username, "password": password}, **extra)


def fail(client: Client, times: int) -> None:
    for _ in range(times):
        assert REFUSED not in sign_in(client, "wrong").content.decode()


def test_a_moderator_signs_in_and_out(client: Client, alice: Moderator):
    assert sign_in(client, RIGHT).url == "/console/"
    assert client.get("/console/").status_code == 200
    assert client.get("/console/sign-out/").status_code == 405
    client.post("/console/sign-out/")
    assert client.get("/console/").status_code == 302


def test_signing_in_leads_to_the_page_asked_for_and_never_to_another_site(client: Client, alice: Moderator):
    form = {"username": "alice", "password": RIGHT, "next": "/console/comments/7/"}
    assert client.post("/console/sign-in/", form).url == "/console/comments/7/"
    client.post("/console/sign-out/")
    assert client.post("/console/sign-in/", {**form, "next": "https://evil.example/"}).url == "/console/"


@pytest.mark.parametrize("username", ["alice", "nobody", "a" * 300, ""])
def test_a_wrong_password_and_an_unknown_name_are_told_alike(client: Client, alice: Moderator, username: str):
    assert "No moderator has this name and password" in sign_in(client, "wrong", username).content.decode()
    assert client.get("/console/").status_code == 302


def test_a_moderator_who_left_cannot_sign_in(client: Client, alice: Moderator):
    Moderator.objects.update(is_active=False)
    assert "No moderator has this name and password" in sign_in(client, RIGHT).content.decode()


def test_guessing_a_password_is_stopped_after_five_failures(client: Client, alice: Moderator):
    fail(client, 5)
    assert REFUSED in sign_in(client, RIGHT).content.decode()
    assert sign_in(client, RIGHT, REMOTE_ADDR="198.51.100.9").url == "/console/"


def test_attempts_refused_unseen_do_not_prolong_the_brake(client: Client, alice: Moderator):
    fail(client, 5)
    for _ in range(3):
        sign_in(client, RIGHT)
    assert SignInFailure.objects.count() == 5


def test_the_brake_lets_go_after_its_time(client: Client, alice: Moderator, monkeypatch: pytest.MonkeyPatch):
    fail(client, 5)
    monkeypatch.setattr(signing_in, "FAILURE_WINDOW", timedelta(0))
    assert sign_in(client, RIGHT).url == "/console/"


def test_signing_in_forgets_the_failures_before(client: Client, alice: Moderator):
    fail(client, 4)
    sign_in(client, RIGHT)
    assert not SignInFailure.objects.exists()
