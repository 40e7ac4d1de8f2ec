"""The filters for trees, as the database applies them; what each leaves out is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import BigIntegerField, Case, CharField, Count, Func, Q, Value, When
from django.db.models.functions import Cast, Concat

from oa.core.ids import id_of
from oa.datasets.rules.selecting import Keep, Selection, Side
from oa.datasets.rules.selecting.sides import SAMPLE, SPLIT
from oa.trees.models import Message, MessageQuerySet, Tree, TreeQuerySet
from oa.trees.rules import parts_of

NOT_IN_SAMPLE = "not in the sample"


def chosen_trees(selection: Selection, left_out: Counter[str]) -> TreeQuerySet:
    """The trees that the filters choose. One statement counts the others, each by the first reason against it."""
    conditions = list(_conditions(selection))
    whens = [When(~condition, then=Value(reason)) for condition, reason in conditions]
    verdict = Case(*whens, default=Value(""), output_field=CharField())
    counts = Tree.objects.annotate(verdict=verdict).values_list("verdict").annotate(number=Count("pk")).order_by()
    numbers = dict(counts)
    chosen = Tree.objects.filter(*(condition for condition, _reason in conditions))
    number = numbers.pop("", 0)
    if selection.sample is not None and number > selection.sample:
        numbers[NOT_IN_SAMPLE] = number - selection.sample
        chosen = chosen.order_by(_lot(SAMPLE + selection.split_seed), "pk")[: selection.sample]
    left_out.update(numbers)
    return chosen


def _conditions(selection: Selection) -> Iterator[tuple[Q, str]]:
    """What must be true of a tree, and how those are told of which it is not; in the order they are asked."""
    if selection.in_states:
        yield Q(state__in=selection.in_states), "in other states"
    if selection.in_langs and not selection.people:
        yield Q(lang__in=selection.in_langs), "in other languages"
    if selection.origin:
        yield Q(origin=selection.origin), "from elsewhere"
    if selection.since or selection.until:
        yield Q(pk__in=_prompts_of_the_time(selection).values("tree_id")), "from before or after"
    if selection.topic:
        prompts = Message.objects.filter(depth=0).saying(parts_of(selection.topic))
        yield Q(pk__in=prompts.values("tree_id")), "about something else"
    yield from _about_messages(selection)
    if selection.split:
        yield _on_side(selection), "on another side of the split"


def _about_messages(selection: Selection) -> Iterator[tuple[Q, str]]:
    synthetic = Q(pk__in=Message.objects.filter(synthetic=True).values("tree_id"))
    if selection.synthetic is Keep.NO:
        yield ~synthetic, "with synthetic messages"
    if selection.synthetic is Keep.ONLY:
        yield synthetic, "without synthetic messages"
    if selection.people:
        ids = [id_of(person) for person in selection.people]
        names = [*selection.people, *map(str, ids)]
        theirs = Message.objects.filter(Q(author__in=ids) | Q(baseline__user_id__in=names))
        yield Q(pk__in=theirs.values("tree_id")), "without messages by these people"


def _prompts_of_the_time(selection: Selection) -> MessageQuerySet:
    """Prompts from the beginning of the first day to the end of the last, by UTC."""
    found = Message.objects.filter(depth=0)
    if selection.since:
        found = found.filter(created_date__gte=datetime.combine(selection.since, time(), UTC))
    if selection.until and selection.until < date.max:  # there is no day after the last
        found = found.filter(created_date__lt=datetime.combine(selection.until, time(), UTC) + timedelta(days=1))
    return found


class _Lot(Func):
    """The same as `rules.selecting.lot`: the first 52 bits of the SHA-256 of a text."""

    template = "(('x' || left(encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex'), 13))::bit(52)::bigint)"
    output_field = BigIntegerField()


def _lot(of: str) -> _Lot:
    return _Lot(Concat(Value(of), Cast("pk", CharField()), output_field=CharField()))


def _on_side(selection: Selection) -> Q:
    low, high = selection.shares.bounds(Side(selection.split))
    drawn = Tree.objects.alias(lot=_lot(SPLIT + selection.split_seed)).filter(lot__gte=low, lot__lt=high)
    return Q(pk__in=drawn.values("pk"))
