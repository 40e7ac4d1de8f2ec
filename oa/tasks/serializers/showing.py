"""How a task looks to the person who holds it. Who wrote what they judge is never in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from django.utils.translation import get_language
from rest_framework import serializers

from oa.accounts.models import User
from oa.reviews.rules import Mode, form_for
from oa.reviews.serializers import LabelSerializer
from oa.screening.actions import remarks_for_reviewers
from oa.tasks.actions import policies_of
from oa.tasks.models import Draft, Task, scene_of
from oa.tasks.rules import LABELS, RANKINGS, WRITING, Kind, SkipReason, Status
from oa.tasks.serializers.checking import ReviewersRemarkSerializer, reviewers_remark_of
from oa.trees.models import Message, PolicyVersion
from oa.trees.rules import Policy, Role

Plain = serializers.Serializer[Mapping[str, object]]


class TurnSerializer(Plain):
    """A message of the conversation."""

    id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=Role.choices)
    text = serializers.CharField(help_text="Empty when it was deleted or is withheld.")
    lang = serializers.CharField()
    is_mine = serializers.BooleanField()
    deleted = serializers.BooleanField()
    created_date = serializers.DateTimeField(allow_null=True)


class QuestionSerializer(LabelSerializer):
    """One label, and how it is asked for."""

    mandatory = serializers.BooleanField()


class ReviewFormSerializer(Plain):
    """What a reviewer is asked."""

    mode = serializers.ChoiceField(choices=Mode.choices)
    labels = QuestionSerializer(many=True)


class ReplySerializer(Plain):
    """One of the replies to rank."""

    id = serializers.UUIDField()
    text = serializers.CharField(help_text="Empty when it was deleted or is withheld.")
    synthetic = serializers.BooleanField(
        allow_null=True, help_text="True when all of them were written by models; otherwise it is not told (null)."
    )


class DraftSerializer(Plain):
    content = serializers.JSONField()
    revision = serializers.IntegerField()
    saved_at = serializers.DateTimeField()


class TaskSummarySerializer(Plain):
    """A task in a list."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    status = serializers.ChoiceField(choices=Status.choices)
    lang = serializers.CharField()
    tree_id = serializers.UUIDField(allow_null=True)
    message_id = serializers.UUIDField(
        allow_null=True, help_text="The message to answer, to review, or whose replies to rank; null for a new prompt."
    )
    leased_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True, help_text="When the lease ends. Typing should extend it.")
    closed_at = serializers.DateTimeField(allow_null=True)
    result = serializers.DictField(
        child=serializers.CharField(), allow_null=True, help_text="What became of it: ids of what was made."
    )
    skip_reason = serializers.ChoiceField(choices=SkipReason.choices, allow_null=True)


class ListedTaskSerializer(TaskSummarySerializer):
    """A task among one's own."""

    has_draft = serializers.BooleanField(help_text="Whether something of yours is kept with it.")


class KeptDraftSerializer(DraftSerializer):
    """A text begun for a task that is over."""

    task = TaskSummarySerializer()


class TaskSerializer(TaskSummarySerializer):
    """A task with all that is needed to do it."""

    conversation = TurnSerializer(many=True, help_text="From the prompt down to the message the task is about.")
    form = ReviewFormSerializer(allow_null=True, help_text="Of a review: what is asked.")
    remarks = ReviewersRemarkSerializer(
        many=True, allow_null=True, help_text="Of a review: what machines say of the text. It may be wrong."
    )
    replies = ReplySerializer(many=True, allow_null=True, help_text="Of a ranking: the replies, in the order to show.")
    text_limit = serializers.IntegerField(allow_null=True, help_text="Where something is written: most characters.")
    draft = DraftSerializer(allow_null=True)


class CountSerializer(Plain):
    lang = serializers.CharField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    open = serializers.IntegerField(help_text="Open tasks, counted up to 1000.")


class AvailableSerializer(Plain):
    counts = CountSerializer(many=True)


class ReasonSerializer(Plain):
    """Why there is nothing in one language."""

    lang = serializers.CharField()
    code = serializers.ChoiceField(
        choices=["all_in_hands", "only_met", "lottery", "paused", "nothing_to_do"],
        help_text="Stable; `text` says the same in words.",
    )
    text = serializers.CharField()
    open = serializers.IntegerField(help_text="Open tasks, all of which this person has met or made the text of.")
    in_hands = serializers.IntegerField(help_text="Tasks other people are at.")


class WaitingSerializer(Plain):
    """There is nothing now. The first task that fits is announced at `/tasks/stream`."""

    since = serializers.DateTimeField(allow_null=True, help_text="Null for somebody who did not want to wait.")
    until = serializers.DateTimeField(allow_null=True)
    reasons = ReasonSerializer(many=True)


class NextSerializer(Plain):
    """The next task, or why there is none. One of the two is null."""

    task = TaskSerializer(allow_null=True)
    waiting = WaitingSerializer(allow_null=True)


def summary_of(task: Task) -> dict[str, object]:
    """A task in a list; no further statements."""
    return {
        "id": task.pk,
        "kind": task.kind,
        "status": task.status,
        "lang": task.lang,
        "tree_id": task.tree_id,
        "message_id": task.message_id,
        "leased_at": task.leased_at,
        "expires_at": task.expires_at,
        "closed_at": task.closed_at,
        "result": task.result,
        "skip_reason": task.skip_reason or None,
    }


def task_of(task: Task, *, by: User, fresh: bool = False) -> dict[str, object]:
    """A task with all that is needed to do it. A `fresh` one can't have a draft yet, so none is looked for."""
    kind = Kind(task.kind)
    shown, is_review = task.shown or {}, kind in LABELS
    order = [UUID(reply) for reply in shown.get("order", [])]
    thread, replies = scene_of(task, order) if task.message_id else ([], [])
    draft = None if fresh else Draft.objects.filter(task=task).first()
    return {
        **summary_of(task),
        "conversation": [_turn(message, by) for message in thread],
        "form": _form(thread[-1], Mode(shown.get("mode", Mode.FULL))) if is_review else None,
        "remarks": _remarks(thread[-1]) if is_review else None,
        "replies": _replies(replies, by) if kind in RANKINGS else None,
        "text_limit": _text_limit(task) if kind in WRITING else None,
        "draft": draft and {"content": draft.content, "revision": draft.revision, "saved_at": draft.saved_at},
    }


def _turn(message: Message, by: User) -> dict[str, object]:
    return {
        "id": message.pk,
        "role": message.role,
        "text": _text(message, by),
        "lang": message.lang,
        "is_mine": message.author_id == by.pk,
        "deleted": message.deleted,
        "created_date": message.created_date,
    }


def _text(message: Message, by: User) -> str:
    """A task that is over may be about what was deleted or withheld since."""
    return "" if message.deleted or message.is_kept_from(by) else message.text


def _form(message: Message, mode: Mode) -> dict[str, object]:
    return _form_in(message.role, min(message.depth, 1), mode, get_language())


@lru_cache(maxsize=128)
def _form_in(role: str, depth: int, mode: Mode, _language: str | None) -> dict[str, object]:
    """The form in the reader's language, for all to look at and nobody to change: writing it takes 0.6 ms."""
    form, asked = form_for(role=role, depth=depth, mode=mode), LabelSerializer()
    questions = [{**asked.to_representation(label), "mandatory": label in form.mandatory} for label in form.labels]
    return {"mode": mode.value, "labels": questions}


def _remarks(message: Message) -> list[dict[str, object]]:
    return [reviewers_remark_of(remark) for remark in remarks_for_reviewers(message)]


def _replies(replies: Sequence[Message], by: User) -> list[dict[str, object]]:
    told = True if all(reply.synthetic for reply in replies) else None
    return [
        {"id": reply.pk, "text": _text(reply, by), "synthetic": told} for reply in replies
    ]  # fmt: skip


def _text_limit(task: Task) -> int:
    if task.tree_id is None:
        return policies_of([task.lang])[task.lang].message_size_limit
    # A task just claimed has brought its tree's policy along.
    brought = getattr(task, "tree_policy", None)
    if brought is not None:
        return Policy.of(brought).message_size_limit
    return PolicyVersion.objects.get(trees=task.tree_id).policy.message_size_limit
