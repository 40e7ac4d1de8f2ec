"""Exporting: one snapshot, a fixed number of statements, one tree in memory at a time."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q

from oa.core.moments import one_moment
from oa.datasets.actions.events import EventStream
from oa.datasets.actions.files import written
from oa.datasets.actions.stored import Reading, conversations_in
from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.forms import Dress, Form, Row, flat_rows, hf_rows, line_of, pseudonym, tree_row
from oa.datasets.rules.selecting import Keep, Selection, pick
from oa.trees.models import Message, Tree, TreeQuerySet


@dataclass(frozen=True, slots=True)
class Order:
    """What to export and how: form, filters, ids, which parts of a message."""

    form: Form = Form.TREES
    selection: Selection = field(default_factory=Selection)
    original_ids: bool = False
    labels: bool = True
    emojis: bool = True
    detoxify: bool = True
    events: bool = False
    utf8: bool = False
    limit: int | None = None


@dataclass(slots=True)
class Account:
    """What was written, and what was not and why."""

    rows: int = 0
    trees: int = 0
    messages: int = 0
    trees_left_out: Counter[str] = field(default_factory=Counter)
    messages_left_out: Counter[str] = field(default_factory=Counter)
    stopped_at_limit: bool = False


def export_file(out: str, order: Order, *, tell: Callable[[Account], None] | None = None) -> Account:
    """Write a data set to a file (or to "-", the standard output). No half file is ever seen."""
    account = Account()
    with written(out) as stream:
        for row in export_rows(order, account):
            stream.write(line_of(row, utf8=order.utf8))
            if tell is not None and account.rows % 1000 == 0:
                tell(account)
    return account


def export_rows(order: Order, account: Account) -> Iterator[Row]:
    """The rows of a data set in the order of tree ids; `account` tells afterwards what was left out.

    Number of statements: four, six with events, however many trees there are.
    """
    with one_moment():
        chosen = _trees(order.selection, account)
        reading = Reading(original_ids=order.original_ids, empty_labels=order.form is not Form.HF)
        messages = Message.objects.filter(tree__in=chosen)
        events = EventStream(chosen, name_of=_naming(order)) if order.events else None
        dress = Dress(
            name_of=_naming(order), labels=order.labels, emojis=order.emojis, detoxify=order.detoxify,
            no_replies=order.selection.prompts_only,
        )  # fmt: skip
        trees = conversations_in(messages, reading)
        yield from _rows(trees, order, dress, events, account)


def _trees(selection: Selection, account: Account) -> TreeQuerySet:
    """The trees the filters choose; what they leave out is counted in one statement."""
    in_state = Q() if selection.state == "all" or selection.user else Q(state=selection.state)
    in_lang = Q(lang=selection.lang) if selection.lang and not selection.user else Q()
    machine = Exists(Message.objects.filter(tree=OuterRef("pk"), synthetic=True))
    by_people = ~Q(machine) if selection.synthetic is Keep.NO else Q()
    with_machine = Q(machine) if selection.synthetic is Keep.ONLY else Q()
    numbers = Tree.objects.aggregate(
        other_state=Count("pk", filter=~in_state if in_state else Q(pk=None)),
        other_lang=Count("pk", filter=in_state & ~in_lang if in_lang else Q(pk=None)),
    )
    synthetic = by_people or with_machine
    if synthetic:
        told = "with synthetic messages" if selection.synthetic is Keep.NO else "without synthetic messages"
        account.trees_left_out[told] = Tree.objects.filter(in_state, in_lang).exclude(synthetic).count()
    account.trees_left_out["in other states"] = numbers["other_state"]
    account.trees_left_out["in other languages"] = numbers["other_lang"]
    return Tree.objects.filter(in_state, in_lang, synthetic)


def _rows(
    trees: Iterable[Conversation], order: Order, dress: Dress, events: EventStream | None, account: Account
) -> Iterator[Row]:
    for tree in trees:
        if _limit_reached(order, account):
            account.stopped_at_limit = True
            return
        chosen = pick(tree, order.selection, account.messages_left_out)
        if not chosen:
            account.trees_left_out["of which no message was left"] += 1
            continue
        account.trees += 1
        if events is not None:
            dress = replace(dress, events=events.of(tree))
        for row in _dressed(tree, order, dress)(chosen):
            if order.selection.user and _limit_reached(order, account):
                account.stopped_at_limit = True
                return
            account.rows += 1
            account.messages += len(chosen) if "prompt" in row else 1
            yield row


def _limit_reached(order: Order, account: Account) -> bool:
    """`limit` counts trees, and messages where one person's messages are asked for."""
    done = account.messages if order.selection.user else account.trees
    return order.limit is not None and done >= order.limit


def _dressed(tree: Conversation, order: Order, dress: Dress) -> Callable[[Iterable[Entry]], Iterable[Row]]:
    if order.form is Form.HF:
        return partial(hf_rows, tree, dress=dress)
    if order.form is Form.MESSAGES or order.selection.list_mode:
        return partial(flat_rows, tree, dress=dress)
    return lambda chosen: [tree_row(tree, chosen, dress)]


def _naming(order: Order) -> Callable[[str], str]:
    if order.original_ids:
        return str
    key = _pseudonym_key()
    return lru_cache(maxsize=50_000)(lambda user_id: pseudonym(key, user_id))


def _pseudonym_key() -> bytes:
    """The key of its own setting, or one derived from the site's secret: never the secret itself."""
    own: str = settings.OA_PSEUDONYM_KEY
    return own.encode() or hmac.digest(settings.SECRET_KEY.encode(), b"oa pseudonyms", hashlib.sha256)
