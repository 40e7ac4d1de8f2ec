"""A small history from nothing: the command, its processes, and what they leave behind."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Max

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.core.promises import kept
from oa.rankings.models import Ballot
from oa.reviews.models import Review
from oa.stats.promises import PROMISES
from oa.tasks.models import Task
from oa.tasks.rules import Status
from oa.trees.models import Message, Tree
from tests import builders

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def history(trees: int, *, volunteers: int = 70, json_file: Path | None = None) -> dict[str, object]:
    out, more = StringIO(), {"json": json_file} if json_file else {}
    call_command("simulate_history", trees=trees, volunteers=volunteers, workers=2, stdout=out, **more)
    found: dict[str, object] = json.loads(out.getvalue().splitlines()[-1])
    return found


def test_a_history_ends_with_so_many_trees_and_keeps_every_promise(tmp_path: Path) -> None:
    report = history(60, json_file=tmp_path / "report.json")

    assert Tree.objects.count() == report["trees"]
    assert Tree.objects.count() >= 60
    assert report["prompts"] == report["trees"]
    assert report["cycles"] == Task.objects.filter(status=Status.DONE).count()
    assert report["cycles"] == Message.objects.count() + Review.objects.count() + Ballot.objects.count()
    active = Task.objects.filter(status=Status.DONE).values("assignee").distinct().count()
    assert report["people"] == active
    assert active > 35
    assert report["deadlocks"] == 0
    assert Message.objects.filter(depth__gt=0).exists()
    assert not Task.objects.filter(status=Status.DONE, booked=False).exists()
    assert json.loads((tmp_path / "report.json").read_text()) == report
    assert kept(PROMISES) == []


def test_a_history_that_was_ended_goes_on_where_it_was() -> None:
    first = history(8)
    until = Task.objects.aggregate(at=Max("closed_at"))["at"]
    second = history(16)

    assert second["trees"] == Tree.objects.count()
    assert Tree.objects.count() >= 16
    assert second["prompts"] == Tree.objects.count() - int(str(first["trees"]))
    assert User.objects.count() == 1 + int(str(first["joined"])) + int(str(second["joined"]))  # and the operator
    assert [tree.created_at > until for tree in Tree.objects.order_by("created_at")].count(True) == second["prompts"]
    assert kept(PROMISES) == []


def test_a_site_on_which_others_have_been_at_work_is_left_alone() -> None:
    accounts.publish_terms(text="Be kind.", now=builders.NOW)
    builders.plant()

    with pytest.raises(CommandError, match="a site of its own"):
        history(5)

    assert Tree.objects.count() == 1
