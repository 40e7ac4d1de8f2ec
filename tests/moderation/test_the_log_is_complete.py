"""Whatever a moderator or an administrator does through the API leaves its line in the log.

Every call of the permission table that is theirs and writes stands here with what it leaves, or why it leaves nothing.
A new call without a line here fails.
"""

from __future__ import annotations

import ast
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from oa.accounts.models import User
from oa.accounts.rules import Role
from oa.datasets import actions as datasets
from oa.datasets.models import Release
from oa.datasets.rules.releases import Check as ReleaseCheck
from oa.datasets.rules.releases import Finding, ReleaseOrder
from oa.datasets.rules.states import ReleaseState
from oa.moderation import actions
from oa.moderation.models import Case, Decision
from oa.moderation.rules import ReportReason, Verb
from oa.screening.models import Due
from oa.screening.rules import Check
from oa.trees.models import Message
from tests import builders as b
from tests.test_permissions import ADDRESSES, ADMINS, MODERATORS, TABLE

pytestmark = pytest.mark.django_db

Sent = tuple[object, dict[str, Any]]
"""The id in the address, and the body."""


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.OA_UPLOADS_DIR, settings.OA_RELEASES_DIR = tmp_path / "uploads", tmp_path / "releases"


def prompt(_by: User) -> Message:
    return b.plant(now=timezone.now())


def message(by: User) -> Sent:
    return prompt(by).pk, {}


def deleted(by: User) -> Sent:
    found = prompt(by)
    actions.delete_message(message_id=found.pk, why="Spam", by=by, now=timezone.now())
    return found.pk, {}


def halted(by: User) -> Sent:
    found = prompt(by)
    actions.halt_tree(tree_id=found.pk, why="Wait", by=by, now=timezone.now())
    return found.pk, {}


def undoable(by: User) -> Sent:
    return actions.delete_message(message_id=prompt(by).pk, why="Spam", by=by, now=timezone.now()).pk, {}


def a_report(by: User) -> Sent:
    made, _new = actions.report(
        message_id=prompt(by).pk, reason=ReportReason.SPAM, note="", by=b.person(), now=timezone.now()
    )
    return made.pk, {}


def reported(by: User) -> Sent:
    found = prompt(by)
    actions.report(message_id=found.pk, reason=ReportReason.SPAM, note="", by=b.person(), now=timezone.now())
    return found.pk, {}


def scored(by: User) -> Sent:
    return b.scored(prompt(by), 0.9).pk, {}


def looked_at(by: User) -> Sent:
    found = b.scored(prompt(by), 0.9)
    actions.look(message_id=found.pk, by=by, now=timezone.now())
    return found.pk, {}


def set_aside(by: User) -> Sent:
    due = Due.objects.get(message=prompt(by), kind=Check.TOXICITY)
    Due.objects.filter(pk=due.pk).update(set_aside=True, tries=5)
    return due.pk, {}


def somebody(_by: User) -> Sent:
    return b.person().pk, {"reason": "other"}


def muted_by(by: User) -> Sent:
    who, _ = somebody(by)
    actions.mute(person_id=who, until=timezone.now() + timedelta(days=1), why="Calm down", by=by, now=timezone.now())  # type: ignore[arg-type]
    return who, {}


def until_tomorrow(by: User) -> Sent:
    who, body = somebody(by)
    return who, {**body, "until": (timezone.now() + timedelta(days=1)).isoformat()}


def watched(by: User) -> Sent:
    person = b.person()
    actions.watch(person_id=person.pk, why="Careless", by=by, now=timezone.now())
    return person.pk, {}


def banned(by: User) -> Sent:
    person = b.person()
    actions.ban_person(person_id=person.pk, why="Enough", by=by, now=timezone.now())
    return person.pk, {}


def a_note(by: User) -> Sent:
    return actions.add_note(person_id=b.person().pk, text="Hm", by=by, now=timezone.now()).pk, {}


def appealed(_by: User) -> Sent:
    author, another = b.person(), b.moderator()
    found = b.plant(by=author, now=timezone.now())
    decision = actions.delete_message(message_id=found.pk, why="Spam", by=another, now=timezone.now())
    return actions.appeal(decision_id=decision.pk, text="But why?", by=author, now=timezone.now()).pk, {}


def asked_to_purge(by: User) -> Sent:
    wish = actions.ask_purge(message_id=prompt(by).pk, why="Private", by=b.moderator(), now=timezone.now())
    return wish.pk, {}


def claimed(by: User) -> Sent:
    a_report(by)
    while actions.consider_doubts(now=timezone.now()):
        pass
    case = Case.objects.open().get()
    actions.claim(case_id=case.pk, by=by, now=timezone.now())
    return case.pk, {"verb": "dismiss", "next": False}


def draft(by: User) -> Sent:
    found = prompt(by)
    client = signed_in(by)
    body = {"verb": "delete", "why": "Spam", "reason": "spam", "selection": {"ids": [str(found.pk)]}}
    made = client.post("/api/v1/moderation/batches", body, content_type="application/json")
    assert made.status_code == 201, made.content
    return made.json()["id"], {}


def done_batch(by: User) -> Sent:
    batch_id, body = draft(by)
    actions.run_batch(batch_id=batch_id, by=by, now=timezone.now())  # type: ignore[arg-type]
    actions.work_on_batches(clock=timezone.now, rng=b.FAIR)
    return batch_id, body


def ready_release(_by: User) -> Sent:
    now = timezone.now()
    passed = [Finding(check).as_values() for check in ReleaseCheck]
    order = ReleaseOrder().as_values()
    made = Release.objects.create(
        name="first", licence="CC-BY-4.0", order=order, state=ReleaseState.READY, taken_at=now, at=now, checks=passed
    )
    return made.name, {}


def published_release(by: User) -> Sent:
    name, body = ready_release(by)
    Release.objects.filter(name=name).update(state=ReleaseState.PUBLISHED, published_at=timezone.now())
    return name, body


def a_file(_by: User) -> Sent:
    return None, {"file": SimpleUploadedFile("prompts.txt", b"Why is the sky blue?"), "lang": "en"}


def tried_import(by: User) -> Sent:
    _none, body = a_file(by)
    made = signed_in(by).post("/api/v1/moderation/imports", {**body, "dry_run": True})
    assert made.status_code == 201, made.content
    datasets.work_on_imports(clock=timezone.now)
    return made.json()["id"], {}


LEAVES: dict[tuple[str, str], tuple[Verb, Callable[[User], Sent]]] = {
    ("post", "policy"): (Verb.POLICY, lambda _: (None, {"values": {"goal_tree_size": 77}, "note": "More"})),
    ("post", "dismiss_report"): (Verb.DISMISS, a_report),
    ("post", "run_batch"): (Verb.BATCH, draft),
    ("post", "undo_batch"): (Verb.UNDO_BATCH, done_batch),
    ("post", "delete_message"): (Verb.DELETE, message),
    ("post", "restore_message"): (Verb.RESTORE, deleted),
    ("post", "edit_message"): (Verb.EDIT, lambda by: (prompt(by).pk, {"text": "Other words"})),
    ("post", "mark_spam"): (Verb.SPAM, message),
    ("post", "dismiss_message"): (Verb.DISMISS, reported),
    ("post", "move_tree"): (Verb.MOVE, lambda by: (prompt(by).pk, {"lang": "de"})),
    ("post", "undo_decision"): (Verb.UNDO, undoable),
    ("post", "halt_tree"): (Verb.HALT, message),
    ("post", "resume_tree"): (Verb.RESUME, halted),
    ("post", "retry_set_aside"): (Verb.RETRY, set_aside),
    ("post", "decide_case"): (Verb.DISMISS, claimed),
    ("post", "look"): (Verb.LOOK, scored),
    ("post", "unlook"): (Verb.UNLOOK, looked_at),
    ("post", "uphold_appeal"): (Verb.UPHOLD, appealed),
    ("post", "grant_appeal"): (Verb.GRANT, appealed),
    ("post", "purges"): (Verb.ASK_PURGE, lambda by: (None, {"message_id": str(prompt(by).pk), "reason": "other"})),
    ("post", "confirm_purge"): (Verb.PURGE, asked_to_purge),
    ("post", "call_off_purge"): (Verb.CALL_OFF_PURGE, asked_to_purge),
    ("post", "warn_person"): (Verb.WARN, somebody),
    ("post", "mute_person"): (Verb.MUTE, until_tomorrow),
    ("post", "unmute_person"): (Verb.UNMUTE, muted_by),
    ("post", "watch_person"): (Verb.WATCH, somebody),
    ("post", "unwatch_person"): (Verb.UNWATCH, watched),
    ("post", "clear_person"): (Verb.CLEAR, somebody),
    ("post", "notes"): (Verb.NOTE, lambda _: (b.person().pk, {"text": "Hm"})),
    ("delete", "note"): (Verb.UNNOTE, a_note),
    ("post", "ban_person"): (Verb.BAN, somebody),
    ("post", "lift_ban"): (Verb.UNBAN, banned),
    ("post", "set_role"): (Verb.SET_ROLE, lambda _: (b.person().pk, {"role": Role.MODERATOR.value})),
    ("post", "publish_release"): (Verb.RELEASE, ready_release),
    ("post", "recall_release"): (Verb.RECALL, published_release),
    ("post", "imports"): (Verb.IMPORT, a_file),
    ("post", "run_import"): (Verb.IMPORT, tried_import),
    ("get", "export"): (Verb.EXPORT_DATA, lambda _: (None, {})),
    ("get", "decisions_csv"): (Verb.EXPORT, lambda _: (None, {})),
    ("get", "decisions_jsonl"): (Verb.EXPORT, lambda _: (None, {})),
}
LEAVES_NOTHING = {
    ("post", "policy_preview"): "nothing is written",
    ("post", "batches"): "only chosen; it is in the log when it is run",
    ("delete", "batch"): "only a choice that was never carried out",
    ("post", "next_case"): "who has a case in hand is no decision; it ends by itself",
    ("post", "claim_case"): "the same",
    ("post", "release_case"): "the same",
    ("post", "preview_release"): "nothing is written",
    ("post", "releases"): "only ordered; it is in the log when it is published",
    ("post", "cancel_release"): "nobody has seen it",
    ("post", "retry_release"): "the same",
    ("post", "stop_import"): "what it brought is in the log, and stays",
}


def signed_in(by: User) -> Client:
    client = Client()
    client.force_login(by)
    return client


def theirs() -> set[tuple[str, str]]:
    """Every call that only moderators or administrators may make."""
    return {call for call, allowed in TABLE.items() if allowed <= MODERATORS | ADMINS}


def test_every_call_of_theirs_that_writes_is_here() -> None:
    writes = {call for call in theirs() if call[0] != "get"}

    assert sorted(writes - set(LEAVES)) == sorted(LEAVES_NOTHING)
    assert set(LEAVES) <= theirs()


@pytest.mark.parametrize("call", sorted(LEAVES), ids=lambda call: call[1])
def test_it_leaves_a_line_with_who_did_it(call: tuple[str, str]) -> None:
    b.policy()
    by = b.admin()
    verb, prepare = LEAVES[call]
    found, body = prepare(by)
    before = set(Decision.objects.values_list("pk", flat=True))

    answer = send(signed_in(by), call, found, {"why": "A reason", **body} if call[1] != "policy" else body)

    assert answer.status_code < 300, answer.content
    new = Decision.objects.exclude(pk__in=before)
    assert verb in set(new.values_list("verb", flat=True))
    assert set(new.values_list("by", flat=True)) == {by.pk}


def send(client: Client, call: tuple[str, str], found: object, body: dict[str, Any]) -> Any:
    method, name = call
    where = re.sub("<[^>]+>", str(found or uuid.uuid4()), ADDRESSES[call])
    if method == "get":
        return client.get(where)
    if "file" in body:
        return client.post(where, body)
    return getattr(client, method)(where, body, content_type="application/json")


WRITES = re.compile(r"Decision(\.objects\.(create|bulk_create|get_or_create|update_or_create))?")


def test_one_function_writes_decisions_down() -> None:
    oa = Path(settings.BASE_DIR) / "oa"
    places = [
        str(path.relative_to(oa))
        for path in oa.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and WRITES.fullmatch(ast.unparse(node.func))
    ]

    assert places == ["moderation/actions/deciding.py"]
