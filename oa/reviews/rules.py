"""The labels, who is asked for which, and what a handful of reviews comes to. No database in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oa.core.errors import Invalid
from oa.trees.rules import Policy, Role


class Label(TextChoices):
    """The fifteen labels, in the order in which exports list them."""

    SPAM = "spam", gettext_lazy("Spam")
    FAILS_TASK = "fails_task", gettext_lazy("Fails to do what was asked")
    LANG_MISMATCH = "lang_mismatch", gettext_lazy("Wrong language")
    PII = "pii", gettext_lazy("Contains personal data")
    NOT_APPROPRIATE = "not_appropriate", gettext_lazy("Not appropriate")
    HATE_SPEECH = "hate_speech", gettext_lazy("Hate speech")
    SEXUAL_CONTENT = "sexual_content", gettext_lazy("Sexual content")
    MORAL_JUDGEMENT = "moral_judgement", gettext_lazy("Judges morally")
    POLITICAL_CONTENT = "political_content", gettext_lazy("Political")
    QUALITY = "quality", gettext_lazy("Quality")
    TOXICITY = "toxicity", gettext_lazy("Rudeness")
    HUMOR = "humor", gettext_lazy("Humour")
    HELPFULNESS = "helpfulness", gettext_lazy("Helpfulness")
    CREATIVITY = "creativity", gettext_lazy("Creativity")
    VIOLENCE = "violence", gettext_lazy("Violence")


L = Label


class Widget(TextChoices):
    """How a label is asked for: yes or no, a flag that is set or not, or five points."""

    YES_NO = "yes_no", gettext_lazy("yes or no")
    FLAG = "flag", gettext_lazy("flag")
    LIKERT = "likert", gettext_lazy("five points")


class Mode(TextChoices):
    """Whether all labels are asked for or only the short form."""

    SIMPLE = "simple", gettext_lazy("short form")
    FULL = "full", gettext_lazy("all labels")


WIDGETS: dict[Label, Widget] = {
    L.SPAM: Widget.YES_NO,
    L.FAILS_TASK: Widget.YES_NO,
    L.LANG_MISMATCH: Widget.FLAG,
    L.PII: Widget.FLAG,
    L.NOT_APPROPRIATE: Widget.FLAG,
    L.HATE_SPEECH: Widget.FLAG,
    L.SEXUAL_CONTENT: Widget.FLAG,
    L.MORAL_JUDGEMENT: Widget.FLAG,
    L.POLITICAL_CONTENT: Widget.FLAG,
    L.QUALITY: Widget.LIKERT,
    L.TOXICITY: Widget.LIKERT,
    L.HUMOR: Widget.LIKERT,
    L.HELPFULNESS: Widget.LIKERT,
    L.CREATIVITY: Widget.LIKERT,
    L.VIOLENCE: Widget.LIKERT,
}

# The two poles of each scale of five points, lowest first.
POLES: dict[Label, tuple[object, object]] = {
    L.QUALITY: (gettext_lazy("low quality"), gettext_lazy("high quality")),
    L.TOXICITY: (gettext_lazy("polite"), gettext_lazy("rude")),
    L.HUMOR: (gettext_lazy("serious"), gettext_lazy("humorous")),
    L.HELPFULNESS: (gettext_lazy("unhelpful"), gettext_lazy("helpful")),
    L.CREATIVITY: (gettext_lazy("ordinary"), gettext_lazy("creative")),
    L.VIOLENCE: (gettext_lazy("harmless"), gettext_lazy("violent")),
}

HELP: dict[Label, object] = {
    L.SPAM: gettext_lazy("Advertising, nonsense, or plainly not meant seriously."),
    L.FAILS_TASK: gettext_lazy("It does not answer what was asked, or does something else."),
    L.LANG_MISMATCH: gettext_lazy("It is not written in the language it is filed under."),
    L.PII: gettext_lazy("It names or identifies a private person: address, telephone, account."),
    L.NOT_APPROPRIATE: gettext_lazy("Not something to show in public or to anybody's child."),
    L.HATE_SPEECH: gettext_lazy("It attacks people for what they are."),
    L.SEXUAL_CONTENT: gettext_lazy("It is sexual in content."),
    L.MORAL_JUDGEMENT: gettext_lazy("It passes moral judgement on somebody."),
    L.POLITICAL_CONTENT: gettext_lazy("It takes a political stand."),
    L.QUALITY: gettext_lazy("How well it is written and thought out."),
    L.TOXICITY: gettext_lazy("How rude or hostile its tone is."),
    L.HUMOR: gettext_lazy("How humorous it is meant to be."),
    L.HELPFULNESS: gettext_lazy("How far it helps the person who asked."),
    L.CREATIVITY: gettext_lazy("How original it is."),
    L.VIOLENCE: gettext_lazy("How far it encourages or describes violence."),
}

_COMMON = (
    L.LANG_MISMATCH, L.PII, L.NOT_APPROPRIATE, L.HATE_SPEECH, L.SEXUAL_CONTENT,
    L.QUALITY, L.TOXICITY, L.HUMOR,
)  # fmt: skip
_PROMPTER = (L.SPAM, *_COMMON, L.CREATIVITY, L.VIOLENCE)
_ASSISTANT = (L.SPAM, L.FAILS_TASK, *_COMMON, L.HELPFULNESS, L.CREATIVITY, L.VIOLENCE)

MANDATORY = frozenset({L.SPAM})


@dataclass(frozen=True, slots=True)
class Form:
    """What one reviewer is asked: the labels in order, which of them must be answered, the mode."""

    labels: tuple[Label, ...]
    mandatory: frozenset[Label]
    mode: Mode


def form_for(*, role: str, depth: int, mode: Mode) -> Form:
    """The form for a message: eleven labels for a prompter's, thirteen for an assistant's.

    The short form asks for spam and wrong language, and of replies for their quality.
    """
    if mode is Mode.FULL:
        labels = _ASSISTANT if role == Role.ASSISTANT else _PROMPTER
    else:
        labels = (L.SPAM, L.LANG_MISMATCH, *((L.QUALITY,) if depth else ()))
    return Form(labels=labels, mandatory=MANDATORY, mode=mode)


def draw_mode(*, role: str, depth: int, policy: Policy, rng: Random) -> Mode:
    """Which form this reviewer gets."""
    chance = policy.p_full_labeling_review_prompt
    if depth:
        assistant = role == Role.ASSISTANT
        chance = (
            policy.p_full_labeling_review_reply_assistant if assistant else policy.p_full_labeling_review_reply_prompter
        )
    return Mode.FULL if rng.random() < chance else Mode.SIMPLE


def clean_labels(given: Mapping[str, object], form: Form) -> dict[str, float]:
    """The answers as they are kept, in label order. An unanswered question (None) is absent, never 0.

    Raises Invalid for labels the form doesn't ask for, missing mandatory ones, values that are no
    numbers between 0 and 1, and anything but 0 or 1 where the answer is yes or no.
    """
    answered = {name: value for name, value in given.items() if value is not None}
    _refuse_unknown(answered, form)
    missing = [label.value for label in form.labels if label in form.mandatory and label not in answered]
    if missing:
        raise Invalid(
            "label_missing",
            _("Please answer: %s.") % ", ".join(missing),
            remedy=_("Only the questions marked as mandatory must be answered."),
            labels=missing,
        )
    return {label.value: _clean_value(label, answered[label]) for label in form.labels if label in answered}


def _refuse_unknown(answered: Mapping[str, object], form: Form) -> None:
    unknown = sorted(set(answered) - {label.value for label in form.labels})
    if unknown:
        raise Invalid(
            "unknown_label",
            _("This message is not labelled with: %s.") % ", ".join(name[:40] for name in unknown[:20]),
            remedy=_("Send only the labels listed in the task."),
            labels=[name[:40] for name in unknown[:20]],
        )


def _clean_value(label: Label, value: object) -> float:
    if isinstance(value, bool):
        value = float(value)
    if not isinstance(value, int | float) or not 0 <= value <= 1:  # so neither NaN nor infinity
        raise Invalid("bad_label_value", _("“%s” takes a number between 0 and 1.") % label.value)
    if WIDGETS[label] is not Widget.LIKERT and value not in (0, 1):
        raise Invalid("bad_label_value", _("“%s” is answered with 0 (no) or 1 (yes).") % label.value)
    return float(value)


@dataclass(frozen=True, slots=True)
class Tally:
    """The reviews of one message so far: how many, and the sums of what decides about it."""

    reviews: int
    spam: float
    lang_mismatch: float

    def score(self) -> float:
        """1 - (mean spam + mean language mismatch), between -1 and 1; unanswered counts as no."""
        return 1 - (self.spam + self.lang_mismatch) / self.reviews


def verdict(tally: Tally, *, depth: int, policy: Policy, extra: int = 0) -> bool | None:
    """Accepted, rejected, or None while reviews are missing: `extra` more are wanted than the policy says."""
    if tally.reviews < policy.reviews_wanted(depth) + extra:
        return None
    return _passes(tally, depth=depth, policy=policy)


def _passes(tally: Tally, *, depth: int, policy: Policy) -> bool:
    threshold = policy.acceptance_threshold_reply if depth else policy.acceptance_threshold_initial_prompt
    return tally.score() > threshold


def leaning(labels: Mapping[str, float], *, depth: int, policy: Policy) -> bool:
    """What one person's labels would come to if they alone decided."""
    alone = Tally(1, spam=labels.get(L.SPAM, 0.0), lang_mismatch=labels.get(L.LANG_MISMATCH, 0.0))
    return _passes(alone, depth=depth, policy=policy)


class ReviewOutcome(TextChoices):
    """How a message came out against what one reviewer said of it."""

    WAITING = "waiting", gettext_lazy("not decided yet")
    STOPPED = "stopped", gettext_lazy("its conversation was stopped")
    CHANGED = "changed", gettext_lazy("the text was changed afterwards")
    DELETED = "deleted", gettext_lazy("deleted by a moderator")
    AGREED = "agreed", gettext_lazy("decided as you said")
    DIFFERED = "differed", gettext_lazy("decided otherwise")


def outcome_of_review(
    *, mine: bool, result: bool | None, counts: bool, deleted: bool, stopped: bool
) -> tuple[ReviewOutcome, str]:
    """What became of a message that somebody reviewed, and the same as a sentence.

    `mine` and `result`: accepted or not; `counts`: the review is about the text as it is now.
    """
    if not counts:
        return ReviewOutcome.CHANGED, _("A moderator changed the text afterwards; it was reviewed again.")
    if deleted:
        return ReviewOutcome.DELETED, _("A moderator deleted it afterwards.")
    if result is None:
        if stopped:
            return ReviewOutcome.STOPPED, _("Its conversation was stopped before it was decided.")
        return ReviewOutcome.WAITING, _("Not decided yet: more people are asked.")
    if mine is result:
        return ReviewOutcome.AGREED, _("Accepted, as you said.") if result else _("Rejected, as you said.")
    return ReviewOutcome.DIFFERED, (
        _("Accepted; you would have rejected it.") if result else _("Rejected; you would have accepted it.")
    )
