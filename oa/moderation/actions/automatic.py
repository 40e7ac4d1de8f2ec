"""What rules decide by themselves: each leaves a decision of the system, which a moderator can undo.

Rounds call this; nothing here happens while somebody reads. What a moderator has decided about, a rule leaves alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from oa.core.verbs import verb
from oa.moderation.actions.deciding import decided, place
from oa.moderation.actions.facts import changes, facts_of
from oa.moderation.actions.messages import close_reports
from oa.moderation.models import Case, Decision
from oa.moderation.rules import NOBODY_AT_WORK, Cause, Verb
from oa.tasks import actions as tasks
from oa.trees import actions as trees
from oa.trees.models import Message, Tree, TreeEvent
from oa.trees.rules import RED_FLAG, SKIP_REPLY, STOPS_BY_RULES, Why


def red_flagged_replies(*, now: datetime) -> list[UUID]:
    """Replies that have too many red flags, and whose case nobody has in hand.

    Every flag leaves a doubt, and so a case: no message is looked at but those whose case says that they are flagged.
    """
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    flagged = Case.objects.open().filter(free, causes__has_key=Cause.RED_FLAGS).values("message")
    at_work = Message.objects.live().filter(pk__in=flagged, depth__gt=0, tree__archived=False)
    rows = at_work.exclude(tree__state__in=NOBODY_AT_WORK).select_related("tree__policy").order_by("id")
    return [message.pk for message in rows if _has_too_many_flags(message.tree, message)]


def _has_too_many_flags(tree: Tree, message: Message) -> bool:
    policy = tree.policy.policy
    flags = int((message.emojis or {}).get(RED_FLAG, 0))
    return policy.auto_mod_enabled and not tree.moderated and flags >= policy.auto_mod_red_flags_reply


@verb
def delete_red_flagged(*, message_id: UUID, now: datetime) -> bool:
    """Delete a reply with too many red flags and all below it, if it is still so and no moderator has decided about it:
    nobody's word is overruled, and what was brought back stays."""
    tree, message = place(message_id)
    gone_or_over = message.deleted or not message.depth or tree.state in NOBODY_AT_WORK
    if gone_or_over or not _has_too_many_flags(tree, message) or _was_decided(message) or _is_in_hand(message, now):
        return False
    was = facts_of(tree.pk)
    gone = trees.delete_message(tree=tree, message=message)
    tasks.settle(tree, now=now)
    close_reports(gone, now=now)
    decided(
        tell=gone, verb=Verb.DELETE, by=None, why=_("Too many people raised red flags."), now=now, message=message,
        tree=tree, details={"messages": [str(pk) for pk in gone], "red_flags": (message.emojis or {})[RED_FLAG]},
        **changes(was, tree),
    )  # fmt: skip
    return True


def _was_decided(message: Message) -> bool:
    """Whether a moderator has decided about a message, or the rule has deleted it before."""
    along = Q(message=message) | Q(tree=message.tree_id, details__messages__contains=[str(message.pk)])
    by_a_moderator = Decision.objects.filter(along, by__isnull=False)
    return by_a_moderator.exists() or Decision.objects.filter(along, verb=Verb.DELETE).exists()


def _is_in_hand(message: Message, now: datetime) -> bool:
    return Case.objects.in_hands(now).filter(message=message).exists()


def stops_to_record(*, most: int = 1000) -> list[int]:
    """Stops that trees made by themselves, by red flags or skips, of which the log does not know; the oldest first."""
    known = Decision.objects.filter(tree=OuterRef("tree"), verb=Verb.STOP).annotate(
        event=Cast(KeyTextTransform("event", "details"), BigIntegerField())
    )
    stops = TreeEvent.objects.filter(why__in=STOPS_BY_RULES, by=None, tree__archived=False)
    unknown = stops.filter(~Exists(known.filter(event=OuterRef("pk"))))
    return list(unknown.order_by("id").values_list("id", flat=True)[:most])


@verb
def record_stop(*, event_id: int, now: datetime) -> bool:
    """Write down that a tree has stopped itself, as the system's decision of that moment, so that it can be undone."""
    event = TreeEvent.objects.get(pk=event_id)
    tree = trees.hold(tree_id=event.tree_id)
    if Decision.objects.filter(tree=tree, verb=Verb.STOP, details__event=event.pk).exists():
        return False
    about, details = _what_stopped(tree, event)
    why = _("Too many people raised red flags.") if event.why == Why.RED_FLAGS else _("Too many people skipped it.")
    decided(
        tell=[tree.pk], verb=Verb.STOP, by=None, why=why, now=event.at, message=about, tree=tree,
        details={"event": event.pk, **details}, before={"tree": {"state": event.before, "why": ""}},
        after={"tree": {"state": event.after, "why": event.why}},
    )  # fmt: skip
    return True


def _what_stopped(tree: Tree, event: TreeEvent) -> tuple[Message, dict[str, Any]]:
    """The message that was flagged or skipped so often, and how often."""
    messages = list(Message.objects.filter(tree=tree).order_by("depth", "id"))
    code, name = (RED_FLAG, "red_flags") if event.why == Why.RED_FLAGS else (SKIP_REPLY, "skips")
    worst = max(messages, key=lambda message: (message.emojis or {}).get(code, 0))
    about = messages[0] if event.why == Why.RED_FLAGS else worst
    return about, {name: (about.emojis or {}).get(code, 0)}
