"""From conversations to trees: those that begin alike are one tree, whose ids follow from its texts alone."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from oa.datasets.rules.conversations import Conversation, note_places
from oa.datasets.rules.fields import Broken, Entry
from oa.datasets.rules.foreign.talks import PROMPTER, Talk
from oa.datasets.rules.states import Into
from oa.trees.rules import State, role_at

# The name space of texts. Changed, every file would come in a second time.
TEXTS = uuid.UUID("3d0a4a53-7c0c-5ab0-9a3e-0f6f4f6f2d7b")

_STATES = {
    Into.ARCHIVE: State.BACKLOG_RANKING,
    Into.RANKING: State.BACKLOG_RANKING,
    Into.LIVE: State.GROWING,
    Into.REVIEW: State.INITIAL_PROMPT_REVIEW,
    Into.LOTTERY: State.PROMPT_LOTTERY_WAITING,
}
ONLY_PROMPTS = frozenset({Into.REVIEW, Into.LOTTERY})


@dataclass(frozen=True, slots=True)
class Planting:
    """What imported conversations are made into. `system_first`: system texts are set before the prompt."""

    into: Into = Into.ARCHIVE
    model_name: str = ""
    synthetic_prompts: bool = False
    system_first: bool | None = None

    @property
    def keeps_system(self) -> bool:
        """Without them some answers can't be understood; a person who is asked for one needs none."""
        return self.into not in ONLY_PROMPTS if self.system_first is None else self.system_first

    def fitted(self, talk: Talk) -> Talk:
        """What of a conversation is taken."""
        texts = list(talk.texts)
        if talk.system and self.keeps_system:
            texts[0] = f"{talk.system}\n\n{texts[0]}"
        return replace(talk, texts=texts[:1] if self.into in ONLY_PROMPTS else texts)


def id_of_path(above: uuid.UUID | None, text: str, lang: str) -> uuid.UUID:
    """The id of a text below another; that of a prompt depends on its language too. Where it came from says nothing,
    so that a second file finds what the first one brought."""
    return uuid.uuid5(above or TEXTS, text if above else f"{lang}\n{text}")


def grow(talks: Sequence[Talk], planting: Planting, *, lang: str, notes: Counter[str]) -> Conversation:
    """One tree of conversations with the same prompt. Broken where it can't go where it is wished."""
    made = Conversation(_STATES[planting.into], [], line=talks[0].line, grown=True)
    known: set[uuid.UUID] = set()
    for number, talk in enumerate(talks):
        new = _add(talk, made, known, planting, lang)
        made.joined += bool(number and new)
        made.repeated += bool(number and not new)
        if talk.system:
            notes["system texts set before the prompt" if planting.keeps_system else "system texts left out"] += 1
    _refuse_misplaced(made, planting.into)
    # Parents first, level by level, as all trees are; siblings in the order of the file.
    made.entries.sort(key=lambda entry: entry.depth)
    note_places(made.entries)
    return made


def _add(talk: Talk, made: Conversation, known: set[uuid.UUID], planting: Planting, lang: str) -> int:
    above: uuid.UUID | None = None
    new = 0
    for depth, (text, name) in enumerate(zip_longest(talk.texts, talk.names[: len(talk.texts)], fillvalue="")):
        pk = id_of_path(above, text, lang)
        if pk not in known:
            known.add(pk)
            new += 1
            entry = _entry(str(pk), text, depth, name, planting)
            entry.parent_id, entry.lang, entry.line = str(above) if above else None, lang, talk.line
            made.entries.append(entry)
        above = pk
    return new


def _entry(message_id: str, text: str, depth: int, name: str, planting: Planting) -> Entry:
    role = role_at(depth)
    synthetic = role != PROMPTER or planting.synthetic_prompts
    model = (planting.model_name or name) if synthetic else ""
    return Entry(
        message_id=message_id, parent_id=None, user_id=None, created_date=None, text=text, role=role, lang="",
        review_count=0, review_result=_accepted(planting.into, depth), deleted=False, rank=None, synthetic=synthetic,
        model_name=model or None, emojis=None, labels=None, detoxify=None, depth=depth,
    )  # fmt: skip


def _accepted(into: Into, depth: int) -> bool | None:
    """In the archive, the backlog and the lottery all counts as accepted, as the original did; people review the
    prompts that are brought for review, and the replies of trees they are to go on with."""
    if into is Into.REVIEW or into is Into.LIVE and depth:
        return None
    return True


def _refuse_misplaced(made: Conversation, into: Into) -> None:
    if into in ONLY_PROMPTS:
        return
    if len(made.entries) == 1:
        raise Broken("no_answer", "it is a prompt without an answer: bring it into review or into the lottery")
    above = Counter(entry.parent_id for entry in made.entries if entry.depth % 2)
    if into is Into.RANKING and max(above.values()) < 2:
        words = "none of its messages has two answers that could be ranked: bring it into the archive, or live"
        raise Broken("nothing_to_rank", words)
