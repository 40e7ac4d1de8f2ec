"""What is published is never changed: the database refuses, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from oa.datasets.models import Release, ReleaseFile, ReleaseMember
from oa.datasets.rules.states import ReleaseState
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def release() -> Release:
    b.policy()
    made = Release.objects.create(
        name="first", licence="Apache-2.0", state=ReleaseState.READY, taken_at=b.NOW, at=b.NOW, published_at=b.NOW
    )
    ReleaseFile.objects.create(release=made, path="data/a.jsonl", bytes=1, sha256="0" * 64, written_at=b.NOW)
    ReleaseMember.objects.create(release=made, message=b.plant())
    Release.objects.filter(pk=made.pk).update(state=ReleaseState.PUBLISHED)
    return made


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"title": "other"}, id="title"),
        pytest.param({"numbers": {"trees": 2}}, id="figures"),
        pytest.param({"key": b"1" * 32}, id="key"),
        pytest.param({"state": ReleaseState.READY}, id="state"),
        pytest.param({"published_at": b.NOW + timedelta(days=1)}, id="date"),
        pytest.param({"state": ReleaseState.RECALLED, "title": "other"}, id="recall with another title"),
    ],
)
def test_a_published_release_takes_no_change(release: Release, change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**change)


def test_it_can_be_recalled_once_and_not_come_back(release: Release) -> None:
    recalled = {"state": ReleaseState.RECALLED, "recalled_at": b.LATER, "recalled_why": "a mistake"}
    assert Release.objects.filter(pk=release.pk).update(**recalled) == 1
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(state=ReleaseState.PUBLISHED)


def test_neither_it_nor_what_is_in_it_is_deleted_or_changed(release: Release) -> None:
    attempts: list[Callable[[], object]] = [
        lambda: Release.objects.filter(pk=release.pk).delete(),
        lambda: release.files.all().delete(),
        lambda: release.members.all().delete(),
        lambda: release.files.update(sha256="1" * 64),
        lambda: ReleaseFile.objects.create(release=release, path="more", bytes=1, sha256="0" * 64, written_at=b.NOW),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            attempt()


def test_what_is_not_published_yet_may_change_and_go() -> None:
    draft = Release.objects.create(name="draft", licence="Apache-2.0", at=b.NOW)
    ReleaseFile.objects.create(release=draft, path="a", bytes=1, sha256="0" * 64, written_at=b.NOW)
    Release.objects.filter(pk=draft.pk).update(title="other")
    draft.delete()
    assert not Release.objects.exists()
