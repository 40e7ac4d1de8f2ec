"""Bad input of every sort is refused in words, with a code, and leaves no trace."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone
from rest_framework.test import APIClient

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.tasks.models import Task
from oa.tasks.rules import Kind
from tests import builders as b
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

NOBODYS_TASK = "/api/v1/tasks/00000000-0000-7000-8000-000000000000"

SignIn = Callable[[User], APIClient]
JSON = "application/json"


@contextmanager
def no_trace() -> Iterator[None]:
    before = _all_rows()
    yield
    assert _all_rows() == before


def _all_rows() -> dict[str, list[Any]]:
    return {
        model.__name__: sorted(map(repr, model._default_manager.values_list()))
        for config in apps.get_app_configs()
        if config.name.startswith("oa.")
        for model in config.get_models()
    }


def refused(answer: Any, status: int, code: str) -> None:
    assert answer.headers["Content-Type"] == "application/problem+json"
    found = answer.json()
    assert (answer.status_code, found["code"]) == (status, code), found
    assert found["status"] == status
    assert found["detail"]
    assert found["instance"] == answer.headers["X-Request-ID"]


@pytest.fixture
def writing(cast: Cast) -> Task:
    b.policy()
    return b.sit(b.growing(now=timezone.now()), Kind.ASSISTANT_REPLY, by=cast.alice, now=timezone.now())


@pytest.fixture
def labelling(cast: Cast) -> Task:
    return b.sit(b.plant(now=timezone.now()), Kind.LABEL_INITIAL_PROMPT, by=cast.alice, now=timezone.now())


@pytest.fixture
def ranking(cast: Cast) -> Task:
    b.policy()
    return b.sit(b.ranking(now=timezone.now()), Kind.RANK_ASSISTANT_REPLIES, by=cast.alice, now=timezone.now())


@pytest.fixture
def alice(cast: Cast, api_client_for: SignIn) -> APIClient:
    return api_client_for(cast.alice)


def path_of(task: Task) -> str:
    return f"/api/v1/tasks/{task.pk}/submit"


BROKEN_BODIES = [
    pytest.param(b"{", 400, "malformed_body", id="half of it"),
    pytest.param(b"", 422, "text_empty", id="nothing"),
    pytest.param(b'{"text": "\xff\xfe"}', 400, "malformed_body", id="broken UTF-8"),
    pytest.param(rb'{"text": "\ud800"}', 400, "malformed_body", id="a lone surrogate"),
    pytest.param(b'{"labels": {"spam": NaN}}', 400, "malformed_body", id="NaN"),
    pytest.param(b'{"labels": {"spam": Infinity}}', 400, "malformed_body", id="Infinity"),
    pytest.param(b'{"labels": {"spam": 1e999}}', 400, "malformed_body", id="beyond a double"),
    pytest.param(b'{"text": ' + b"[" * 5000 + b"]" * 5000 + b"}", 400, "malformed_body", id="5000 levels"),
    pytest.param(b'{"text": ' + b"[" * 100 + b"]" * 100 + b"}", 400, "malformed_body", id="100 levels"),
    pytest.param(rb'{"text": "a\u0000b"}', 422, "nul_character", id="NUL"),
    pytest.param(b'{"text": "' + b"a" * 10_000_000 + b'"}', 413, "body_too_large", id="10 MB"),
    pytest.param(b"[]", 422, "invalid_input", id="a list"),
    pytest.param(b"7", 422, "invalid_input", id="a number"),
    pytest.param(b"null", 422, "invalid_input", id="null"),
    pytest.param(b'{"text": 7}', 422, "invalid_input", id="a number for a text"),
    pytest.param(b'{"text": ["a"]}', 422, "invalid_input", id="a list for a text"),
    pytest.param(b'{"text": null}', 422, "invalid_input", id="null for a text"),
    pytest.param(rb'{"text": "a\u0007b"}', 422, "text_has_control_characters", id="a control character"),
    pytest.param(b'{"text": " \\n "}', 422, "text_empty", id="white space"),
    pytest.param(b'{"labels": {"spam": 0}}', 422, "text_empty", id="labels for a text"),
    pytest.param(b'{"text": "' + b"a" * 20_001 + b'"}', 422, "text_too_long", id="too long"),
    pytest.param(b'{"text": "a", "next": 7}', 422, "invalid_input", id="a number for the next wish"),
    pytest.param(b'{"text": "a", "next": {"langs": ["\xc3\xa9"]}}', 422, "invalid_input", id="no language"),
]


@pytest.mark.parametrize(("body", "status", "code"), BROKEN_BODIES)
def test_a_text(alice: APIClient, writing: Task, body: Any, status: int, code: str) -> None:
    with no_trace():
        refused(alice.generic("POST", path_of(writing), body, content_type=JSON), status, code)


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ({"spam": 0, "beauty": 1}, "unknown_label"),
        ({"quality": 1}, "label_missing"),
        ({}, "label_missing"),
        ({"spam": None}, "label_missing"),
        ({"spam": 0.5}, "bad_label_value"),
        ({"spam": 2}, "bad_label_value"),
        ({"spam": -1e308}, "bad_label_value"),
        ({"spam": 123456789012345678901234567890}, "bad_label_value"),
        ({"spam": "0"}, "invalid_input"),
        ({"spam": True}, "invalid_input"),
        ({"spam": {"a": 1}}, "invalid_input"),
        (["spam"], "invalid_input"),
        ("spam", "invalid_input"),
    ],
)
def test_labels(alice: APIClient, labelling: Task, labels: object, code: str) -> None:
    with no_trace():
        refused(alice.post(path_of(labelling), {"labels": labels}), 422, code)


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (lambda shown: [], "bad_ranking"),
        (lambda shown: shown[:1], "bad_ranking"),
        (lambda shown: [shown[0], shown[0]], "bad_ranking"),
        (lambda shown: [*shown, str(uuid.uuid4())], "bad_ranking"),
        (lambda shown: [[], shown], "bad_ranking"),
        (lambda shown: ["first", "second"], "invalid_input"),
        (lambda shown: [0, 1], "invalid_input"),
        (lambda shown: [[[shown[0]]], shown[1]], "invalid_input"),
        (lambda shown: dict.fromkeys(shown, 1), "invalid_input"),
        (lambda shown: shown * 200, "invalid_input"),
    ],
)
def test_an_order(alice: APIClient, ranking: Task, order: Callable[[list[str]], object], code: str) -> None:
    shown = (ranking.shown or {})["order"]
    with no_trace():
        refused(alice.post(path_of(ranking), {"order": order(shown)}), 422, code)


def test_somebody_elses_task(cast: Cast, api_client_for: SignIn, writing: Task) -> None:
    bob = api_client_for(cast.bob)
    with no_trace():
        refused(bob.post(path_of(writing), {"text": "Mine now."}), 404, "no_such_task")
        refused(bob.get(f"/api/v1/tasks/{writing.pk}"), 404, "no_such_task")
        refused(bob.put(f"/api/v1/tasks/{writing.pk}/draft", {"content": 1}), 404, "no_such_task")


def test_an_expired_lease(alice: APIClient, writing: Task) -> None:
    Task.objects.filter(pk=writing.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with no_trace():
        refused(alice.post(path_of(writing), {"text": "Too late."}), 410, "lease_expired")


def test_a_halted_tree(cast: Cast, alice: APIClient, writing: Task) -> None:
    assert writing.tree_id
    moderation.halt_tree(tree_id=writing.tree_id, why="Off topic", by=cast.mona, now=timezone.now())
    with no_trace():
        refused(alice.post(path_of(writing), {"text": "Too late."}), 410, "task_withdrawn")


def test_a_finished_tree(cast: Cast, alice: APIClient) -> None:
    b.policy(num_required_rankings=1)
    parent = b.ranking(now=timezone.now())
    task = b.sit(parent, Kind.RANK_ASSISTANT_REPLIES, by=cast.alice, now=timezone.now())
    moderation.halt_tree(tree_id=parent.tree_id, why="Enough", by=cast.mona, now=timezone.now())
    with no_trace():
        refused(alice.post(path_of(task), {"order": (task.shown or {})["order"]}), 410, "task_withdrawn")


def test_a_disabled_person(cast: Cast, alice: APIClient, writing: Task) -> None:
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)
    with no_trace():
        refused(alice.post(path_of(writing), {"text": "Let me in."}), 403, "disabled")
        refused(alice.post("/api/v1/tasks/next"), 403, "disabled")
        refused(alice.get("/api/v1/me"), 403, "disabled")


def test_no_consent_no_tasks(cast: Cast, alice: APIClient, writing: Task) -> None:
    accounts.withdraw_consent(by=cast.alice, now=timezone.now())
    with no_trace():
        refused(alice.post(path_of(writing), {"text": "Hello."}), 403, "terms_not_accepted")
        refused(alice.post("/api/v1/tasks/next", {}), 403, "terms_not_accepted")


def test_nobody_signed_in(writing: Task) -> None:
    answer = APIClient().post(path_of(writing), {"text": "Hello."})
    refused(answer, 401, "not_signed_in")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="oa"'


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/api/v1/tasks/next", b'{"kind": "sing"}', 422, "invalid_input"),
        ("POST", "/api/v1/tasks/next", b'{"langs": ["no language"]}', 422, "invalid_input"),
        ("POST", "/api/v1/tasks/next", b'{"langs": []}', 422, "invalid_input"),
        ("POST", "/api/v1/tasks/next", b'{"langs": ["ja"]}', 422, "not_your_languages"),
        ("POST", "/api/v1/tasks/next", b'{"kinds": "any"}', 422, "invalid_input"),
        ("GET", "/api/v1/tasks/next", b"", 405, "method_not_allowed"),
        ("GET", "/api/v1/tasks?cursor=nonsense", b"", 422, "bad_cursor"),
        ("GET", "/api/v1/tasks?cursor=WyJhIiwiYiJd", b"", 422, "bad_cursor"),
        ("GET", "/api/v1/tasks?cursor=%00%ff", b"", 422, "bad_cursor"),
        ("GET", "/api/v1/tasks?limit=0", b"", 422, "bad_limit"),
        ("GET", "/api/v1/tasks?limit=99999999999999999999", b"", 422, "bad_limit"),
        ("GET", "/api/v1/tasks?limit=%C2%B2", b"", 422, "bad_limit"),
        ("GET", "/api/v1/tasks?status=%00", b"", 422, "unknown_status"),
        ("GET", "/api/v1/tasks/not-a-uuid", b"", 404, "no_such_path"),
        ("GET", "/api/v1/tasks/%00%ff", b"", 404, "no_such_path"),
        ("GET", f"{NOBODYS_TASK}", b"", 404, "no_such_task"),
        ("POST", f"{NOBODYS_TASK}/submit", b'{"text": "a"}', 404, "no_such_task"),
        (
            "POST",
            f"{NOBODYS_TASK}/skip",
            b'{"reason": "lazy"}',
            422,
            "invalid_input",
        ),
        ("PUT", f"{NOBODYS_TASK}/draft", b'{"content": null}', 422, "invalid_input"),
        (
            "PUT",
            f"{NOBODYS_TASK}/draft",
            b'{"content": 1, "revision": 1e300}',
            422,
            "invalid_input",
        ),
        ("POST", "/api/v1/", b"{}", 404, "no_such_path"),
        ("POST", "/api/v2/anything", b"{}", 404, "no_such_path"),
    ],
)
def test_calls(alice: APIClient, method: str, path: str, body: Any, status: int, code: str) -> None:
    with no_trace():
        refused(alice.generic(method, path, body, content_type=JSON), status, code)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_other_sorts_of_bodies(alice: APIClient, writing: Task, kind: str) -> None:
    with no_trace():
        refused(alice.generic("POST", path_of(writing), "text=a", content_type=kind), 415, "unsupported_media_type")


def test_a_key_nobody_could_have_meant(alice: APIClient, writing: Task) -> None:
    with no_trace():
        answer = alice.post(path_of(writing), {"text": "a"}, headers={"Idempotency-Key": "x" * 201})
        refused(answer, 422, "bad_idempotency_key")
