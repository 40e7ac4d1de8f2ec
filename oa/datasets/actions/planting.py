"""Trees out of files of other projects' forms: conversations are gathered by their prompts, then grown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from oa.datasets.actions.beds import Beds
from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Broken
from oa.datasets.rules.foreign import READERS, Foreign, Talk, grow
from oa.datasets.rules.wishes import Wish
from oa.screening.actions.language import likeliest_languages
from oa.screening.rules import guess_language


@dataclass(frozen=True, slots=True)
class Refused:
    """A line, or the tree that begins there, that is not taken."""

    line: int
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A line of which something was put right or left out; the rest of it is taken."""

    line: int
    code: str
    words: str


Found = Conversation | Refused | Repaired


class Nursery:
    """Takes conversations in as they are read, and gives trees when all are there."""

    def __init__(self, wish: Wish, notes: Counter[str]) -> None:
        self.wish, self.notes = wish, notes
        self.planting = wish.planting
        self._beds = Beds()

    def close(self) -> None:
        self._beds.close()

    def row(self, form: Foreign, row: object, line: int) -> Iterator[Refused | Repaired]:
        """Put aside what a row holds, and tell what is wrong with it."""
        options = {"column": self.wish.column} if form is Foreign.PROMPTS else {}
        try:
            for talk in READERS[form](row, line=line, **options):
                yield from self.put(talk)
        except Broken as broken:
            yield Refused(line, broken.code, broken.words)

    def put(self, talk: Talk) -> Iterator[Repaired]:
        if self.wish.only_prompts:
            # What follows the prompt is not asked for, so nothing of it is missed.
            talk.cuts = [cut for cut in talk.cuts if cut[0] == "begins_with_assistant"]
        for code, words in talk.cuts:
            yield Repaired(talk.line, code, words)
        self._beds.put(self.planting.fitted(talk))

    def trees(self) -> Iterator[Conversation | Refused]:
        for talks in self._beds.groups():
            try:
                lang = self._language(talks)
                made = grow(talks, self.planting, lang=lang, notes=self.notes)
            except Broken as broken:
                for talk in talks:
                    yield Refused(talk.line, broken.code, broken.words)
                continue
            yield made

    def _language(self, talks: list[Talk]) -> str:
        """Of the prompt, as far as it can be told; of all that was answered, where it is too short to tell."""
        if talks[0].lang:
            return talks[0].lang
        declared = self.wish.lang
        for text in (talks[0].texts[0], "\n".join(text for talk in talks[:20] for text in talk.texts)):
            found = guess_language(text, declared=declared, guesser=likeliest_languages).language
            if found:
                return found
        if declared:
            return declared
        raise Broken("language_unsure", "its language can't be told; name one for such texts (--lang)")
