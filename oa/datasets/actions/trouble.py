"""What goes wrong on the demo site: spam, quarrels, a careless reviewer, appeals. By the actions that people's own
browsers call, so that the log and the ledgers tell the truth, and by no dice: each demo has the same."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from oa.accounts import actions as accounts
from oa.accounts.models import Terms, User
from oa.community import actions as community
from oa.community.rules import Emoji
from oa.core.verbs import verb
from oa.datasets.actions.demo import DEMO
from oa.moderation import actions as moderation
from oa.moderation.rules import Reason, ReportReason
from oa.tasks import actions as tasks
from oa.tasks.models import Task
from oa.tasks.rules import Kind, SkipReason, Status
from oa.trees.models import Message
from oa.trees.rules import State

DICE = 7
LEASE = timedelta(minutes=30)
# Addresses that are kept for examples (RFC 5737): the spammers share one.
ONE_NETWORK = "203.0.113.7"
OUR_LANGUAGE = "en"


@cache
def told() -> dict[str, Any]:
    """The demo's troubles, as they stand in their file."""
    return tomllib.loads((DEMO / "trolls.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class Stage:
    """Who is on, what time it is, and what they can do."""

    now: datetime
    terms: Terms
    cast: dict[str, User] = field(default_factory=dict)
    rng: Random = field(default_factory=lambda: Random(DICE))

    def later(self, **much: float) -> datetime:
        self.now += timedelta(**much)
        return self.now

    def joins(self, name: str) -> User:
        """Somebody who has accepted the terms, and can't sign in: nobody knows their password."""
        address = f"{name.lower().replace(' ', '.')}@example.net"
        made = User.objects.create_user(
            address, display_name=name, languages=[OUR_LANGUAGE], writing_languages=[OUR_LANGUAGE], created_at=self.now
        )
        accounts.accept_terms(version=self.terms.version, by=made, now=self.now)
        made.refresh_from_db()
        self.cast[name] = made
        return made

    def asks(self, by: User, text: str) -> Message:
        """They write a prompt."""
        open_ones = Task.objects.open().filter(kind=Kind.INITIAL_PROMPT, lang=OUR_LANGUAGE)
        return Message.objects.get(pk=self._hands_in(open_ones, by, text=text)["message_id"])

    def reviews(self, by: User, message: Message, **labels: float) -> None:
        kinds = (Kind.LABEL_INITIAL_PROMPT, Kind.LABEL_ASSISTANT_REPLY, Kind.LABEL_PROMPTER_REPLY)
        self._hands_in(Task.objects.open().filter(kind__in=kinds, message=message), by, labels={"spam": 0, **labels})

    def skips(self, by: User, message: Message) -> None:
        task = self._sits(Task.objects.open().filter(kind=Kind.ASSISTANT_REPLY, message=message), by)
        tasks.skip(task_id=task.pk, reason=SkipReason.BAD_MESSAGE, by=by, now=self.later(seconds=20))

    def flags(self, by: User, message: Message) -> None:
        community.react(message_id=message.pk, emoji=Emoji.RED_FLAG, by=by, now=self.later(seconds=20))
        tasks.restock_tree(tree_id=message.tree_id, now=self.now)

    def reports(self, by: User, message: Message, reason: ReportReason, note: str = "") -> None:
        moderation.report(message_id=message.pk, reason=reason, note=note, by=by, now=self.later(minutes=1))

    def _hands_in(self, seats: Any, by: User, **answer: Any) -> dict[str, Any]:
        task = self._sits(seats, by)
        now = self.later(seconds=1 if by is self.cast.get(told()["accounts"]["careless"]) else 40)
        done = tasks.submit(task_id=task.pk, answer=tasks.Answer(**answer), by=by, now=now, rng=self.rng).task
        return done.result or {}

    def _sits(self, seats: Any, by: User) -> Task:
        """The seat that the story is about becomes theirs, as a claim would do with one drawn by lot."""
        task: Task = seats.order_by("id")[:1].get()
        task.status, task.assignee, task.leased_at, task.expires_at = Status.LEASED, by, self.now, self.now + LEASE
        task.shown = None if task.kind in (Kind.INITIAL_PROMPT, Kind.ASSISTANT_REPLY) else {"mode": "full"}
        task.save()
        return task


@verb
def seed_trouble(*, second: User, now: datetime) -> int:
    """Let everything go wrong that a moderator should see once; `second` is the moderator who was here before.

    Returns how many people took part; 0 if it happened before, or there is nothing to write yet.
    """
    names = told()["accounts"]
    terms = Terms.objects.current()
    if terms is None or User.objects.filter(display_name=names["rude"], email__endswith="@example.net").exists():
        return 0
    if Task.objects.open().filter(kind=Kind.INITIAL_PROMPT, lang=OUR_LANGUAGE).count() < MOST_PROMPTS:
        return 0
    stage = Stage(now=now - timedelta(hours=20), terms=terms)
    others = [names[role] for role in ("rude", "pushy", "careless", "senseless", "banned", "wronged")]
    for name in (*names["careful"], *others, *names["spammers"]):
        stage.joins(name)
    visitors = [stage.joins(f"Visitor {number}") for number in range(1, names["visitors"] + 1)]
    for scene in (_spam, _quarrels, _carelessness, _judged_anew, _decided_before):
        scene(stage, second)
    _crowd(stage, visitors)
    for role in ("careless", "senseless"):
        moderation.doubt_person(person_id=stage.cast[names[role]].pk)
    return len(stage.cast)


# Enough prompts to write for the whole story.
MOST_PROMPTS = 40


def _careful(stage: Stage) -> list[User]:
    return [stage.cast[name] for name in told()["accounts"]["careful"]]


def _spam(stage: Stage, _second: User) -> None:
    """Four accounts of one network send the same in twelve spellings; two people report some of it."""
    spammers = [stage.cast[name] for name in told()["accounts"]["spammers"]]
    sent = []
    for number, text in enumerate(told()["spam"]["texts"]):
        by = spammers[number % len(spammers)]
        sent.append(stage.asks(by, text))
        moderation.note_sighting(person_id=by.pk, address=ONE_NETWORK, now=stage.later(minutes=4))
    ida, jon, *_rest = _careful(stage)
    stage.reports(ida, sent[0], ReportReason.SPAM, "The third time today.")
    stage.reports(jon, sent[0], ReportReason.SPAM)
    stage.reports(jon, sent[5], ReportReason.SPAM, "Again the shoes.")


def _quarrels(stage: Stage, _second: User) -> None:
    """Texts that somebody should look at: hateful, insulting, pushy, senseless, with a neighbour's address."""
    texts, names = told()["texts"], told()["accounts"]
    rude, pushy = stage.cast[names["rude"]], stage.cast[names["pushy"]]
    ida, jon, kim, lea, *_rest = _careful(stage)
    hateful, insulting = (stage.asks(rude, texts[name]) for name in ("hateful", "insulting"))
    for by in (ida, jon):
        stage.reviews(by, hateful, hate_speech=1, toxicity=0.75, not_appropriate=1)
    stage.reports(kim, hateful, ReportReason.HATE, "About a whole village.")
    stage.reports(lea, insulting, ReportReason.OTHER, "Insults one of us.")
    stage.reports(jon, stage.asks(pushy, texts["pushy"]), ReportReason.OTHER, "An election campaign.")
    stage.asks(pushy, texts["off_topic"])
    stage.reports(ida, stage.asks(rude, texts["leak"]), ReportReason.PERSONAL_DATA, "A real person?")


def _carelessness(stage: Stage, _second: User) -> None:
    """One reviewer accepts within a second what everybody else rejects; about one prompt people are split."""
    hasty, babble = (stage.cast[told()["accounts"][role]] for role in ("careless", "senseless"))
    ida, jon, kim, lea, max_, nia = _careful(stage)
    for text in told()["texts"]["nonsense"]:
        prompt = stage.asks(babble, text)
        stage.reviews(hasty, prompt)
        for by in (ida, nia):
            stage.reviews(by, prompt, spam=1)
    split = stage.asks(max_, told()["texts"]["split"])
    for by, spam in ((kim, 0), (lea, 1), (jon, 0)):
        stage.reviews(by, split, spam=spam)


def _judged_anew(stage: Stage, second: User) -> None:
    """A reply that people have answered is changed by a moderator, and its new reviewers reject it."""
    answered = Message.objects.accepted().filter(
        tree__state=State.GROWING, tree__archived=False, lang=OUR_LANGUAGE, depth=1, children_count__gt=0
    )
    reply = answered.order_by("id").first()
    if reply is None:
        return
    text, words = told()["texts"]["edited"], told()["words"]
    moderation.edit_message(
        message_id=reply.pk, text=text, why=words["edit"], reason=Reason.LOW_QUALITY, by=second,
        now=stage.later(hours=1),
    )  # fmt: skip
    for by in _careful(stage)[:3]:
        stage.reviews(by, reply, spam=1)


def _decided_before(stage: Stage, second: User) -> None:
    """What the other moderator has done: some of it for somebody else to look at again."""
    texts, words, names = told()["texts"], told()["words"], told()["accounts"]
    vex, tilda, pushy = (stage.cast[names[role]] for role in ("banned", "wronged", "pushy"))
    ida, *_rest = _careful(stage)
    stage.later(hours=2)
    moderation.warn(person_id=pushy.pk, why=words["warn"], reason=Reason.OTHER, by=second, now=stage.later(minutes=5))
    moderation.add_note(person_id=stage.cast[names["spammers"][0]].pk, text=words["note"], by=second, now=stage.now)
    provoking, fugue = stage.asks(vex, texts["banned_first"]), stage.asks(tilda, texts["wronged"])
    moderation.halt_tree(tree_id=provoking.tree_id, why=words["halt"], by=second, now=stage.later(minutes=5))
    moderation.resume_tree(tree_id=provoking.tree_id, why=words["resume"], by=second, now=stage.later(minutes=5))
    banned = moderation.ban_person(
        person_id=vex.pk, why=words["ban"], reason=Reason.HARASSMENT, by=second, now=stage.later(minutes=5)
    )
    deleted = moderation.delete_message(
        message_id=fugue.pk, why=words["wrong_deletion"], reason=Reason.DUPLICATE, by=second, now=stage.later(minutes=5)
    )
    moderation.appeal(decision_id=banned.pk, text=words["appeal_ban"], by=vex, now=stage.later(hours=3))
    moderation.appeal(decision_id=deleted.pk, text=words["appeal_deletion"], by=tilda, now=stage.later(hours=1))
    leak = Message.objects.get(text=texts["leak"])
    moderation.ask_purge(
        message_id=leak.pk, why=words["purge"], reason=Reason.PERSONAL_DATA, by=second, now=stage.later(minutes=5)
    )


def _crowd(stage: Stage, visitors: list[User]) -> None:
    """Many people skip one prompt until its tree stops; three flag a prompt, and a fourth flag ends another."""
    texts, rude = told()["texts"], stage.cast[told()["accounts"]["rude"]]
    flagged, stopped = (stage.asks(rude, texts[name]) for name in ("flagged", "stopped"))
    for by in visitors[:3]:
        stage.flags(by, flagged)
    for by in visitors[:4]:
        stage.flags(by, stopped)
    shunned = Message.objects.filter(
        depth=0, lang=OUR_LANGUAGE, tree__state=State.GROWING, tree__archived=False, children_count=0,
        tasks__status=Status.OPEN, tasks__kind=Kind.ASSISTANT_REPLY,
    ).order_by("id").first()  # fmt: skip
    for by in visitors if shunned else []:
        if Task.objects.open().filter(kind=Kind.ASSISTANT_REPLY, message=shunned).exists():
            stage.skips(by, shunned)  # type: ignore[arg-type]  # none without one
