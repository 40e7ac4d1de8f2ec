"""Taking whole trees in: all of a batch or none of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import orjson
from django.contrib.auth.hashers import make_password
from django.db import connection
from psycopg import sql

from oa.accounts.models import User
from oa.core import prepared
from oa.core.verbs import verb
from oa.datasets.actions.stored import stored
from oa.datasets.actions.taking_over import take_over
from oa.datasets.models import ImportRun
from oa.datasets.rules.conversations import Conversation, differences, pk_of
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.states import Into
from oa.datasets.rules.wishes import Wish
from oa.screening.rules import SCORES
from oa.trees.models import PolicyVersion, Tree, TreeEvent
from oa.trees.rules import Why

# Any number that no other part of the program locks: two imports take turns, batch by batch.
IMPORT_LOCK = 0x6F61_696D

_COPY_TREES = """
    COPY trees_tree (id, state, lang, archived, origin, policy_id, goal_size, max_depth, max_children, moderated,
                     created_at) FROM STDIN
"""
_COPY_EVENTS = "COPY trees_treeevent (tree_id, before, after, why, by_id, at) FROM STDIN"
_COPY_BROUGHT = "COPY datasets_importedtree (tree_id, run_id) FROM STDIN"
_COPY_MESSAGES = """
    COPY trees_message (id, tree_id, parent_id, author_id, role, depth, lang, text, version, created_date, deleted,
                        synthetic, model_name, review_count, review_result, label_sums, ranking_count,
                        children_count, rank, emojis, baseline, foreign_id) FROM STDIN
"""
_COPY_SCORES = """
    COPY screening_toxicityscore (message_id, version, toxicity, severe_toxicity, obscene, identity_attack, insult,
                                  threat, sexual_explicit, model_name, imported, scored_at) FROM STDIN
"""


class Fate(StrEnum):
    """What became of a tree of the file."""

    TAKEN = "taken"
    THERE = "already there"
    TWICE = "twice in the file"
    JOINED = "joined to a tree that is here"
    DIFFERS = "here with other content"
    CLASHES = "clashes"
    BUSY = "here, and people work on it"
    LICENCE = "here under another licence"


@dataclass(slots=True)
class Outcome:
    """What became of a batch: each tree's fate in the order of the batch with words to it, notes, and how many
    messages were stored."""

    fates: list[tuple[Conversation, Fate, str]] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    messages: int = 0


@verb
def take_in(
    *, batch: Sequence[Conversation], wish: Wish, now: datetime, by: User | None = None, run: ImportRun | None = None
) -> Outcome:
    """Store the trees of a batch that are not here yet, exactly as they came, and take them over if people are to
    work on them.

    A tree that is here is never overwritten; to one that is archived, what is new in a tree grown from conversations
    is added. Messages and scores go in through COPY, which is what makes a large file bearable; everything is checked
    by the same constraints as any other row.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
        # New words are put into the index of words many at a time, which costs the database a tenth less in all.
        cursor.execute("SET LOCAL gin_pending_list_limit = '32MB'")
    outcome = Outcome()
    fresh, more = _sort_out(batch, outcome, wish, now=now)
    _store(fresh, wish=wish, notes=outcome.notes, now=now, by=by, run=run)
    _add(more, notes=outcome.notes, now=now, by=by)
    outcome.messages = sum(len(tree.entries) for tree in fresh) + sum(len(new) for new in more.values())
    if wish.worked_on:
        same = [tree.id for tree, fate, _words in outcome.fates if _is_to_be_worked_on(tree, fate, wish)]
        outcome.notes += take_over(tree_ids=same, by=by, now=now)
    return outcome


def _is_to_be_worked_on(tree: Conversation, fate: Fate, wish: Wish) -> bool:
    """A tree that is here in another state than this file would bring it in stays as it is."""
    if tree.grown and wish.into is not Into.RANKING:
        return fate is Fate.TAKEN
    return fate in {Fate.TAKEN, Fate.THERE, Fate.JOINED}


def _sort_out(
    batch: Sequence[Conversation], outcome: Outcome, wish: Wish, *, now: datetime
) -> tuple[list[Conversation], dict[UUID, list[Entry]]]:
    """Which trees of the batch are new, and which messages are new in those that are here; the fate of all of them is
    written down."""
    known_ids = _here("SELECT id, id FROM trees_tree WHERE id = ANY(%s)", [tree.id for tree in batch])
    here = stored(known_ids) if known_ids else {}
    ours = Tree.objects.filter(pk__in=here).select_related("brought_by__run").in_bulk() if here else {}
    of_this_run = set(
        TreeEvent.objects.filter(tree_id__in=here, at=now, why=Why.IMPORTED).values_list("tree_id", flat=True)
    )
    taken = _places_of(batch)
    fresh: dict[UUID, Conversation] = {}
    more: dict[UUID, list[Entry]] = {}
    for tree in batch:
        known = fresh.get(tree.id) or here.get(tree.id)
        if known is None:
            if words := _clash(tree, taken):
                outcome.fates.append((tree, Fate.CLASHES, words))
                continue
            fresh[tree.id] = tree
            taken.update((pk_of(entry.message_id), tree.id) for entry in tree.entries)
            outcome.fates.append((tree, Fate.TAKEN, ""))
        elif tree.grown:
            outcome.fates.append((tree, *_joined(known, tree, ours[tree.id], wish, more)))
        else:
            twice = tree.id in fresh or tree.id in of_this_run
            worked_on = tree.id in ours and not ours[tree.id].archived
            outcome.fates.append((tree, *_compared(known, tree, worked_on=worked_on, twice=twice)))
    return list(fresh.values()), more


def _compared(known: Conversation, tree: Conversation, *, worked_on: bool, twice: bool) -> tuple[Fate, str]:
    if changed := differences(known, tree, worked_on=worked_on):
        return Fate.DIFFERS, f"the tree {tree.entries[0].message_id} is here with other content: {', '.join(changed)}"
    return (Fate.TWICE if twice else Fate.THERE), ""


def _joined(
    known: Conversation, tree: Conversation, ours: Tree, wish: Wish, more: dict[UUID, list[Entry]]
) -> tuple[Fate, str]:
    """What is new in a tree whose prompt is here, if it may be added."""
    have = {entry.message_id for entry in known.entries}
    new = [entry for entry in tree.entries if entry.message_id not in have]
    if not new:
        return Fate.THERE, ""
    if not ours.archived:
        words = f"the tree {ours.pk} begins alike and people work on it: {len(new)} replies are not added"
        return Fate.BUSY, words
    brought = getattr(ours, "brought_by", None)
    if brought is not None and brought.run.licence != wish.licence:
        told = brought.run.licence or "no licence"
        words = f"the tree {ours.pk} begins alike and came under {told}: {len(new)} replies are not added"
        return Fate.LICENCE, words
    more[ours.pk] = new
    return Fate.JOINED, ""


def _places_of(batch: Iterable[Conversation]) -> dict[UUID, UUID]:
    """Which of the messages of a batch are here already, and in which trees."""
    ids = [pk_of(entry.message_id) for tree in batch for entry in tree.entries]
    return _here("SELECT id, tree_id FROM trees_message WHERE id = ANY(%s)", ids)


def _here(statement: str, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Rows of two ids. The thousands asked for go in one parameter: as many of their own would take longer to send
    than to find."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids)])
        return dict(cursor.fetchall())


def _clash(tree: Conversation, taken: Mapping[UUID, UUID]) -> str:
    for entry in tree.entries:
        if (other := taken.get(pk_of(entry.message_id), tree.id)) != tree.id:
            return f"its message {entry.message_id} stands in the tree {other} already"
    return ""


def _store(
    fresh: Sequence[Conversation], *, wish: Wish, notes: Counter[str], now: datetime, by: User | None,
    run: ImportRun | None,
) -> None:  # fmt: skip
    if not fresh:
        return
    written = (entry.user_id for tree in fresh for entry in tree.entries)
    accounts = make_people((name for name in written if name is not None), now=now)
    in_force = PolicyVersion.objects.in_force_for({tree.lang for tree in fresh})
    copy_rows(_COPY_TREES, (_tree_row(tree, in_force[tree.lang], origin=wish.origin, now=now) for tree in fresh))
    why, by_id = Why.IMPORTED.value, by.pk if by else None
    copy_rows(_COPY_EVENTS, ((tree.id, None, tree.state, why, by_id, now) for tree in fresh))
    if run is not None:
        copy_rows(_COPY_BROUGHT, ((tree.id, run.pk) for tree in fresh))
    copy_rows(_COPY_MESSAGES, (row for tree in fresh for row in _message_rows(tree.id, tree.entries, accounts, notes)))
    copy_rows(_COPY_SCORES, (_score_row(entry) for tree in fresh for entry in tree.entries if entry.detoxify))
    for tree in fresh:
        notes.update(tree.notes)


_RECOUNT = """
UPDATE trees_message parent SET children_count = counted.live
FROM (SELECT parent_id, count(*) AS live FROM trees_message
      WHERE tree_id = ANY(%s) AND NOT deleted AND parent_id IS NOT NULL GROUP BY parent_id) counted
WHERE parent.id = counted.parent_id AND parent.children_count <> counted.live
"""


def _add(more: Mapping[UUID, Sequence[Entry]], *, notes: Counter[str], now: datetime, by: User | None) -> None:
    """More replies for archived trees."""
    if not more:
        return
    held = Tree.objects.filter(pk__in=more).order_by("pk").select_for_update(of=("self",), no_key=True)
    TreeEvent.objects.bulk_create(
        TreeEvent(tree=tree, before=None, after=tree.state, why=Why.IMPORTED, by=by, at=now) for tree in held
    )
    copy_rows(_COPY_MESSAGES, (row for pk, new in more.items() for row in _message_rows(pk, new, set(), notes)))
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, [list(more)])


def copy_rows(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Send rows to a COPY statement."""
    # What COPY refuses is raised past Django's own translation of errors.
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def make_people(names: Iterable[str], *, now: datetime) -> set[UUID]:
    """Rows for people nobody knows yet. They have no e-mail and no password: nobody can sign in as them.

    Returns which of those named are accounts of this site.
    """
    people = {pk_of(name): name for name in sorted(set(names))}
    known = _known(people)
    fresh = [pk for pk in people if pk not in known]
    if fresh:
        foreign = ["" if str(pk) == people[pk] else people[pk] for pk in fresh]
        alike = User(
            imported=True, email=None, password=make_password(None), languages=[], writing_languages=[], created_at=now
        )  # fmt: skip
        prepared.run(*_insert_people(alike, fresh, foreign))
    return {pk for pk, imported in known.items() if not imported}


def _known(people: Iterable[UUID]) -> dict[UUID, bool]:
    """Which of these are here, and whether they came with an import."""
    found = prepared.run("SELECT id, imported FROM accounts_user WHERE id = ANY(%s)", [list(people)])
    return dict(found.fetchall())


def _insert_people(alike: User, ids: Sequence[UUID], foreign: Sequence[str]) -> tuple[str, list[object]]:
    """Rows that differ in two columns only: those travel as two lists, the others once. As rows of a model they would
    take three times as long as all that the people wrote."""
    fields = [field for field in User._meta.concrete_fields if field.attname not in {"id", "foreign_id"}]
    values = [field.get_db_prep_save(getattr(alike, field.attname), connection) for field in fields]
    parts = {
        "columns": sql.SQL(", ").join(sql.Identifier(str(field.column)) for field in fields),
        "values": sql.SQL(", ").join(sql.SQL("%s::" + str(field.db_type(connection))) for field in fields),
    }
    text = sql.SQL("""
        INSERT INTO accounts_user (id, foreign_id, {columns})
        SELECT person.id, person.foreign_id, {values} FROM unnest(%s::uuid[], %s::text[]) AS person (id, foreign_id)
        ON CONFLICT DO NOTHING
    """)
    return text.format(**parts).as_string(None), [*values, list(ids), list(foreign)]


def _tree_row(tree: Conversation, version: PolicyVersion, *, origin: str, now: datetime) -> tuple[Any, ...]:
    """What COPY takes, in the order of its columns."""
    limits = version.policy
    return (
        tree.id, str(tree.state), tree.lang, True, tree.origin or origin, version.pk, limits.goal_tree_size,
        limits.max_tree_depth, max(limits.max_children_count, 1), False, tree.entries[0].created_date or now,
    )  # fmt: skip


def _message_rows(
    tree_id: UUID, entries: Sequence[Entry], accounts: set[UUID], notes: Counter[str]
) -> Iterable[tuple[Any, ...]]:
    """What COPY takes, in the order of its columns.

    A file can't put words into the mouth of somebody who has an account here: what it says is theirs stays
    without author, with the id it came with in the baseline.
    """
    live_replies = Counter(entry.parent_id for entry in entries if not entry.deleted)
    voices: set[tuple[str | None, str | None]] = set()
    for entry in entries:
        pk = pk_of(entry.message_id)
        second = _is_second_voice(entry, voices)
        notes["kept without author, who has another reply there"] += second
        author = pk_of(entry.user_id) if entry.user_id and not second else None
        if author in accounts:
            author = None
            notes["kept without author, whose id is that of an account here"] += 1
        yield (
            pk, tree_id, pk_of(entry.parent_id) if entry.parent_id else None,
            author,
            entry.role, entry.depth, entry.lang, entry.text, 1, entry.created_date, entry.deleted, entry.synthetic,
            entry.model_name, entry.review_count, entry.review_result, "{}", 0, live_replies[entry.message_id],
            entry.rank, _json(entry.emojis), _json(_baseline(entry, authorless=author is None)),
            "" if str(pk) == entry.message_id else entry.message_id,
        )  # fmt: skip


def _is_second_voice(entry: Entry, voices: set[tuple[str | None, str | None]]) -> bool:
    """Whether its author has a live reply to the same message already.

    The database keeps one live reply for each person and parent. Imports have more (a machine's
    account that answered everything): such a reply stays, with the id of its author in the
    baseline, from where it is exported.
    """
    if entry.user_id is None or entry.parent_id is None or entry.deleted:
        return False
    voice = entry.user_id, entry.parent_id
    if voice in voices:
        return True
    voices.add(voice)
    return False


def _baseline(entry: Entry, *, authorless: bool) -> dict[str, Any]:
    """What the import says without any rows of ours behind it."""
    found: dict[str, Any] = {"review_count": entry.review_count}
    optional = {
        "labels": entry.labels,
        "emojis": entry.emojis,
        "rank": entry.rank,
        "place": entry.place,
        "user_id": entry.user_id if authorless else None,
    }
    return found | {name: value for name, value in optional.items() if value is not None}


def _json(value: object) -> str | None:
    return None if value is None else orjson.dumps(value).decode()


def _score_row(entry: Entry) -> tuple[Any, ...]:
    scores = entry.detoxify or {}
    return (pk_of(entry.message_id), 1, *(scores.get(score) for score in SCORES), "", True, None)
