from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from premod.comments.models import Comment, DecisionRecord, GuidelinesVersion
from premod.domain.decision import Outcome


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Something else."},
        {"text": "The ferry should keep running meanwhile. "},
        {"text": ""},
        {"salt": b"x" * 32},
        {"commitment": "0" * 64},
        {"name": "Mallory"},
        {"email": "mallory@example.org"},
        {"address": "198.51.100.1"},
        {"text": "", "erased_at": timezone.now()},
    ],
)
def test_the_database_refuses_an_edit(submit: Callable[..., Comment], change: dict[str, object]):
    comment = submit()
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**change)
    assert Comment.objects.get(pk=comment.pk).text == comment.text


def test_the_database_refuses_a_deletion(submit: Callable[..., Comment]):
    comment = submit()
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        Comment.objects.filter(pk=comment.pk)._raw_delete("default")
    assert Comment.objects.filter(pk=comment.pk).exists()


def test_the_ledger_is_append_only(submit: Callable[..., Comment], decide: Callable[..., Comment]):
    decide(submit(), Outcome.REFER)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        DecisionRecord.objects.update(reason="never mind")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        DecisionRecord.objects.all()._raw_delete("default")


def test_published_guidelines_stay_as_they_were(submit: Callable[..., Comment]):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        GuidelinesVersion.objects.update(source="")


def test_no_comment_leaves_holding_without_a_decision(submit: Callable[..., Comment]):
    with pytest.raises(DatabaseError), transaction.atomic():
        Comment.objects.filter(pk=submit().pk).update(status="approved")
