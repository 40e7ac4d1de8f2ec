"""Everybody can see how far the machines are, and what is to be done where they are not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.screening.models import Due, Machine, ToxicityScore
from oa.screening.rules import SCORES, Check, Lack, MachineState
from oa.trees import actions as trees
from oa.trees.models import Message, PolicyVersion
from tests import builders as b
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_kept() -> None:
    cache.clear()


def told() -> Any:
    answer = APIClient().get("/api/v1/screening/status")
    assert answer.status_code == 200
    return answer.json()


def machine(state: MachineState, **facts: Any) -> None:
    Machine.objects.update_or_create(pk=1, defaults={"state": state, "at": timezone.now(), **facts})


def plant(cast: Cast, text: str = "How do I bake a cake?") -> Message:
    return trees.start_tree(text=text, lang="en", by=cast.alice, now=timezone.now(), rng=Random(1))


def test_before_any_worker_has_spoken_nothing_is_known_and_the_remedy_is_to_start_one() -> None:
    found = told()["toxicity"]
    assert (found["state"], found["enabled"]) == ("unknown", True)
    assert "celery -A oa worker -Q toxicity" in found["remedy"]


def test_a_site_without_toxicity_says_so(settings: Settings) -> None:
    settings.TOXICITY = False
    machine(MachineState.READY)
    found = told()["toxicity"]
    assert (found["state"], found["enabled"]) == ("off", False)
    assert "OA_TOXICITY" in found["remedy"]


def test_a_worker_with_its_model_is_ready() -> None:
    machine(MachineState.READY, model_name="detoxify-multilingual", model_checksum="0b54", precision="int8")
    found = told()["toxicity"]
    assert (found["state"], found["model"], found["checksum"], found["precision"]) == (
        "ready", "detoxify-multilingual", "0b54", "int8",
    )  # fmt: skip
    assert (found["remedy"], found["problem"], found["downloaded_mb"]) == ("", "", None)


def test_what_was_said_long_ago_is_believed_no_more() -> None:
    machine(MachineState.READY, at=timezone.now() - timedelta(minutes=10))
    assert told()["toxicity"]["state"] == "unknown"


def test_a_download_tells_how_far_it_is() -> None:
    machine(MachineState.DOWNLOADING, downloaded=120_400_000, to_download=1_112_000_000)
    found = told()["toxicity"]
    assert (found["state"], found["downloaded_mb"], found["download_mb"]) == ("downloading", 120, 1112)


@pytest.mark.parametrize(
    ("lack", "remedy"),
    [
        (Lack.LIBRARIES, "requirements/toxicity.txt"),
        (Lack.INTERNET, "OA_DETOXIFY_CHECKPOINT"),
        (Lack.FILES, "OA_DETOXIFY_CONFIG"),
        (Lack.NAME, "OA_DETOXIFY_MODEL"),
        (Lack.PROGRAMS, "OA_DETOXIFY_TRUSTED"),
        (Lack.DAMAGED, "Delete"),
    ],
)
def test_a_missing_model_is_told_with_what_to_do(lack: Lack, remedy: str) -> None:
    machine(MachineState.MISSING, lack=lack, problem="There is no file /srv/secret/detoxify.ckpt.")
    found = told()["toxicity"]
    assert found["state"] == "missing"
    assert remedy in found["remedy"]


def test_what_the_machine_says_of_its_files_is_for_moderators_only(
    cast: Cast, api_client_for: Callable[[User], APIClient]
) -> None:
    said = "There is no file /srv/secret/detoxify.ckpt."
    machine(MachineState.MISSING, lack=Lack.FILES, problem=said)

    def problem(client: APIClient) -> str:
        return str(client.get("/api/v1/screening/status").json()["toxicity"]["problem"])

    assert [problem(APIClient()), problem(api_client_for(cast.alice))] == ["", ""]
    assert problem(api_client_for(b.moderator())) == said


def test_every_state_and_remedy_is_told_in_the_reader_s_language() -> None:
    machine(MachineState.MISSING, lack=Lack.NAME)
    answer = APIClient().get("/api/v1/screening/status", headers={"Accept-Language": "de"})
    assert answer.headers["Content-Language"] == "de"


def test_the_languages_are_those_of_the_model(settings: Settings) -> None:
    assert told()["toxicity"]["languages"] == ["en", "es", "fr", "it", "pt", "ru", "tr"]
    settings.DETOXIFY_MODEL = "original-small"
    assert told()["toxicity"]["languages"] == ["en"]


def test_it_counts_what_waits_and_what_was_set_aside(cast: Cast) -> None:
    waiting, aside = plant(cast), plant(cast, "How do I bake bread?")
    Due.objects.filter(message=aside, kind=Check.TOXICITY).update(set_aside=True, tries=5)
    ToxicityScore.objects.create(message=waiting, scored_at=timezone.now(), **dict.fromkeys(SCORES, 0.1))
    found = told()
    assert (found["toxicity"]["waiting"], found["toxicity"]["set_aside"]) == (1, 1)
    assert found["light"] == {"waiting": 2, "set_aside": 0}
    assert found["toxicity"]["last_scored_at"] is not None


def test_what_the_policy_says_of_the_other_checks_is_told() -> None:
    PolicyVersion.objects.create(lang="", values={"check_language": False, "personal_data_card": "block"})
    found = told()
    assert found["language"] == {"enabled": False}
    assert found["duplicates"] == {"enabled": True, "likeness": 0.8}
    assert found["personal_data"]["card"] == "block"
    assert found["personal_data"]["email"] == "warn"
