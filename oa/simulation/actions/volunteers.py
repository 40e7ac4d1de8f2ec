"""What one person does during a visit: ask, look, answer or skip, take the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from random import Random
from typing import Any

from oa.simulation.actions.sessions import API, Reply, Session
from oa.simulation.actions.world import World
from oa.simulation.rules import Truth, judge, order, skips, visit_length, write
from oa.tasks.rules import LABELS, RANKINGS, WRITING, Kind

SAVES_DRAFT, NEEDS_MORE_TIME, WAITS = 0.1, 0.05, 0.3
REWRITES = 3

Task = Mapping[str, Any]
Answer = Mapping[str, Any]


@dataclass(slots=True)
class Volunteer:
    """A person at work. Between visits they keep their session and a task they may have in hand."""

    session: Session
    world: World
    dice: Random
    task: Task | None = None
    waiting: bool = False
    gone: bool = False

    async def visit(self) -> bool:
        """Work for a while; False when there was nothing for this person."""
        if not self.session.signed_in:
            await self.session.sign_in()
        if self.waiting:
            self.task, self.waiting = self.task or await self._from_hand(), False
        left = visit_length(rng=self.dice)
        while left > 0 and self.world.begin():
            left -= 1
            self.task = self.task or await self._ask()
            if self.task is None:
                self.world.give_back()
                return False
            self.task = await self._do(self.task, more=left > 0)
        return True

    async def _ask(self) -> Task | None:
        reply = await self.session.call("POST", f"{API}/tasks/next", self._wish(), what="next")
        if not reply.ok:
            return await self._refused_a_task(reply)
        return self._given(reply.body)

    def _wish(self) -> dict[str, object]:
        """Any task will do. Some people wait for one when there is none, and look for it on their next visit."""
        return {"kind": "any", "wait": self.dice.random() < WAITS}

    def _given(self, body: Mapping[str, Any]) -> Task | None:
        """The task in an answer, which may be none, or a refusal beside a first part that stands."""
        if "code" in body:
            self.world.tally.refused[body["code"]] += 1
            return None
        self.waiting = bool(body["waiting"] and body["waiting"]["since"])
        self.world.tally.empty += body["task"] is None
        task: Task | None = body["task"]
        return task

    async def _refused_a_task(self, reply: Reply) -> Task | None:
        self.world.tally.refused[reply.code] += 1
        if reply.status == HTTPStatus.UNAUTHORIZED:
            await self.session.sign_in()
        elif reply.code == "too_many_in_hand":
            return await self._from_hand()
        else:
            self.gone = True  # disabled, most likely: who is turned away stays away
        return None

    async def _from_hand(self) -> Task | None:
        """What was given to somebody who waited, or in an answer that got lost on the way."""
        held = await self.session.call("GET", f"{API}/tasks?status=leased")
        if not (held.ok and held.body["results"]):
            return None
        task = await self.session.call("GET", f"{API}/tasks/{held.body['results'][0]['id']}")
        return task.body if task.ok else None

    async def _do(self, task: Task, *, more: bool) -> Task | None:
        """Answer or skip one task. Returns the next one if `more` are wanted and there is one."""
        follow = {"next": self._wish()} if more else {}
        if reason := skips(self.session.person, rng=self.dice):
            self.world.give_back()
            body = {"reason": reason.value, "note": "", **follow}
            reply = await self.session.call("POST", f"{API}/tasks/{task['id']}/skip", body, what="skip")
            self.world.tally.skipped += reply.ok
            return self._next_of(reply, more=more)
        await self._hesitate(task)
        return await self._submit(task, follow)

    async def _hesitate(self, task: Task) -> None:
        """Some people save what they have, some need longer than a lease."""
        if Kind(task["kind"]) in WRITING and self.dice.random() < SAVES_DRAFT:
            draft = {"content": {"text": "Let me think"}}
            kept = await self.session.call("PUT", f"{API}/tasks/{task['id']}/draft", draft, what="draft")
            self._count(kept, "drafts")
        if self.dice.random() < NEEDS_MORE_TIME:
            longer = await self.session.call("POST", f"{API}/tasks/{task['id']}/extend", {}, what="extend")
            self._count(longer, "extended")

    def _count(self, reply: Reply, name: str) -> None:
        tally = self.world.tally
        if reply.ok:
            setattr(tally, name, getattr(tally, name) + 1)
        else:
            tally.refused[reply.code] += 1

    async def _submit(self, task: Task, follow: Mapping[str, Any]) -> Task | None:
        kind, person = Kind(task["kind"]), self.session.person
        for attempt in range(REWRITES):
            answer, truth = self._compose(task, kind)
            # Named after the task: sent again after a lost answer, it is known again.
            key = f"simulate-{task['id']}-{attempt}"
            path = f"{API}/tasks/{task['id']}/submit"
            reply = await self.session.call("POST", path, {**answer, **follow}, key=key, what=kind.value)
            if reply.code != "same_text_again":
                break
            self.world.tally.refused[reply.code] += 1
        if reply.ok:
            self.world.record(kind=kind.value, task_id=task["id"], email=person.email, body=reply.body)
            if truth is not None:
                self.world.truths[reply.body["result"]["message_id"]] = truth
        else:
            self.world.give_back()
        return self._next_of(reply, more=bool(follow))

    def _compose(self, task: Task, kind: Kind) -> tuple[Answer, Truth | None]:
        """What this person answers, and for a text what it is worth."""
        person = self.session.person
        if kind in LABELS:
            truth = self.world.truth(task["message_id"])
            return {"labels": judge(person, truth, labels=task["form"]["labels"], rng=self.dice)}, None
        if kind in RANKINGS:
            replies = {reply["id"]: self.world.truth(reply["id"]) for reply in task["replies"]}
            return order(person, replies, rng=self.dice), None
        text, truth = write(person, kind=kind, lang=task["lang"], rng=self.dice)
        return {"text": text}, truth

    def _next_of(self, reply: Reply, *, more: bool) -> Task | None:
        if not reply.ok:
            self.world.tally.refused[reply.code] += 1
            return None
        return self._given(reply.body["next"]) if more else None
