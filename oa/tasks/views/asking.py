"""Asking for a task: what `next`, `submit` and `skip` have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import SystemRandom
from typing import Any

from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core import throttles
from oa.core.errors import Refusal, TooMany
from oa.core.problems import problem_of
from oa.tasks import actions
from oa.tasks.models import Task, Waiter
from oa.tasks.rules import THROTTLES, Kind, Lull, doable
from oa.tasks.serializers.asking import ANY
from oa.tasks.serializers.showing import task_of

DICE = SystemRandom()


def hand_next(wish: Mapping[str, Any], *, by: User, now: datetime) -> dict[str, object]:
    """The body of an answer to “what next?”: a task, or why there is none and since when one waits."""
    kinds = kinds_left(_kinds(wish), by=by, now=now)
    langs = wish.get("langs") or list(dict.fromkeys([*by.languages, *by.writing_languages]))
    task = actions.next_task(kinds=kinds, langs=langs, by=by, now=now, rng=DICE)
    if task is not None:
        _count(task, by=by, now=now)
        return {"task": task_of(task, by=by, fresh=True), "waiting": None}
    waiter = actions.wait(kinds=kinds, langs=langs, by=by, now=now) if wish.get("wait", True) else None
    return {"task": None, "waiting": waiting_of(waiter, kinds, langs, by=by)}


def hand_following(wish: Mapping[str, Any] | None, *, after: Task | None, by: User, now: datetime) -> object:
    """The same beside another answer, which stands even if this is refused.

    `after` is the task of an answer that was given before: what was handed out with it then is shown again.
    """
    if wish is None:
        return None
    earlier = actions.next_handed_with(after) if after is not None else None
    if earlier is not None:
        return {"task": task_of(earlier, by=by), "waiting": None}
    try:
        return hand_next(wish, by=by, now=now)
    except Refusal as refusal:
        return problem_of(refusal)


def _kinds(wish: Mapping[str, Any]) -> list[Kind]:
    if several := wish.get("kinds"):
        return [Kind(kind) for kind in dict.fromkeys(several)]
    kind = wish.get("kind", ANY)
    return list(Kind) if kind == ANY else [Kind(kind)]


def kinds_left(kinds: Sequence[Kind], *, by: User, now: datetime) -> list[Kind]:
    """The kinds this person may still be given now; TooMany when none of those they ask for is left."""
    limits = throttles.in_force(list(THROTTLES))
    reached = throttles.exhausted(limits, who=by.pk, now=now)
    spent = {kind for limit, some in THROTTLES.items() if limit.name in reached for kind in some}
    left = [kind for kind in kinds if kind not in spent]
    if not left:
        raise TooMany(
            "too_many_tasks",
            _("You have been given many tasks of this kind in a short time."),
            remedy=_("Take a breath, or ask for another kind of task."),
            retry_after=round(_seconds_until_one_is_free(kinds, reached), 1),
        )
    return left


def _seconds_until_one_is_free(kinds: Sequence[Kind], reached: Mapping[str, float]) -> float:
    """A kind is free again when the last of its limits is over; the first such kind counts."""
    names = {kind: [limit.name for limit, some in THROTTLES.items() if kind in some] for kind in kinds}
    return min(max((reached.get(name, 0.0) for name in names[kind]), default=0.0) for kind in kinds)


def _count(task: Task, *, by: User, now: datetime) -> None:
    names = {limit.name for limit, some in THROTTLES.items() if Kind(task.kind) in some}
    limits = [limit for limit in throttles.in_force(list(THROTTLES)) if limit.name in names]
    throttles.count(limits, who=by.pk, now=now)


def waiting_of(waiter: Waiter | None, kinds: Sequence[Kind], langs: Sequence[str], *, by: User) -> dict[str, object]:
    """Why there is nothing, language by language, and since when somebody waits."""
    pairs = doable(kinds, langs, reads=by.languages, writes=by.writing_languages)
    names = sorted({lang for _kind, lang in pairs})
    counts = Task.objects.counts(pairs, by=by.pk)
    lulls_of = Task.objects.lulls(names, by=by.pk)
    lulls = [
        Lull(
            lang=lang,
            open=sum(number for (_kind, of), number in counts.items() if of == lang),
            in_hands=lulls_of[lang][0],
            in_lottery=lulls_of[lang][1],
        )
        for lang in names
    ]
    return {
        "since": waiter.since if waiter else None,
        "until": waiter.until if waiter else None,
        "reasons": [
            {"lang": lull.lang, "code": lull.code, "text": lull.text, "open": lull.open, "in_hands": lull.in_hands}
            for lull in lulls
        ],
    }
