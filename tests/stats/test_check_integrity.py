"""Every promise is checked: a site at work keeps them, and each breach made by hand is seen."""

from __future__ import annotations

import json
from io import StringIO
from random import Random
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.stats.promises import PROMISES
from oa.tasks import actions as tasks
from oa.tasks.rules import Kind, SkipReason
from oa.trees.models import Message
from tests import builders as b
from tests.builders import (
    NOW,
    accepted_answer,
    broken_promises,
    growing,
    moderator,
    person,
    plant,
    policy,
    replies_to,
    review,
    sit,
)
from tests.stats.moderated import a_release_of, moderators_have_been_at_work


def sql(statement: str, *given: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def without(constraint: str, table: str) -> None:
    """Take away a constraint for the rest of the test, so that what it forbids can be done."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {constraint}")
    sql(f"DROP INDEX IF EXISTS {constraint}")


class ASiteAtWork(TestCase):
    """One site for all these tests: a tree at each stage, everything through the real actions."""

    done: ClassVar[Message]
    ranked: ClassVar[Message]
    grows: ClassVar[Message]
    waits: ClassVar[Message]
    withheld: ClassVar[Message]
    boss: ClassVar[User]
    author: ClassVar[User]

    @classmethod
    def setUpTestData(cls) -> None:
        policy(max_active_trees=1, toxicity_hides=True)
        cls.boss, cls.author = moderator(), person("Ann the author")
        cls.done = b.ready()
        cls.ranked = b.ranking()
        b.ballot(cls.ranked)
        cls.grows = growing(by=cls.author)
        reply = b.answer(cls.grows)
        review(reply)
        sit(reply, Kind.LABEL_ASSISTANT_REPLY, by=person())
        skipper = person()
        tasks.skip(
            task_id=sit(cls.grows, Kind.ASSISTANT_REPLY, by=skipper).pk, reason=SkipReason.OTHER, by=skipper, now=NOW
        )
        cls.waits = plant()
        review(cls.waits, quality=0.75)
        moderation.edit_message(message_id=plant().pk, text="Changed", why="typo", by=cls.boss, now=NOW)
        cls.withheld = b.scored(plant(), 1.0)
        moderation.withhold(message_id=cls.withheld.pk, now=NOW)
        a_release_of(cls.done)
        tasks.fill_language(lang="en", now=NOW, rng=Random(1))
        b.book()

    def only_breach(self, promise: str) -> str:
        """The one sentence said about this promise."""
        found = broken_promises(promise)
        self.assertEqual(len(found), 1, found)
        return found[0]

    def test_a_site_at_work_keeps_its_promises(self) -> None:
        assert broken_promises() == []

    def test_each_check_has_looked_at_something(self) -> None:
        moderators_have_been_at_work(self.boss)
        out = StringIO()

        call_command("check_integrity", "--json", stdout=out)

        idle = [line["says"] for line in json.loads(out.getvalue())["promises"] if not line["checked"]]
        assert idle == ["a language has as many prompts to write as it wants"], "its desk was run a moment ago"

    # P1 shape

    def test_a_tree_without_a_prompt_is_seen(self) -> None:
        sql("DELETE FROM reviews_review WHERE message_id = %s", self.waits.pk)
        sql("DELETE FROM tasks_task WHERE tree_id = %s", self.waits.pk)
        sql("DELETE FROM screening_due WHERE message_id = %s", self.waits.pk)
        sql("DELETE FROM trees_message WHERE id = %s", self.waits.pk)

        assert f"tree {self.waits.pk} has no prompt" in self.only_breach("P1")

    def test_a_reply_in_the_wrong_role_is_seen(self) -> None:
        without("roles_alternate_from_the_prompter", "trees_message")
        reply = replies_to(self.ranked)[0]
        sql("UPDATE trees_message SET role = 'prompter' WHERE id = %s", reply.pk)

        assert f"message {reply.pk} does not fit below its parent" in self.only_breach("P1")

    def test_a_live_reply_below_a_deleted_message_is_seen(self) -> None:
        sql("UPDATE trees_message SET deleted = true WHERE id = %s", self.ranked.pk)

        assert f"lives below {self.ranked.pk}, which is deleted" in broken_promises("P1")[0]

    # P2 one voice

    def test_a_second_live_reply_of_one_person_is_seen(self) -> None:
        without("one_live_reply_per_person_and_parent", "trees_message")
        first, second = replies_to(self.ranked)
        sql("UPDATE trees_message SET author_id = %s WHERE id = %s", first.author_id, second.pk)

        assert f"has 2 live replies to message {self.ranked.pk}" in self.only_breach("P2")

    def test_a_second_review_of_one_person_is_seen(self) -> None:
        without("one_review_per_person_and_message", "reviews_review")
        without("one_review_per_person_and_text", "reviews_review")
        sql("UPDATE reviews_review SET by_id = %s WHERE message_id = %s", self.boss.pk, self.ranked.pk)

        assert f"has 2 reviews of message {self.ranked.pk}" in self.only_breach("P2")

    def test_a_review_of_ones_own_message_is_seen(self) -> None:
        sql("UPDATE trees_message SET author_id = (SELECT by_id FROM reviews_review WHERE message_id = %s) "
            "WHERE id = %s", self.waits.pk, self.waits.pk)  # fmt: skip

        assert f"of message {self.waits.pk} is by its author" in self.only_breach("P2")

    def test_a_second_ballot_of_one_person_is_seen(self) -> None:
        without("one_ballot_per_person_and_parent", "rankings_ballot")
        sql("UPDATE rankings_ballot SET by_id = %s WHERE parent_id = %s", self.boss.pk, self.done.pk)

        assert f"has 2 ballots on the replies to message {self.done.pk}" in self.only_breach("P2")

    def test_a_ballot_on_ones_own_reply_is_seen(self) -> None:
        reply = replies_to(self.ranked)[0]
        sql("UPDATE rankings_ballot SET by_id = %s WHERE parent_id = %s", reply.author_id, self.ranked.pk)

        assert f"ranks its own author's reply {reply.pk}" in self.only_breach("P2")

    def test_a_ballot_on_somebody_elses_replies_is_seen(self) -> None:
        sql("UPDATE rankings_ballot SET shown = ARRAY[shown[1], %s] WHERE parent_id = %s", uuid4(), self.ranked.pk)

        assert f"is not about two or more replies to {self.ranked.pk}" in self.only_breach("P2")

    def test_a_review_of_ones_own_message_in_hand_is_seen(self) -> None:
        task = sit(self.waits, Kind.LABEL_INITIAL_PROMPT, by=b.fresh(self.waits).author or self.boss)

        assert f"task {task.pk} (label_initial_prompt)" in self.only_breach("P2")

    def test_a_ranking_of_ones_own_reply_in_hand_is_seen(self) -> None:
        task = sit(self.ranked, Kind.RANK_ASSISTANT_REPLIES, by=replies_to(self.ranked)[0].author or self.boss)

        assert f"task {task.pk} (rank_assistant_replies)" in self.only_breach("P2")

    # P3 no over-collection

    def test_a_review_too_many_is_seen(self) -> None:
        sit(self.waits, Kind.LABEL_INITIAL_PROMPT, by=person())
        sql("UPDATE reviews_review SET message_id = %s WHERE message_id = %s", self.waits.pk, self.ranked.pk)

        assert f"message {self.waits.pk} has 4 reviews and leases where 2 were wanted" in self.only_breach("P3")

    def test_a_ballot_too_many_is_seen(self) -> None:
        sql("INSERT INTO rankings_ballot (id, parent_id, by_id, shown, tiers, unacceptable, not_rankable, counts, "
            "created_at) SELECT gen_random_uuid(), parent_id, %s, shown, tiers, unacceptable, not_rankable, counts, "
            "created_at FROM rankings_ballot WHERE parent_id = %s", self.boss.pk, self.ranked.pk)  # fmt: skip
        sit(self.ranked, Kind.RANK_ASSISTANT_REPLIES, by=person())

        assert "have 3 ballots and leases on the same group where 2" in self.only_breach("P3")

    def test_a_reply_too_many_is_seen(self) -> None:
        sql("UPDATE trees_tree SET max_children = 1 WHERE id = %s", self.ranked.pk)

        assert f"message {self.ranked.pk} has 2 live replies and 0 in hand where 1" in self.only_breach("P3")

    def test_a_reply_in_hand_too_many_is_seen(self) -> None:
        sit(self.grows, Kind.ASSISTANT_REPLY, by=person())
        sql("UPDATE trees_tree SET max_children = 1 WHERE id = %s", self.grows.pk)

        assert f"message {self.grows.pk} has 1 live replies and 1 in hand where 1" in self.only_breach("P3")

    def test_a_tree_beyond_its_goal_is_seen(self) -> None:
        sql("UPDATE trees_tree SET goal_size = 2 WHERE id = %s", self.done.pk)

        assert f"tree {self.done.pk} has 3 messages, with those in hand, and its goal is 2" in self.only_breach("P3")

    # P4 counters

    def test_a_wrong_count_of_replies_is_seen(self) -> None:
        sql("UPDATE trees_message SET children_count = 7 WHERE id = %s", self.done.pk)

        assert f"message {self.done.pk} counts 7 live replies and has 2" in self.only_breach("P4")

    def test_a_wrong_count_of_reviews_is_seen(self) -> None:
        sql("UPDATE trees_message SET review_count = 5 WHERE id = %s", self.done.pk)

        assert f"message {self.done.pk} counts 5 reviews; it has 2 and brought 0" in self.only_breach("P4")

    def test_reviews_an_import_brought_are_counted(self) -> None:
        sql("UPDATE trees_message SET review_count = 5, baseline = '{\"review_count\": 3}' WHERE id = %s", self.done.pk)

        assert broken_promises("P4") == []

    def test_a_wrong_sum_of_a_label_is_seen(self) -> None:
        sql("UPDATE trees_message SET label_sums = '{\"spam\": [0, 1], \"quality\": [0.5, 1]}' WHERE id = %s",
            self.waits.pk)  # fmt: skip

        assert f"message {self.waits.pk} keeps [0.5, 1] of the label quality" in self.only_breach("P4")

    def test_a_label_nobody_gave_is_seen(self) -> None:
        sql("UPDATE trees_message SET label_sums = label_sums || '{\"humor\": [1, 1]}' WHERE id = %s", self.waits.pk)

        assert f"message {self.waits.pk} keeps [1, 1] of the label humor" in self.only_breach("P4")

    def test_a_label_that_was_dropped_is_seen(self) -> None:
        sql("UPDATE trees_message SET label_sums = '{}' WHERE id = %s", self.waits.pk)

        assert len(broken_promises("P4")) == 2, "spam and quality"

    def test_a_wrong_count_of_ballots_is_seen(self) -> None:
        reply = replies_to(self.done)[0]
        sql("UPDATE trees_message SET ranking_count = 9 WHERE id = %s", reply.pk)

        assert f"message {reply.pk} counts 9 ballots; it stood on 2 and brought 0" in self.only_breach("P4")

    def test_a_wrong_count_of_skips_is_seen(self) -> None:
        sql("UPDATE trees_message SET emojis = NULL WHERE id = %s", self.grows.pk)

        assert f"message {self.grows.pk} counts 0 of _skip_reply and should count 1" in self.only_breach("P4")

    def test_a_reaction_nobody_gave_is_seen(self) -> None:
        sql("UPDATE trees_message SET emojis = '{\"+1\": 2}' WHERE id = %s", self.waits.pk)

        assert f"message {self.waits.pk} counts 2 of +1 and should count 0" in self.only_breach("P4")

    # P5 at rest, P6 stock, P7 alive

    def test_a_tree_that_should_have_moved_is_seen(self) -> None:
        sql("UPDATE trees_message SET review_result = true WHERE id = %s", self.waits.pk)

        assert f"tree {self.waits.pk} is initial_prompt_review and should have moved" in self.only_breach("P5")

    def test_a_seat_that_is_missing_is_seen(self) -> None:
        sql("DELETE FROM tasks_task WHERE tree_id = %s AND status = 'open' AND kind = 'assistant_reply'", self.grows.pk)

        assert f"tree {self.grows.pk} wants 1 more of assistant_reply about {self.grows.pk}" in self.only_breach("P6")

    def test_a_seat_too_many_is_seen(self) -> None:
        sql("UPDATE tasks_task SET status = 'open', assignee_id = NULL, expires_at = NULL "
            "WHERE tree_id = %s AND status = 'done'", self.waits.pk)  # fmt: skip

        assert f"tree {self.waits.pk} does not want task" in self.only_breach("P6")

    def test_a_seat_in_the_wrong_language_is_seen(self) -> None:
        sql("UPDATE tasks_task SET lang = 'de' WHERE tree_id = %s AND status = 'open'", self.waits.pk)

        assert f"says something else of message {self.waits.pk}" in self.only_breach("P6")

    def test_a_lonely_parent_nobody_knows_of_is_seen(self) -> None:
        sql("UPDATE tasks_task SET lonely = NOT lonely WHERE message_id = %s AND status = 'open'", self.grows.pk)

        assert f"says something else of message {self.grows.pk}" in self.only_breach("P6")

    def test_work_in_a_tree_that_is_finished_is_seen(self) -> None:
        sql("UPDATE tasks_task SET tree_id = %s WHERE tree_id = %s AND status = 'open'", self.done.pk, self.waits.pk)

        assert f"is offered in tree {self.done.pk}, which is ready_for_export" in broken_promises("P6")[-1]

    def test_a_desk_with_too_few_prompts_to_write_is_seen(self) -> None:
        sql("UPDATE tasks_languagedesk SET filled_at = filled_at + interval '1 day'")
        assert broken_promises("P6") == []
        sql("DELETE FROM tasks_task WHERE kind = 'initial_prompt' AND status = 'open'")

        assert "language en has 0 prompts to write and wants" in self.only_breach("P6")

    def test_a_tree_nobody_can_do_anything_about_is_seen(self) -> None:
        sql("UPDATE tasks_task SET status = 'withdrawn' WHERE tree_id = %s AND status = 'open'", self.waits.pk)

        assert f"tree {self.waits.pk} is initial_prompt_review and nobody" in self.only_breach("P7")

    def test_what_is_withheld_and_on_nobodys_list_is_seen(self) -> None:
        sql("UPDATE screening_toxicityscore SET looked_version = 1 WHERE message_id = %s", self.withheld.pk)

        assert f"message {self.withheld.pk} is withheld and no moderator" in self.only_breach("P7")

    # P8 ranks

    def test_a_gap_in_the_ranks_is_seen(self) -> None:
        sql("UPDATE trees_message SET rank = 2 WHERE parent_id = %s AND rank = 1", self.done.pk)

        assert f"the replies to {self.done.pk} have the ranks 0, 2" in self.only_breach("P8")

    def test_a_reply_without_a_rank_is_seen(self) -> None:
        sql("UPDATE trees_message SET rank = NULL WHERE parent_id = %s AND rank = 0", self.done.pk)

        assert f"the replies to {self.done.pk} have the ranks none, 1" in self.only_breach("P8")

    def test_a_rank_of_a_deleted_message_is_seen(self) -> None:
        sql("UPDATE trees_message SET deleted = true WHERE parent_id = %s AND rank = 0", self.done.pk)

        assert "has rank 0 and does not count" in self.only_breach("P8")

    # P9 history

    def test_a_state_no_event_tells_of_is_seen(self) -> None:
        sql("UPDATE trees_tree SET state = 'halted_by_moderator' WHERE id = %s", self.done.pk)

        assert f"tree {self.done.pk} is halted_by_moderator, its last event says ready" in self.only_breach("P9")

    def test_a_step_that_is_missing_is_seen(self) -> None:
        sql("DELETE FROM trees_treeevent WHERE tree_id = %s AND after = 'growing'", self.done.pk)

        assert "begins at growing, the one before it ended at prompt_lottery_waiting" in self.only_breach("P9")

    def test_a_text_changed_without_a_revision_is_seen(self) -> None:
        sql("UPDATE trees_message SET version = 2 WHERE id = %s", self.done.pk)

        assert f"the text of message {self.done.pk} is version 2, and 0 earlier" in self.only_breach("P9")

    # P12 nothing lost

    def test_a_review_that_was_lost_is_seen(self) -> None:
        sql("DELETE FROM reviews_review WHERE message_id = %s", self.waits.pk)

        assert "(label_initial_prompt) was handed in, and what it brought is not there" in self.only_breach("P12")

    def test_a_ballot_that_was_lost_is_seen(self) -> None:
        sql("DELETE FROM rankings_ballot WHERE parent_id = %s", self.ranked.pk)

        assert "(rank_assistant_replies) was handed in, and what it brought is not there" in self.only_breach("P12")

    def test_a_reply_that_was_lost_is_seen(self) -> None:
        sql("UPDATE tasks_task SET result = jsonb_build_object('message_id', gen_random_uuid()) "
            "WHERE kind = 'assistant_reply' AND status = 'done' AND tree_id = %s", self.grows.pk)  # fmt: skip

        assert "(assistant_reply) was handed in, and what it brought is not there" in self.only_breach("P12")

    def test_a_review_out_of_nowhere_is_seen(self) -> None:
        sql("DELETE FROM tasks_task WHERE tree_id = %s AND status = 'done'", self.waits.pk)

        assert "belongs to no task that was handed in" in self.only_breach("P12")

    # The command

    def test_the_command_names_the_breach_and_fails(self) -> None:
        sql("UPDATE trees_message SET children_count = 7 WHERE id = %s", self.done.pk)
        out = StringIO()

        with pytest.raises(CommandError, match="1 breaches"):
            call_command("check_integrity", stdout=out)

        assert f"message {self.done.pk} counts 7 live replies and has 2" in out.getvalue()

    def test_the_command_looks_at_one_promise_when_asked_to(self) -> None:
        sql("UPDATE trees_message SET children_count = 7 WHERE id = %s", self.done.pk)
        out = StringIO()

        call_command("check_integrity", "--promise", "P1", "--promise", "P9", stdout=out)

        assert {line[:2] for line in out.getvalue().splitlines()} == {"P1", "P9"}

    def test_every_promise_that_has_its_subject_is_checked(self) -> None:
        assert {check.promise for check in PROMISES} == {f"P{number}" for number in range(1, 13)}


class AModeratorsDoing(TestCase):
    """A reply brought back beside the one that took its place was not collected too often."""

    def test_a_restored_reply_is_not_over_collection(self) -> None:
        policy()
        prompt, boss = growing(), moderator()
        first = accepted_answer(prompt)
        moderation.delete_message(message_id=first.pk, why="", by=boss, now=NOW)
        accepted_answer(prompt)
        accepted_answer(prompt)
        moderation.restore_message(message_id=first.pk, why="", by=boss, now=NOW)

        assert len(replies_to(prompt)) == 3
        assert broken_promises() == []
