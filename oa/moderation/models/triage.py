"""Which messages wait for a moderator's look because the machine or people find them bad."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from oa.moderation.models.decisions import Decision
from oa.moderation.rules import NOBODY_AT_WORK, Policies, Triage, Verb, withholds_from
from oa.trees.models import Message, PolicyVersion
from oa.trees.rules import Policy


class WorstSaid(Func):
    """The highest mean of what people say against a text; null when fewer than so many have answered.

    `Message.worst_said` is the same for a single answer, and indexed.
    """

    function = "trees_worst_said"
    output_field = models.FloatField(null=True)

    def __init__(self, fewest: Combinable) -> None:
        super().__init__(F("label_sums"), F("baseline"), fewest)


def policies_in_force() -> Policies:
    """The newest policy of each language, in one statement."""
    found = {version.lang: version.policy for version in PolicyVersion.objects.current()}
    return Policies(found.pop("", Policy()), found)


def by_language(policies: Policies, read: Callable[[Policy], float]) -> Case:
    """A number of the policy in force for the language of each message."""
    whens = [When(lang=lang, then=Value(read(policy))) for lang, policy in sorted(policies.of_languages.items())]
    return Case(*whens, default=Value(read(policies.usual)))


def _unseen() -> QuerySet[Any]:
    """Live messages with a score of the text in force at which no moderator has looked."""
    of_this_text = {"toxicity_score__version": F("version"), "toxicity_score__looked_version__lt": F("version")}
    return Message.objects.live().filter(**of_this_text).annotate(peak=F("toxicity_score__peak"))


def to_look_at(kind: Triage, policies: Policies, *, archived: bool = False) -> QuerySet[Any]:
    """Messages that wait for a moderator's look, for one reason. `peak`: the machine's highest score; `said`: what
    people say, null where too few have judged.

    The lowest threshold of any language is said besides that of the message's own: an index is read from its top
    down to there.
    """
    rows: QuerySet[Any] = _unseen().filter(tree__archived=archived)
    found: QuerySet[Any] = rows.annotate(
        said=WorstSaid(by_language(policies, lambda policy: policy.toxicity_min_reviews))
    )
    if kind is Triage.WITHHELD:
        return found.filter(withheld=True)
    return found.filter(_is_so(kind, policies))


def _is_so(kind: Triage, policies: Policies) -> Q:
    match kind:
        case Triage.MACHINE_HIGH:
            low = Q(said__lte=by_language(policies, lambda policy: policy.toxicity_people_low))
            return _machine_high(policies) & (Q(said__isnull=True) | low)
        case Triage.PEOPLE_HIGH:
            low = Q(peak__lte=by_language(policies, lambda policy: policy.toxicity_machine_low))
            return _people_high(policies) & low
        case _:
            return _machine_high(policies) & _people_high(policies)


def _machine_high(policies: Policies) -> Q:
    return _peak_from(policies, lambda policy: policy.toxicity_machine_high)


def _peak_from(policies: Policies, read: Callable[[Policy], float]) -> Q:
    return Q(peak__gte=policies.lowest(read)) & Q(peak__gte=by_language(policies, read))


def _people_high(policies: Policies) -> Q:
    lowest = policies.lowest(lambda policy: policy.toxicity_people_high)
    high = Q(said__gte=by_language(policies, lambda policy: policy.toxicity_people_high))
    # The indexed column is empty where all that was said is nought.
    return Q(worst_said__gte=lowest) & high if lowest > 0 else high


def withheld_no_more(version: int | OuterRef) -> QuerySet[Decision]:
    """Decisions of the system to withhold a text of this version that a moderator has undone."""
    undone = Decision.objects.filter(verb=Verb.WITHHOLD, undone_by__isnull=False)
    return undone.annotate(of_version=Cast(KT("details__version"), models.IntegerField())).filter(of_version=version)


def to_withhold(policies: Policies) -> QuerySet[Any]:
    """Messages that people may meet in tasks and that the policy wants a moderator to see before; the worst first."""
    at_work = _unseen().filter(withheld=False, tree__archived=False).exclude(tree__state__in=NOBODY_AT_WORK)
    at_work = at_work.exclude(Exists(withheld_no_more(OuterRef("version")).filter(message=OuterRef("pk"))))
    return at_work.filter(_peak_from(policies, withholds_from)).order_by("-peak", "id")
