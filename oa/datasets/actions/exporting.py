"""Exporting: one snapshot, a fixed number of statements, one tree in memory at a time.

Everything that leaves the site goes the same way:

    stage(selection, account, at=now)      trees that the filters for trees choose, whole and under their own
                                           ids, with `held` on each entry, and what their judges said if asked
    Scribe(order, account)                 picks the messages of one tree after another by the filters for
                                           messages and makes the rows of one form of them
    packing.packed_file(...)               writes rows down

A release stands between the first and the second: it keeps what `stage` gives in a file of its own, line by line
(`line_of_staged`, `staged_of`, loss-free), and makes every published file from that, without the database:

    for line in stage_file:
        for row in scribe(staged_of(line)):
            packed.put(row)

`export_rows` does both in one go, under one snapshot. `key_of(namespace)` is the key of pseudonyms for exports; a
release has its own, and passes `name_of=namer(release.key)`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter

import orjson
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from oa.core.errors import Invalid
from oa.core.moments import one_moment
from oa.datasets.actions.choosing import chosen_trees
from oa.datasets.actions.events import EVENTS, Hearing, JudgementStream
from oa.datasets.actions.packing import Packing, packed_file
from oa.datasets.actions.stored import Reading, conversations_in
from oa.datasets.models.consent import held_params
from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.forms import FORMS, Dress, Form, Part, Row, Schema, columns_of
from oa.datasets.rules.forms.judgements import Judged, What, events_of, groups_of
from oa.datasets.rules.pseudonyms import derived_key, namer, untouched
from oa.datasets.rules.selecting import Keep, Picker, Selection

NAMESPACE = "export"


@dataclass(frozen=True, slots=True)
class Order:
    """What to export and how.

    original_ids  ids as they are; else pseudonyms, which are the same in all exports with the same `namespace`
    labels, emojis, detoxify, events   which parts of a message
    packing       how it is packed; none: as the name of the file says
    ascii         JSON as the original writes it: with blanks, and \\uXXXX for all that is not ASCII
    limit         so many trees; so many messages where those of single people are asked for
    at            the moment that decides what is too new to be released
    """

    form: Form = Form.TREES
    selection: Selection = field(default_factory=Selection)
    original_ids: bool = False
    namespace: str = NAMESPACE
    labels: bool = True
    emojis: bool = True
    detoxify: bool = True
    events: bool = False
    packing: Packing | None = None
    ascii: bool = False
    limit: int | None = None
    at: datetime = field(default_factory=timezone.now)

    @property
    def written_form(self) -> Form:
        """Single messages are written as flat rows where trees were asked for."""
        return Form.MESSAGES if self.form is Form.TREES and self.selection.list_mode else self.form

    @property
    def columns(self) -> Schema:
        return columns_of(self.written_form, self.dress(untouched))

    def name_of(self) -> Callable[[str], str]:
        return untouched if self.original_ids else namer(key_of(self.namespace))

    def dress(self, name_of: Callable[[str], str]) -> Dress:
        return Dress(
            name_of=name_of, labels=self.labels, emojis=self.emojis, detoxify=self.detoxify,
            no_replies=self.selection.prompts_only, events={} if self.events else None,
        )  # fmt: skip

    def check(self) -> None:
        """Invalid (`form_needs_trees`, `form_without_events`) if the form can't say what is asked for."""
        if self.selection.list_mode and not FORMS[self.written_form].single:
            raise Invalid(
                "form_needs_trees",
                _("The form “%(form)s” is made of conversations; these filters choose single messages.")
                % {"form": self.form},
                remedy=_("Choose the form “messages”, or leave such filters away."),
            )
        if self.events and "events" not in FORMS[self.written_form].columns and self.form is not Form.TREES:
            raise Invalid(
                "form_without_events", _("The form “%(form)s” has no place for events.") % {"form": self.form}
            )


@dataclass(slots=True)
class Account:
    """What was written, and what was not and why (`reason_in_words` tells the reasons in the reader's language)."""

    rows: int = 0
    trees: int = 0
    messages: int = 0
    trees_left_out: Counter[str] = field(default_factory=Counter)
    messages_left_out: Counter[str] = field(default_factory=Counter)
    stopped_at_limit: bool = False


@dataclass(slots=True)
class Staged:
    """A whole tree as it is kept, with what its judges said where that was asked for."""

    tree: Conversation
    judged: Judged | None = None


def stage(
    selection: Selection,
    account: Account,
    *,
    at: datetime,
    reading: Reading | None = None,
    hearing: Hearing | None = None,
) -> Generator[Staged, None, None]:
    """The trees that the filters for trees choose, in the order of their ids, all as of one moment.

    `at` decides what is embargoed. `reading` says what can be spared, `hearing` which judgements are
    wanted. What the filters leave out is counted in `account`. Number of statements: two, and one for
    each kind of judgement, however many trees there are; one more for the policies.
    """
    held = held_params(at)
    reading = replace(reading or Reading(), held=held)
    with one_moment():
        trees = chosen_trees(selection, account.trees_left_out)
        heard = JudgementStream(trees, hearing) if hearing else None
        for tree in conversations_in(trees, reading):
            yield Staged(tree, heard.of(tree) if heard else None)


_SLOTS = attrgetter(*Entry.__slots__)
_DATE = Entry.__slots__.index("created_date")


def line_of_staged(staged: Staged) -> bytes:
    """A line from which `staged_of` makes the same again: nothing is lost, not even `held` or `place`."""
    tree, judged = staged.tree, staged.judged
    told = [judged.rows, judged.tiers] if judged is not None else None
    entries = [_SLOTS(entry) for entry in tree.entries]
    return orjson.dumps([tree.state, tree.origin, entries, told], option=orjson.OPT_APPEND_NEWLINE)


def staged_of(line: bytes) -> Staged:
    """What a line of `line_of_staged` says."""
    state, origin, entries, told = orjson.loads(line)
    for slots in entries:
        if slots[_DATE] is not None:
            slots[_DATE] = datetime.fromisoformat(slots[_DATE])
    tree = Conversation(state, [Entry(*slots) for slots in entries], origin)
    return Staged(tree, Judged(*told) if told is not None else None)


class Scribe:
    """Makes the rows of one form out of one staged tree after another; `account` is told what is written and left out.

    `name_of` gives the ids to publish; without one those of the order's namespace.
    """

    def __init__(self, order: Order, account: Account, *, name_of: Callable[[str], str] | None = None) -> None:
        order.check()
        self._order = order
        self._account = account
        self._pattern = FORMS[order.written_form]
        self._pick = Picker(order.selection)
        self._dress = order.dress(name_of or order.name_of())

    @property
    def is_done(self) -> bool:
        """Whether the limit is reached. It counts trees, and messages where those of single people are asked for."""
        account, limit = self._account, self._order.limit
        return limit is not None and (account.messages if self._order.selection.people else account.trees) >= limit

    def __call__(self, staged: Staged) -> Iterator[Row]:
        """The rows of a tree; none if none of its messages is chosen."""
        chosen = self._chosen(staged.tree)
        if not chosen:
            return
        dress = self._dress if staged.judged is None else self._dressed(staged.judged)
        for row in self._pattern.rows(staged.tree, chosen, dress):
            self._account.rows += 1
            yield row

    def _chosen(self, tree: Conversation) -> Sequence[Entry]:
        account, order = self._account, self._order
        chosen = self._pick(tree, account.messages_left_out)
        if not chosen:
            account.trees_left_out["of which no message was left"] += 1
            return chosen
        if order.limit is not None and order.selection.people and account.messages + len(chosen) > order.limit:
            chosen = chosen[: order.limit - account.messages]
            account.stopped_at_limit = True
        account.trees += 1
        account.messages += len(chosen)
        return chosen

    def _dressed(self, judged: Judged) -> Dress:
        reads = self._pattern.reads
        return replace(
            self._dress,
            events=events_of(judged, self._dress) if self._order.events else None,
            groups=groups_of(judged) if Part.GROUPS in reads else None,
            judgements=judged if Part.JUDGEMENTS in reads else None,
        )


def export_rows(order: Order, account: Account) -> Iterator[Row]:
    """The rows of a data set in the order of tree ids; `account` tells afterwards what was left out."""
    scribe = Scribe(order, account)
    trees = stage(order.selection, account, at=order.at, reading=_reading(order), hearing=_hearing(order))
    for staged in trees:
        if scribe.is_done:
            account.stopped_at_limit = True
            trees.close()
            return
        yield from scribe(staged)


def export_file(out: str, order: Order, *, tell: Callable[[Account], None] | None = None) -> Account:
    """Write a data set to a file (or to "-", the standard output). No half file is ever seen.

    Invalid as `Order.check` says; OSError if the file can't be written.
    """
    order.check()
    account = Account()
    with packed_file(out, order.packing or Packing.of(out), order.columns, escaped=order.ascii) as packed:
        for row in export_rows(order, account):
            packed.put(row)
            if tell is not None and account.rows % 1000 == 0:
                tell(account)
    return account


def _reading(order: Order) -> Reading:
    """Only what the form writes or a filter looks at."""
    reads, asked = FORMS[order.written_form].reads, order.selection
    by_labels = bool(asked.min_label or asked.max_label or asked.min_label_low)
    by_scores = asked.max_toxicity is not None or asked.scored_only
    return Reading(
        empty_labels=order.form is not Form.HF,
        labels=by_labels or order.labels and Part.LABELS in reads,
        emojis=order.emojis and Part.EMOJIS in reads,
        detoxify=by_scores or order.detoxify and Part.DETOXIFY in reads,
    )


def _hearing(order: Order) -> Hearing | None:
    """Which judgements the form is made of, if any. What somebody took back is told if it is asked for.

    What people wrote when they skipped may hold personal data: it is told where ids are as they are, to moderators.
    """
    reads = FORMS[order.written_form].reads
    kinds: frozenset[What] = frozenset()
    if Part.JUDGEMENTS in reads:
        kinds = frozenset(What)
    elif Part.GROUPS in reads:
        kinds = frozenset({What.BALLOT})
    if order.events:
        kinds |= EVENTS
    return Hearing(
        kinds=kinds, results=Part.GROUPS in reads, notes=order.original_ids,
        withdrawn=order.selection.withdrawn is not Keep.NO, consented=order.selection.releasable,
    ) if kinds else None  # fmt: skip


def key_of(namespace: str) -> bytes:
    """The key of pseudonyms for exports in a namespace: made of its own setting, or else of the site's secret."""
    own: str = settings.OA_PSEUDONYM_KEY
    return derived_key((own or settings.SECRET_KEY).encode(), namespace)
