"""Somebody reports a message at the very moment at which it goes."""

from __future__ import annotations

from functools import partial

import pytest

from oa.moderation import actions as moderation
from oa.moderation.models import Report
from oa.moderation.rules import ReportReason
from tests.builders import NOW, broken_promises, moderator, person, plant, policy
from tests.races.crowd import codes, together

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


def test_no_report_stays_open_about_what_is_gone() -> None:
    policy()
    for _ in range(ROUNDS):
        prompt = plant()
        report = partial(moderation.report, message_id=prompt.pk, reason=ReportReason.HATE, note="x", now=NOW)

        results = together(
            partial(report, by=person()),
            partial(report, by=person()),
            partial(moderation.delete_message, message_id=prompt.pk, why="x", by=moderator(), now=NOW),
        )

        assert set(codes(results)) <= {"message_is_gone"}
        assert not Report.objects.filter(message=prompt, handled_at=None).exists()
        assert broken_promises() == []
