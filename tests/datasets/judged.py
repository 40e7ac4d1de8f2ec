"""Sites on which people have judged, an emptied database, and files of judgements for tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from hypothesis.stateful import rule

from oa.accounts.models import User
from oa.community import actions as community
from oa.community.rules import Emoji
from oa.datasets.actions import Order, export_file
from oa.datasets.actions.judgements import Intake, take_in_judgements
from oa.datasets.rules.forms import Form
from oa.datasets.rules.judgements import Pile
from oa.moderation import actions as moderation
from oa.rankings import actions as rankings
from oa.rankings.rules import Vote
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import Kind, SkipReason, Status
from oa.trees import actions as trees
from oa.trees.models import Message
from tests import builders as make
from tests.datasets.files import EVERYTHING, rows_in
from tests.properties.site import DECISIONS, POLICIES, Site, refusals

DEEP: Mapping[str, Any] = {
    "goal_tree_size": 5, "max_tree_depth": 2, "max_children_count": 3, "num_required_rankings": 3,
    "num_reviews_reply": 3,
}  # fmt: skip


def written(folder: Path, name: str, form: Form, **options: Any) -> bytes:
    """An export of everything under its own ids, as bytes; it stays in the folder under this name."""
    out = folder / name
    export_file(str(out), Order(form=form, **{"selection": EVERYTHING, "original_ids": True, **options}))
    return out.read_bytes()


def both(folder: Path, name: str, **options: Any) -> tuple[bytes, bytes]:
    """The trees and the judgements of the site; in `NAME.trees.jsonl` and `NAME.judgements.jsonl`."""
    trees = written(folder, f"{name}.trees.jsonl", Form.TREES, **options)
    return trees, written(folder, f"{name}.judgements.jsonl", Form.JUDGEMENTS, **options)


def brought(path: Path) -> Intake:
    """The judgements of a file taken in, all at once."""
    piles: dict[str, Pile] = {}
    for line, row in enumerate(rows_in(path), start=1):
        name = row["message_tree_id"]
        piles.setdefault(name, Pile(name)).rows.append((line, row))
    return take_in_judgements(batch=list(piles.values()), now=make.LATER)


def empty() -> None:
    """The database as on the first day, without a single person."""
    connection.check_constraints()
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    kept = {"django_migrations", "django_content_type", "auth_permission", "django_site"}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in connection.ops.sql_flush(no_style(), sorted(set(tables) - kept), allow_cascade=True):
            cursor.execute(statement)


def worked_on() -> Message:
    """A tree to its end with everything in it: halves and thirds of labels, a changed text and what was said of it
    before, ties, unacceptable replies, a group nobody could rank, skips with words, reactions."""
    make.policy(**DEEP)
    prompt = make.plant(text="Why is the sky blue?")
    first, critic, *others = make.people(8)
    skipped(prompt, Kind.LABEL_INITIAL_PROMPT, by=first, reason=SkipReason.UNCLEAR, note="My name is Bo, call me")
    make.review(prompt, by=critic, quality=0.1, humor=0.7, toxicity=0.3)
    make.review(prompt, by=others[0], quality=0.2)
    trees.draw_winners(lang="en", places=1, now=make.NOW, rng=make.FAIR)
    tasks.restock_tree(tree_id=prompt.tree_id, now=make.NOW)
    skipped(prompt, Kind.ASSISTANT_REPLY, by=critic, reason=SkipReason.TOO_HARD)
    replies = [make.answer(prompt, by=by) for by in others[:3]]
    for number, reply in enumerate(replies):
        for by in make.people(3):
            make.review(reply, by=by, quality=[0.25, 0.5, 1.0][number], helpfulness=0.1 * (number + 1), violence=0.7)
    changed(replies[0])
    make.review_to_end(make.fresh(replies[0]))
    parent = Message.objects.filter(tasks__kind=Kind.PROMPTER_REPLY, tasks__status=Status.OPEN).order_by("id")[0]
    make.review_to_end(make.answer(parent, by=others[4]))
    reactions = ((first, Emoji.UP), (critic, Emoji.DOWN), (critic, Emoji.SKULL), (others[5], Emoji.RED_FLAG))
    for by, emoji in reactions:
        community.react(message_id=replies[2].pk, emoji=emoji, by=by, now=make.LATER)
    return prompt


def ranked(prompt: Message) -> None:
    """Ballots of every kind on the replies to a message."""
    skipped(prompt, Kind.RANK_ASSISTANT_REPLIES, by=make.person(), reason=SkipReason.OTHER, note="42")
    one, two, three = (reply.pk for reply in make.replies_to(prompt))
    for vote in (
        Vote(((two, one), (three,))),
        Vote(((three,),), unacceptable=frozenset({one, two})),
        Vote((), not_rankable=True),
    ):
        by = make.person()
        task = make.sit(prompt, Kind.RANK_ASSISTANT_REPLIES, by=by, now=make.LATER)
        make.hand_in(task, by=by, now=make.LATER, vote=vote)
    rankings.score(tree_id=prompt.tree_id, now=make.LATER)


def skipped(message: Message, kind: Kind, *, by: User, reason: SkipReason, note: str = "") -> Task:
    task = make.sit(message, kind, by=by)
    return tasks.skip(task_id=task.pk, reason=reason, note=note, by=by, now=make.NOW + timedelta(minutes=1))


def changed(message: Message) -> None:
    """Its text becomes another, and what was said of it is about an earlier one."""
    boss = make.moderator()
    moderation.edit_message(message_id=message.pk, text=make.words(), why="Typo", by=boss, now=make.NOW)


class Busy(Site):
    """A site without Hypothesis: what happens on it, `busy` says."""

    @rule()
    def nothing(self) -> None:
        """A state machine must have a rule."""


def busy(seed: int, *, cycles: int = 60) -> Site:
    """A site on which people and moderators did this and that. Whoever calls it ends it with `teardown`."""
    dice, site = Random(seed), Busy()
    site.a_site_is_in_use(policy=dict(POLICIES[seed % len(POLICIES)]), number=6, dice=dice, cycles=cycles)
    for _round in range(4):
        _this_and_that(site, dice)
        site.now += timedelta(minutes=7)
        site.work_goes_on(dice, cycles // 4)
    return site


def _this_and_that(site: Site, dice: Random) -> None:
    for _ in range(6):
        message = site.pick(Message.objects.all(), dice.randrange(1000))
        by = site.somebody(dice.randrange(1000))
        if message is not None:
            with refusals():
                emoji = dice.choice(list(Emoji))
                community.react(message_id=message.pk, emoji=emoji, by=by, now=site.now)
        with refusals():
            task = tasks.next_task(kinds=list(Kind), langs=["en"], by=by, now=site.now, rng=dice)
            if task is not None:
                tasks.skip(task_id=task.pk, reason=dice.choice(list(SkipReason)), note="…", by=by, now=site.now)
        site.decide(dice.choice(sorted(DECISIONS)), dice)
