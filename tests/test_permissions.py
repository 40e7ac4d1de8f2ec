"""Who may call what: every call of the API against everybody who may make it.

A new call without a line in the table fails. Allowed means: not turned away at the door. What lies behind it may still
say that there is no such thing (the ids here are made up) or that the input is wrong.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.accounts.rules import Role, Scope
from oa.urls import API
from tests import builders

METHODS = ("get", "post", "put", "patch", "delete")

VISITOR, VOLUNTEER, MODERATOR, ADMIN = "nobody signed in", "volunteer", "moderator", "admin"
MUTED, MUTED_MODERATOR, BANNED = "muted volunteer", "muted moderator", "banned, signed in before"
READING, WORKING, MODERATING = "admin's token: read", "admin's token: work", "admin's token: moderate"
TABLED = (VISITOR, VOLUNTEER, MUTED, MODERATOR, ADMIN, READING, WORKING, MODERATING)

# The tokens are an administrator's, so that only their scopes can stop them. Who is muted may read; what they write is
# refused but for what concerns nobody but themselves.
EVERYBODY = frozenset(TABLED)
IN_PERSON = frozenset({VOLUNTEER, MUTED, MODERATOR, ADMIN})
READERS = IN_PERSON | {READING}
EVEN_MUTED = IN_PERSON | {WORKING}
WORKERS = EVEN_MUTED - {MUTED}
MODERATORS = frozenset({MODERATOR, ADMIN, MODERATING})
ADMINS = frozenset({ADMIN, MODERATING})

TABLE: dict[tuple[str, str], frozenset[str]] = {
    ("get", "schema"): EVERYBODY,
    ("get", "docs"): EVERYBODY,
    ("get", "terms"): EVERYBODY,
    ("get", "labels"): EVERYBODY,
    ("get", "stats"): EVERYBODY,
    ("get", "toxicity"): EVERYBODY,
    ("get", "toxicity_csv"): EVERYBODY,
    ("get", "toxicity_json"): EVERYBODY,
    ("get", "policy"): EVERYBODY,
    ("post", "policy"): ADMINS,
    ("get", "policy_history"): READERS,
    ("post", "policy_preview"): MODERATORS,
    ("get", "me"): READERS,
    ("patch", "me"): IN_PERSON,
    ("get", "my_data"): IN_PERSON,
    ("post", "leave"): IN_PERSON,
    ("get", "my_data_sets"): READERS,
    ("post", "withdraw_message"): EVEN_MUTED,
    ("post", "give_back_message"): EVEN_MUTED,
    ("post", "withdraw_everything"): IN_PERSON,
    ("post", "give_everything_back"): IN_PERSON,
    ("post", "my_consents"): IN_PERSON,
    ("get", "my_tokens"): IN_PERSON,
    ("post", "my_tokens"): IN_PERSON,
    ("delete", "my_token"): IN_PERSON,
    ("get", "my_messages"): READERS,
    ("get", "tasks"): READERS,
    ("get", "task"): READERS,
    ("get", "available_tasks"): READERS,
    ("post", "next_task"): WORKERS,
    ("get", "waiting"): EVEN_MUTED,
    ("delete", "waiting"): WORKERS,
    ("get", "task_stream"): EVEN_MUTED,
    ("post", "submit_task"): WORKERS,
    ("post", "skip_task"): WORKERS,
    ("post", "unskip_task"): WORKERS,
    ("post", "extend_task"): WORKERS,
    ("put", "draft_of_task"): WORKERS,
    ("delete", "draft_of_task"): WORKERS,
    ("post", "checks"): WORKERS,
    ("get", "my_drafts"): READERS,
    ("get", "my_contributions"): READERS,
    ("get", "my_points"): READERS,
    ("get", "my_ledger"): READERS,
    ("get", "my_notices"): READERS,
    ("post", "read_notices"): EVEN_MUTED,
    ("get", "count_notices"): READERS,
    ("get", "my_preferences"): READERS,
    ("patch", "my_preferences"): IN_PERSON,
    ("get", "boards"): READERS,
    ("get", "formula"): EVERYBODY,
    ("get", "goal"): EVERYBODY,
    ("get", "unsubscribe"): EVERYBODY,
    ("post", "unsubscribe"): EVERYBODY,
    ("get", "unsubscribe_page"): EVERYBODY,
    ("post", "unsubscribe_page"): EVERYBODY,
    ("get", "reactions"): READERS,
    ("put", "reaction"): WORKERS,
    ("delete", "reaction"): WORKERS,
    ("get", "trees"): READERS,
    ("get", "tree"): READERS,
    ("get", "messages"): READERS,
    ("get", "message"): READERS,
    ("get", "message_thread"): READERS,
    ("get", "message_history"): MODERATORS,
    ("get", "decisions"): MODERATORS,
    ("get", "decisions_csv"): MODERATORS,
    ("get", "decisions_jsonl"): MODERATORS,
    ("get", "health"): MODERATORS,
    ("post", "report_message"): WORKERS,
    ("get", "reports"): MODERATORS,
    ("post", "dismiss_report"): MODERATORS,
    ("get", "people"): MODERATORS,
    ("get", "person"): MODERATORS,
    ("get", "trollboard"): MODERATORS,
    ("get", "moderated_message"): MODERATORS,
    ("get", "chosen_messages"): MODERATORS,
    ("get", "clusters"): MODERATORS,
    ("get", "batches"): MODERATORS,
    ("post", "batches"): MODERATORS,
    ("get", "batch"): MODERATORS,
    ("delete", "batch"): MODERATORS,
    ("get", "batch_items"): MODERATORS,
    ("post", "run_batch"): MODERATORS,
    ("post", "undo_batch"): MODERATORS,
    ("post", "delete_message"): MODERATORS,
    ("post", "restore_message"): MODERATORS,
    ("post", "edit_message"): MODERATORS,
    ("post", "mark_spam"): MODERATORS,
    ("post", "dismiss_message"): MODERATORS,
    ("post", "move_tree"): MODERATORS,
    ("post", "undo_decision"): MODERATORS,
    ("post", "halt_tree"): MODERATORS,
    ("get", "screening_status"): EVERYBODY,
    ("get", "set_aside"): MODERATORS,
    ("post", "retry_set_aside"): MODERATORS,
    ("get", "queue"): MODERATORS,
    ("get", "queue_counts"): MODERATORS,
    ("post", "next_case"): MODERATORS,
    ("get", "case"): MODERATORS,
    ("post", "claim_case"): MODERATORS,
    ("post", "release_case"): MODERATORS,
    ("post", "decide_case"): MODERATORS,
    ("get", "triage"): MODERATORS,
    ("get", "triage_counts"): MODERATORS,
    ("post", "look"): MODERATORS,
    ("post", "unlook"): MODERATORS,
    ("post", "resume_tree"): MODERATORS,
    ("get", "my_decisions"): READERS,
    ("post", "appeal"): EVEN_MUTED,
    ("get", "appeal_by_link"): EVERYBODY,
    ("post", "appeal_by_link"): EVERYBODY,
    ("get", "appeals"): MODERATORS,
    ("get", "appeal_figures"): ADMINS,
    ("post", "uphold_appeal"): MODERATORS,
    ("post", "grant_appeal"): MODERATORS,
    ("get", "purges"): MODERATORS,
    ("post", "purges"): MODERATORS,
    ("post", "confirm_purge"): MODERATORS,
    ("post", "call_off_purge"): MODERATORS,
    ("post", "warn_person"): MODERATORS,
    ("post", "mute_person"): MODERATORS,
    ("post", "unmute_person"): MODERATORS,
    ("post", "watch_person"): MODERATORS,
    ("post", "unwatch_person"): MODERATORS,
    ("post", "clear_person"): MODERATORS,
    ("get", "notes"): MODERATORS,
    ("post", "notes"): MODERATORS,
    ("delete", "note"): MODERATORS,
    ("post", "ban_person"): MODERATORS,
    ("post", "lift_ban"): MODERATORS,
    ("post", "set_role"): ADMINS,
    ("get", "datasets"): EVERYBODY,
    ("get", "dataset"): EVERYBODY,
    ("get", "dataset_withdrawn"): EVERYBODY,
    ("get", "dataset_file"): EVERYBODY,
    ("get", "export"): MODERATORS,
    ("get", "releases"): MODERATORS,
    ("post", "releases"): ADMINS,
    ("get", "release_options"): MODERATORS,
    ("post", "preview_release"): MODERATORS,
    ("get", "release"): MODERATORS,
    ("post", "publish_release"): ADMINS,
    ("post", "cancel_release"): ADMINS,
    ("post", "retry_release"): ADMINS,
    ("post", "recall_release"): ADMINS,
    ("get", "release_file"): MODERATORS,
    ("get", "imports"): MODERATORS,
    ("post", "imports"): ADMINS,
    ("get", "import_limits"): MODERATORS,
    ("get", "import"): MODERATORS,
    ("get", "import_problems"): MODERATORS,
    ("post", "run_import"): ADMINS,
    ("post", "stop_import"): ADMINS,
}


def routes(patterns: list[URLPattern | URLResolver], before: str = "/api/v1/") -> Iterator[tuple[str, str, str]]:
    """Method, name and an address of every call there is."""
    for pattern in patterns:
        where = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, where)
            continue
        view = pattern.callback.view_class  # type: ignore[attr-defined]  # `as_view` leaves it there
        for method in METHODS:
            if hasattr(view, method):
                yield method, str(pattern.name), where


ADDRESSES = {(method, name): where for method, name, where in routes(API)}


def test_every_call_is_in_the_table() -> None:
    assert sorted(ADDRESSES) == sorted(TABLE)


# Others who ask, each judged by those of the table who may do the same.
VOLUNTEERS_TOKENS = {"volunteer's token: read": READING, "volunteer's token: work": WORKING}
MODERATORS_TOKENS = {"moderator's token: read": READING, "moderator's token: work": WORKING}
MODERATORS_OWN = "moderator's token: moderate"
DEMOTED = "token of a moderator who is none any more: moderate"
MUTED_TOKEN = "muted volunteer's token: work"
BANNED_TOKEN = "token of somebody banned: work"
ASKING = (
    *TABLED, MUTED_MODERATOR, BANNED, *VOLUNTEERS_TOKENS, *MODERATORS_TOKENS, MODERATORS_OWN, DEMOTED, MUTED_TOKEN,
    BANNED_TOKEN,
)  # fmt: skip


def may(asking: str, method: str, allowed: frozenset[str]) -> bool:
    """Whether somebody gets in where the table names these."""
    if asking in TABLED:
        return asking in allowed
    if alike := {**VOLUNTEERS_TOKENS, **MODERATORS_TOKENS}.get(asking):
        return alike in allowed
    match asking:
        case _ if asking == MUTED_MODERATOR:
            return MODERATOR in allowed and (method == "get" or MUTED in allowed)
        case _ if asking == MODERATORS_OWN:
            return {MODERATOR, MODERATING} <= allowed
        case _ if asking == MUTED_TOKEN:
            return {MUTED, WORKING} <= allowed
        case _:
            return allowed == EVERYBODY


def a_token(person: User, scope: Scope) -> str:
    now = timezone.now()
    return accounts.make_token(name="test", scopes=[scope], days=1, by=person, now=now - timedelta(minutes=1))[1]


def mute(person: User) -> None:
    person.muted_until = timezone.now() + timedelta(days=1)
    person.save()


def ban(person: User) -> None:
    person.is_active = False
    person.save()


def demote(person: User) -> None:
    person.role = Role.VOLUNTEER
    person.save()


WHO = {
    "volunteer": builders.person, "muted volunteer": builders.person, "banned, signed in before": builders.person,
    "moderator": builders.moderator, "muted moderator": builders.moderator, "admin": builders.admin,
    "token of a moderator who is none any more": builders.moderator, "token of somebody banned": builders.person,
}  # fmt: skip
BECOMES = {
    MUTED: mute, MUTED_MODERATOR: mute, MUTED_TOKEN: mute, BANNED: ban, BANNED_TOKEN: ban, DEMOTED: demote,
}  # fmt: skip


def client_of(asking: str) -> Client:
    """Somebody's browser or program. What they have become since, they became after they had signed in."""
    if asking == VISITOR:
        return Client(raise_request_exception=False)
    whose, _colon, scope = asking.partition(": ")
    person = WHO[whose.removesuffix("'s token")]()
    if scope:
        headers = {"Authorization": f"Bearer {a_token(person, Scope(scope))}"}
        client = Client(raise_request_exception=False, headers=headers)
    else:
        client = Client(raise_request_exception=False)
        client.force_login(person)
    if asking in BECOMES:
        BECOMES[asking](person)
    return client


BODY = {
    "why": "A test", "text": "Words", "role": "moderator", "values": {}, "note": "A test",
    "until": "2026-01-01T00:00:00Z",
}  # fmt: skip
AT_THE_DOOR = {
    "not_signed_in", "moderators_only", "admins_only", "scope_missing", "not_with_a_token", "muted", "disabled",
}  # fmt: skip


def knock(client: Client, method: str, name: str) -> Any:
    """Call it, with made-up ids."""
    where = re.sub("<[^>]+>", lambda _found: str(uuid.uuid4()), ADDRESSES[method, name].replace("<int:due_id>", "1"))
    if method == "get":
        return client.get(where)
    return getattr(client, method)(where, BODY, content_type="application/json")


@pytest.mark.django_db
@pytest.mark.parametrize("asking", ASKING)
def test_only_those_who_may_get_in(asking: str) -> None:
    client = client_of(asking)

    answers = {call: knock(client, *call) for call in sorted(TABLE)}

    turned_away = {call: answer for call, answer in answers.items() if answer.status_code in (401, 403)}
    barred = sorted((method, name) for (method, name), allowed in TABLE.items() if not may(asking, method, allowed))
    assert sorted(turned_away) == barred
    assert {answer.status_code for answer in turned_away.values()} <= {401 if asking == VISITOR else 403}
    assert {answer.json()["code"] for answer in turned_away.values()} <= AT_THE_DOOR
    assert {call: answer.status_code for call, answer in answers.items() if answer.status_code >= 500} == {}
