"""A release is made by workers from the order to the last check, published by a person, and never changed."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from oa.datasets.actions import releasing, withdrawing
from oa.datasets.actions.releasing.folders import stage_of
from oa.datasets.models import Release
from oa.datasets.rules.pseudonyms import namer
from oa.datasets.rules.releases import Check, all_passed
from oa.datasets.rules.states import ReleaseState
from oa.moderation.models import Decision
from oa.moderation.rules import Verb
from oa.trees.models import Message
from tests import builders as b
from tests.datasets import releases as r

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("folder")]


def test_from_the_order_to_what_everybody_may_download(folder: Path) -> None:
    prompts = r.site(trees=3)
    release = r.made(forms=["trees", "messages", "sft", "preference", "judgements"], packings=["jsonl.gz", "parquet"])

    assert (release.state, release.error) == (ReleaseState.READY, "")
    assert {row["code"] for row in release.checks} == set(Check.values)
    assert all_passed(release.checks)
    assert release.numbers["trees"] == 3
    assert release.numbers["messages"] == 9 == release.members.count()
    assert release.numbers["judgements"] == {"reviews": 18, "ballots": 6, "skips": 0, "reactions": 0}
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder / "first", check=False)
    assert done.returncode == 0

    release = releasing.publish(name="first", by=b.admin(), now=timezone.now())

    assert release.state == ReleaseState.PUBLISHED
    assert not stage_of(release).exists(), "the file with the original ids is gone"
    assert Decision.objects.get(verb=Verb.RELEASE).details["release"] == "first"
    assert {str(prompt.pk) for prompt in prompts}.isdisjoint((folder / "first/MANIFEST.json").read_text().split('"'))


def test_two_releases_of_the_same_moment_and_key_are_the_same_bytes(folder: Path) -> None:
    r.site()
    first = r.published("first", forms=["trees", "ranked"], packings=["jsonl.gz", "parquet"])
    second = r.ordered("second", forms=["trees", "ranked"], packings=["jsonl.gz", "parquet"])
    Release.objects.filter(pk=second.pk).update(key=bytes(first.key))
    r.worked_on("second")

    ours, theirs = (
        {path: hashlib.sha256(raw).hexdigest() for path, raw in r.content_of(folder / name).items() if "data/" in path}
        for name in ("first", "second")
    )
    assert ours == theirs
    assert len(ours) == 4


def test_another_release_has_other_ids() -> None:
    r.site()
    first, second = r.published("first"), r.published("second")

    ours, theirs = (
        {row["message_id"] for row in r.rows_of(one, "data/messages/train.jsonl")} for one in (first, second)
    )
    assert len(ours) == len(theirs) == 6
    assert ours.isdisjoint(theirs)


def test_what_was_withdrawn_is_gone_from_the_next_and_listed_for_users_of_the_last(folder: Path) -> None:
    root, other = r.site()
    first = r.published("first")
    reply = Message.objects.filter(parent=root).order_by("rank").first()
    assert reply is not None
    assert reply.author is not None
    withdrawing.withdraw(message_id=reply.pk, by=reply.author, now=timezone.now())
    fresh = b.ready()

    second = r.published("second")

    expected = {"message_id": namer(bytes(first.key))(str(reply.pk)), "reason": "withdrawn"}
    assert r.rows_of(second, "withdrawn/first.jsonl") == [expected]
    told = {
        "previous": "first", "trees_added": 1, "trees_gone": 0, "messages_added": 3, "messages_gone": 1,
        "messages_changed": 0, "withdrawn": 1,
    }  # fmt: skip
    assert second.changes == told
    assert second.previous == first
    ids = set(second.members.values_list("message_id", flat=True))
    assert reply.pk not in ids
    assert {root.pk, other.pk, fresh.pk} < ids
    ranks = [row["rank"] for row in r.rows_of(second, "data/messages/train.jsonl") if row["role"] == "assistant"]
    assert sorted(ranks) == [0, 0, 0, 1, 1], "the rank of what is left of the group counts from 0"
    assert b.broken_promises("P11") == []


def test_personal_data_stops_a_release_until_a_moderator_has_looked_or_leaves_the_message_out() -> None:
    root, _other = r.site()
    reply = Message.objects.filter(parent=root).first()
    assert reply is not None
    Message.objects.filter(pk=reply.pk).update(text="Write to maria.muster@firma-muster.de")

    refused = r.made("first")
    assert refused.state == ReleaseState.REFUSED
    assert r.found(refused, "personal_data") == [{"message_id": str(reply.pk), "words": "email"}]

    without = r.made("second", personal_data="leave_out")
    assert without.state == ReleaseState.READY
    assert without.numbers["left_out"]["personal_data"] == 1
    assert reply.pk not in set(without.members.values_list("message_id", flat=True))


def test_what_is_published_is_only_recalled(folder: Path) -> None:
    r.site()
    release = r.published()

    changes: list[dict[str, Any]] = [{"notes": "Other"}, {"state": ReleaseState.READY}, {"numbers": {}}]
    for change in changes:
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(**change)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        release.files.all().delete()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM datasets_releasemember WHERE release_id = %s", [release.pk])

    recalled = releasing.recall(name="first", why="A mistake", by=b.admin(), now=timezone.now())

    assert (recalled.state, recalled.recalled_why) == (ReleaseState.RECALLED, "A mistake")
    assert not (folder / "first").exists()
    assert Decision.objects.get(verb=Verb.RECALL).why == "A mistake"


def test_the_number_of_statements_does_not_grow_with_the_trees() -> None:
    counts = []
    b.policy(embargo_days=0)
    for name in ("first", "second"):
        b.ready()
        with CaptureQueriesContext(connection) as caught:
            r.made(name, forms=["messages"])
        counts.append(len(caught))

    assert counts[1] <= counts[0]
    assert counts[0] < 150


def test_nothing_chosen_is_no_release() -> None:
    b.policy(embargo_days=0)
    b.plant()

    release = r.made()

    assert release.state == ReleaseState.REFUSED
    assert r.found(release, "not_empty") == [{"words": "no message was chosen"}]
