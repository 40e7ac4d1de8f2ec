"""Several checks run at once, by connections of their own, and all look at the same moment."""

from __future__ import annotations

import json
from io import StringIO
from threading import Event

import pytest
from django.core.management import CommandError, call_command

from oa.core.promises import Check, run_all
from oa.stats.promises import PROMISES
from oa.trees.models import Message, Tree
from tests import builders as b


@pytest.mark.django_db(transaction=True)
def test_checks_at_once_find_what_they_find_one_by_one() -> None:
    b.policy()
    b.answer(b.growing())
    b.ready()
    b.book()
    for at_once in ("1", "3"):
        out = StringIO()
        call_command("check_integrity", "--json", "--at-once", at_once, stdout=out)
        found = json.loads(out.getvalue())
        assert found["breaches"] == 0
        assert [report["says"] for report in found["promises"]] == [check.says for check in PROMISES]
        assert sum(report["checked"] for report in found["promises"]) > 50

    Message.objects.filter(depth=1).update(review_count=9)
    for at_once in ("1", "3"):
        out = StringIO()
        with pytest.raises(CommandError, match="breaches"):
            call_command("check_integrity", "--promise", "P4", "--at-once", at_once, stdout=out)
        assert "counts 9 reviews" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_all_see_the_rows_of_one_moment() -> None:
    b.policy()
    b.plant()

    def look(check: Check) -> int:
        seen = Tree.objects.count()
        if check.says == "one":
            with_another_connection()
        return seen

    def with_another_connection() -> None:
        from threading import Thread

        from django.db import connection

        def plant() -> None:
            b.plant()
            connection.close()

        other = Thread(target=plant)
        other.start()
        other.join()

    checks = [Check("P1", says, lambda _tally: iter(())) for says in ("one", "two", "three")]

    assert run_all(checks, look, at_once=2) == [1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_long_check_is_begun_first_and_told_in_its_place() -> None:
    begun = Event()

    def look(check: Check) -> tuple[str, bool]:
        if check.long:
            begun.set()
        return check.says, begun.wait(60)

    checks = [Check("P1", says, lambda _tally: iter(()), long=says == "last") for says in ("one", "two", "last")]

    assert run_all(checks, look, at_once=2) == [("one", True), ("two", True), ("last", True)]
