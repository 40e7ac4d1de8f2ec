"""A selection told in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oa.datasets.rules.selecting.kinds import Keep, ReviewResult
from oa.trees.rules import Role, State

if TYPE_CHECKING:
    from oa.datasets.rules.selecting.selection import Selection


def sentences(selection: Selection) -> list[str]:
    """What is chosen, one sentence a filter, trees before messages."""
    return [*_of_trees(selection), *_of_messages(selection), *_of_judgements(selection)]


def _of_trees(selection: Selection) -> Iterator[str]:
    states = [str(State(state).label) for state in selection.in_states]
    yield _("Trees in the states: %s.") % ", ".join(states) if states else _("Trees in all states.")
    yield from _listed(_("Languages: %s."), selection.in_langs)
    if selection.origin:
        yield _("From: %s.") % selection.origin
    if selection.since:
        yield _("Prompts written on %s or later.") % selection.since.isoformat()
    if selection.until:
        yield _("Prompts written on %s or earlier.") % selection.until.isoformat()
    if selection.topic:
        yield _("Prompts in which this is found: %s.") % selection.topic
    yield {
        Keep.NO: _("No tree with a message written by a model."),
        Keep.TOO: _("Trees with messages written by models, too."),
        Keep.ONLY: _("Only messages written by models."),
    }[selection.synthetic]
    if selection.split:
        shares = {"side": selection.split, "validation": f"{selection.validation_share:.1%}",
                  "test": f"{selection.test_share:.1%}"}  # fmt: skip
        yield _("Only the side “%(side)s” (validation %(validation)s, test %(test)s of the trees).") % shares
    if selection.sample:
        number = selection.sample
        yield ngettext("A sample of %d tree.", "A sample of %d trees.", number) % number


def _of_messages(selection: Selection) -> Iterator[str]:
    yield _REVIEW[selection.review]()
    yield {
        Keep.NO: _("No deleted messages."),
        Keep.TOO: _("Deleted messages, too."),
        Keep.ONLY: _("Only deleted messages."),
    }[selection.deleted]
    if selection.releasable:
        yield _("Only what may be published: agreed to, not withdrawn, not too new, not withheld, with all above it.")
    else:
        yield {
            Keep.NO: _("Nothing that its author has withdrawn."),
            Keep.TOO: _("What its author has withdrawn, too."),
            Keep.ONLY: _("Only what its author has withdrawn."),
        }[selection.withdrawn]
    if selection.synthetic_messages is Keep.NO:
        yield _("No messages written by models, and nothing below them.")
    if selection.model:
        yield _("Of the assistant's messages only those written by the model %s.") % selection.model
    if selection.role:
        yield (
            _("Only messages of the prompter.")
            if selection.role == Role.PROMPTER
            else _("Only messages of the assistant.")
        )
    yield from _listed(_("Only messages by: %s."), selection.people)
    if selection.prompts_only:
        yield _("Prompts only.")


_REVIEW = {
    ReviewResult.ANY: lambda: _("Whatever reviewers decided."),
    ReviewResult.ACCEPTED: lambda: _("Only messages that reviewers accepted."),
    ReviewResult.REJECTED: lambda: _("Only messages that reviewers rejected."),
    ReviewResult.UNDECIDED: lambda: _("Only messages about which reviewers have not decided."),
}


def _of_judgements(selection: Selection) -> Iterator[str]:
    if selection.min_reviews:
        number = selection.min_reviews
        yield ngettext("At least %d review.", "At least %d reviews.", number) % number
    yield from _bounded(_("Mean of “%(label)s” at least %(bound)s."), selection.min_label)
    yield from _bounded(_("Mean of “%(label)s” at most %(bound)s, where there is one."), selection.max_label)
    yield from _bounded(
        _("Mean of “%(label)s” at least %(bound)s by the lower end of its 95 %% interval."), selection.min_label_low
    )
    if selection.max_toxicity is not None:
        yield _("Toxicity by Detoxify at most %s, where it is scored.") % f"{selection.max_toxicity:g}"
    if selection.scored_only:
        yield _("Only messages that Detoxify has scored.")


def _listed(sentence: str, names: tuple[str, ...]) -> Iterator[str]:
    if names:
        yield sentence % ", ".join(names)


def _bounded(sentence: str, bounds: Mapping[str, float]) -> Iterator[str]:
    for label, bound in bounds.items():
        yield sentence % {"label": label, "bound": f"{bound:g}"}
