"""The forms there are: what makes their rows, which columns they have, what they read, what they are in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.forms import judgements, oasst, preferences, toxicity, turns
from oa.datasets.rules.forms.columns import Schema
from oa.datasets.rules.forms.dress import Dress, Row

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Rows = Callable[[Conversation, Sequence[Entry], Dress], Iterable[Row]]


class Form(StrEnum):
    """What a row of a data set is."""

    TREES = "trees"
    MESSAGES = "messages"
    PROMPTS = "prompts"
    HF = "hf"
    THREADS = "threads"
    SFT = "sft"
    SFT_BEST = "sft_best"
    PROMPT_COMPLETION = "prompt_completion"
    PREFERENCE = "preference"
    RANKED = "ranked"
    KTO = "kto"
    TOXICITY = "toxicity"
    JUDGEMENTS = "judgements"


class Part(Enum):
    """What a stream of trees can bring beside the messages themselves, and can spare where nobody reads it."""

    LABELS = "labels"
    EMOJIS = "emojis"
    DETOXIFY = "detoxify"
    GROUPS = "groups"
    JUDGEMENTS = "judgements"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One form.

    rows     makes the rows of one tree
    columns  all there are; `columns_of` leaves out what a dress leaves out
    reads    the parts its rows are made of; without one its columns are null
    words    one sentence for people, translated
    lean     in JSON Lines nulls are left out, as in the published files; else every row has every column
    single   makes sense of messages without those above them (list modes)
    """

    rows: Rows
    columns: Schema
    words: StrOrPromise
    reads: frozenset[Part] = frozenset()
    lean: bool = False
    single: bool = False


SAID = frozenset({Part.LABELS, Part.EMOJIS, Part.DETOXIFY})

FORMS: Mapping[Form, Pattern] = {
    Form.TREES: Pattern(
        oasst.tree_rows, oasst.TREES, _("Whole trees, one a line, in the form of Open-Assistant."),
        reads=SAID, lean=True,
    ),
    Form.MESSAGES: Pattern(
        oasst.flat_rows, oasst.MESSAGES, _("Messages, one a line, in the form of Open-Assistant."),
        reads=SAID, lean=True, single=True,
    ),
    Form.PROMPTS: Pattern(
        oasst.prompt_rows, oasst.MESSAGES, _("Only the prompts that begin the trees, as messages."),
        reads=SAID, lean=True,
    ),
    Form.HF: Pattern(
        oasst.hf_rows, oasst.HF, _("Messages with the columns of oasst1 on Hugging Face, nulls and all."),
        reads=SAID, single=True,
    ),
    Form.THREADS: Pattern(
        oasst.thread_rows, oasst.THREADS, _("Conversations from the prompt to each last reply, one a line."),
    ),
    Form.SFT: Pattern(
        turns.sft_rows, turns.SFT, _("Conversations that end with an answer, for supervised fine-tuning."),
        reads=frozenset({Part.LABELS}),
    ),
    Form.SFT_BEST: Pattern(
        turns.sft_best_rows, turns.SFT, _("Of each tree the one conversation with the best answers."),
        reads=frozenset({Part.LABELS}),
    ),
    Form.PROMPT_COMPLETION: Pattern(
        turns.prompt_completion_rows, turns.PROMPT_COMPLETION, _("Each answer with the conversation before it."),
        reads=frozenset({Part.LABELS}),
    ),
    Form.PREFERENCE: Pattern(
        preferences.preference_rows, preferences.PREFERENCE,
        _("Two answers to the same message and which of them people preferred, for DPO and reward models."),
        reads=frozenset({Part.GROUPS}),
    ),
    Form.RANKED: Pattern(
        preferences.ranked_rows, preferences.RANKED, _("All ranked answers to a message, best first."),
        reads=frozenset({Part.GROUPS}),
    ),
    Form.KTO: Pattern(
        preferences.kto_rows, preferences.KTO, _("Single answers, each a good or a bad example, for KTO."),
        reads=frozenset({Part.GROUPS, Part.LABELS, Part.EMOJIS}),
    ),
    Form.TOXICITY: Pattern(
        toxicity.toxicity_rows, toxicity.TOXICITY_ROW, _("Messages with toxicity as machines and as people see it."),
        reads=frozenset({Part.LABELS, Part.DETOXIFY}),
    ),
    Form.JUDGEMENTS: Pattern(
        judgements.judgement_rows, judgements.JUDGEMENTS, _("Every single review, ballot, skip and reaction."),
        reads=frozenset({Part.JUDGEMENTS}),
    ),
}  # fmt: skip


def columns_of(form: Form, dress: Dress) -> Schema:
    """The columns of a file in this form: of lean ones without the parts that are not written at all."""
    pattern = FORMS[form]
    if not pattern.lean:
        return pattern.columns
    written = {
        "labels": dress.labels,
        "emojis": dress.emojis,
        "detoxify": dress.detoxify,
        "events": dress.events is not None,
    }
    return {name: column for name, column in pattern.columns.items() if written.get(name, True)}
