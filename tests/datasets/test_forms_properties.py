"""What is true of the forms of every tree, whatever its shape, ranks and filters."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry
from oa.datasets.rules.forms import FORMS, Dress, Form, Group, Row

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
Case = tuple[Conversation, list[Entry]]


@st.composite
def trees(draw: st.DrawFn) -> Case:
    """A tree, and the messages that a filter left of it: never one without the one above it."""
    entries = [an_entry(draw, "id-0", None, 0)]
    for number in range(1, draw(st.integers(1, 24))):
        above = draw(st.sampled_from(entries))
        entries.append(an_entry(draw, f"id-{number}", above.message_id, above.depth + 1))
    rank(draw, entries)
    entries.sort(key=lambda entry: entry.depth)
    gone: set[str] = set()
    chosen = []
    for entry in entries:
        if entry.parent_id in gone or (entry.depth and draw(st.integers(0, 9)) == 0):
            gone.add(entry.message_id)
        else:
            chosen.append(entry)
    return Conversation("ready_for_export", entries), chosen


def an_entry(draw: st.DrawFn, name: str, parent: str | None, depth: int) -> Entry:
    quality = draw(st.none() | st.integers(0, 4))
    emojis = draw(st.sampled_from([None, {"+1": 2, "-1": 1}, {"-1": 2}, {"+1": 1, "-1": 1}]))
    return Entry(
        message_id=name, parent_id=parent, user_id=f"id-person-{draw(st.integers(0, 5))}",
        created_date=BEGAN + timedelta(hours=draw(st.integers(0, 5))), text=f"text {len(name)} ä",
        role="assistant" if depth % 2 else "prompter", lang="en", review_count=3,
        review_result=draw(st.sampled_from([True, True, True, False, None])), deleted=False, rank=None,
        synthetic=draw(st.booleans()), model_name=None, emojis=emojis,
        labels=None if quality is None else {"quality": {"value": quality / 4, "count": 2}}, detoxify=None, depth=depth,
    )  # fmt: skip


def rank(draw: st.DrawFn, entries: Sequence[Entry]) -> None:
    """Ranks from 0 on without gaps for all, some or none of the answers to each message."""
    for replies in groups_of(entries).values():
        ranked = [reply for reply in replies if draw(st.integers(0, 3))]
        for place, reply in enumerate(draw(st.permutations(ranked)) if draw(st.booleans()) else ()):
            reply.rank = place


def groups_of(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The answers of assistants by the message they reply to."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.role == "assistant" and entry.parent_id is not None:
            found.setdefault(entry.parent_id, []).append(entry)
    return found


def ranked_groups(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    ranked = {above: [r for r in replies if r.rank is not None] for above, replies in groups_of(entries).items()}
    return {above: replies for above, replies in ranked.items() if len(replies) > 1}


def made(form: Form, case: Case, dress: Dress | None = None) -> list[Row]:
    tree, chosen = case
    return list(FORMS[form].rows(tree, chosen, dress or Dress(name_of=str)))


@given(trees())
def test_every_pair_agrees_with_the_ranks_and_none_is_missing(case: Case) -> None:
    by_id = {entry.message_id: entry for entry in case[1]}

    pairs = made(Form.PREFERENCE, case)

    for row in pairs:
        better, worse = by_id[row["chosen_message_id"]], by_id[row["rejected_message_id"]]
        assert better.parent_id == worse.parent_id == row["parent_id"]
        assert better.rank is not None and worse.rank is not None and better.rank < worse.rank
        assert 0 < row["margin"] <= 1
    expected = {above: len(r) * (len(r) - 1) // 2 for above, r in ranked_groups(case[1]).items()}
    assert Counter(row["parent_id"] for row in pairs) == expected


@given(trees(), st.data())
def test_who_shares_a_tier_is_no_pair(case: Case, data: st.DataObject) -> None:
    cuts = {}
    groups = {}
    for above, replies in ranked_groups(case[1]).items():
        best_first = [r.message_id for r in sorted(replies, key=lambda r: r.rank or 0)]
        at = sorted(data.draw(st.sets(st.integers(1, len(best_first) - 1))))
        cuts[above] = [best_first[i:j] for i, j in zip([0, *at], [*at, len(best_first)], strict=True)]
        groups[above] = Group(tiers=cuts[above])

    pairs = made(Form.PREFERENCE, case, Dress(name_of=str, groups=groups))

    told = {(row["chosen_message_id"], row["rejected_message_id"]) for row in pairs}
    expected = {
        (better, worse)
        for tiers in cuts.values()
        for upper, lower in combinations(tiers, 2)
        for better in upper
        for worse in lower
    }
    assert told == expected and len(pairs) == len(expected)


@given(trees(), st.data())
def test_agreement_is_the_share_of_the_ballots_that_judge_both(case: Case, data: st.DataObject) -> None:
    groups = {
        above: Group(
            ballots=data.draw(
                st.lists(st.dictionaries(st.sampled_from([r.message_id for r in rs]), st.integers(0, 3)), max_size=4)
            )
        )
        for above, rs in ranked_groups(case[1]).items()
    }

    for row in made(Form.PREFERENCE, case, Dress(name_of=str, groups=groups)):
        better, worse = row["chosen_message_id"], row["rejected_message_id"]
        both = [ballot for ballot in groups[row["parent_id"]].ballots if {better, worse} <= ballot.keys()]
        assert row["ballots"] == len(both)
        if both:
            assert row["agreement"] == sum(ballot[better] < ballot[worse] for ballot in both) / len(both)
        else:
            assert row["agreement"] is None


@given(trees())
def test_every_conversation_to_train_on_is_a_path_of_the_tree_and_none_is_twice(case: Case) -> None:
    by_id = {entry.message_id: entry for entry in case[1]}

    rows = made(Form.SFT, case)

    paths = [tuple(row["message_ids"]) for row in rows]
    for path, row in zip(paths, rows, strict=True):
        assert [by_id[name].parent_id for name in path] == [None, *path[:-1]]
        assert [turn["role"] for turn in row["messages"]] == ["user", "assistant"] * (len(path) // 2)
        assert [turn["content"] for turn in row["messages"]] == [by_id[name].text for name in path]
    for one, other in combinations(paths, 2):
        assert one[: len(other)] != other and other[: len(one)] != one, "none is the beginning of another"
    answers = {entry.message_id for entry in case[1] if entry.role == "assistant"}
    assert answers == {name for path in paths for name in path if name in answers}, "no answer is lost"


@given(trees())
def test_the_best_conversation_is_one_of_them_and_takes_the_best_answer_each_time(case: Case) -> None:
    ranked = ranked_groups(case[1])

    best = made(Form.SFT_BEST, case)

    paths = [row["message_ids"] for row in made(Form.SFT, case)]
    assert len(best) == bool(paths)
    for row in best:
        assert row["message_ids"] in paths
        for above, name in zip(row["message_ids"], row["message_ids"][1:], strict=False):
            assert above not in ranked or name == min(ranked[above], key=lambda r: r.rank or 0).message_id


@given(trees())
def test_counts_add_up(case: Case) -> None:
    _tree, chosen = case
    above = {entry.parent_id for entry in chosen}
    answers = [entry for entry in chosen if entry.role == "assistant"]

    assert len(made(Form.MESSAGES, case)) == len(made(Form.HF, case)) == len(chosen)
    assert nodes_in(made(Form.TREES, case)[0]["prompt"]) == len(chosen)
    assert len(made(Form.PROMPTS, case)) == 1
    assert len(made(Form.PROMPT_COMPLETION, case)) == len(answers)
    assert {row["thread_id"] for row in made(Form.THREADS, case)} == {e.message_id for e in chosen} - above
    assert {row["parent_id"] for row in made(Form.RANKED, case)} == set(ranked_groups(chosen))
    for row in made(Form.RANKED, case):
        assert row["ranks"] == sorted(row["ranks"])
        assert len(row["ranks"]) == len(row["completions"]) == len(row["message_ids"]) == len(row["places"])


def nodes_in(node: Row) -> int:
    return 1 + sum(nodes_in(reply) for reply in node["replies"])


@given(trees())
def test_good_and_bad_examples_are_what_their_reasons_say(case: Case) -> None:
    _tree, chosen = case
    by_id = {entry.message_id: entry for entry in chosen}
    ranked = ranked_groups(chosen)

    rows = made(Form.KTO, case)

    assert len({row["message_id"] for row in rows}) == len(rows)
    for row in rows:
        answer = by_id[row["message_id"]]
        ranks = [
            r.rank or 0 for r in ranked.get(answer.parent_id or "", ()) if answer in ranked[answer.parent_id or ""]
        ]
        assert REASONS[row["reason"]](answer, ranks)
        assert row["label"] is (row["reason"] in ("ranked_first", "thumbs_up", "high_quality"))
    rejected = {e.message_id for e in chosen if e.role == "assistant" and e.review_result is False}
    told = {row["message_id"] for row in rows if row["reason"] == "rejected"}
    assert told == {name for name in rejected if all(s.review_result is not False for s in path(by_id, name)[1:])}


def path(by_id: dict[str, Entry], name: str | None) -> list[Entry]:
    """A message and all above it."""
    return [] if name is None else [by_id[name], *path(by_id, by_id[name].parent_id)]


def quality(answer: Entry) -> float:
    assert answer.labels
    return answer.labels["quality"]["value"]


REASONS: dict[str, Any] = {
    "rejected": lambda answer, _ranks: answer.review_result is False,
    "ranked_first": lambda answer, ranks: answer.rank == min(ranks),
    "ranked_last": lambda answer, ranks: answer.rank == max(ranks),
    "thumbs_up": lambda answer, ranks: answer.review_result and not ranks and answer.emojis == {"+1": 2, "-1": 1},
    "thumbs_down": lambda answer, ranks: answer.review_result and not ranks and answer.emojis == {"-1": 2},
    "high_quality": lambda answer, ranks: answer.review_result and not ranks and quality(answer) >= 0.5,
    "low_quality": lambda answer, ranks: answer.review_result and not ranks and quality(answer) < 0.5,
}


@settings(max_examples=50)
@given(trees())
def test_no_id_is_written_but_by_its_published_name(case: Case) -> None:
    dress = Dress(name_of=lambda name: "published-" + name.removeprefix("id-"))
    ids = {e.message_id for e in case[0].entries} | {e.user_id for e in case[0].entries}

    for form in Form:
        written = json.dumps(made(form, case, dress))
        assert "id-" not in written, f"{form} has one of {sorted(filter(None, ids))}"


@settings(max_examples=30)
@given(trees())
def test_the_same_tree_makes_the_same_rows_and_stays_as_it_is(case: Case) -> None:
    before = repr(case)

    first = {form: made(form, case) for form in Form}

    assert first == {form: made(form, case) for form in Form}
    assert repr(case) == before
