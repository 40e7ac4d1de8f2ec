"""WRITTEN and REPLIED: trees, their messages, and everything that ever happened to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import NullIf
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oa.accounts.models import User
from oa.core.ids import new_id
from oa.core.prepared import Prepared, Slot
from oa.trees.models.policy import PolicyVersion
from oa.trees.models.searching import Says, written, written_within_reach
from oa.trees.rules import FINISHED, STOPS_BY_RULES, Node, Part, Role, Shape, State, Why


class TreeQuerySet(models.QuerySet["Tree"]):
    def hold(self, pk: UUID) -> Tree:
        """This tree with its policy, locked against other writes until the transaction ends.

        Lock order everywhere: trees before people before tasks.
        """
        return self._held().get(pk=pk)

    def hold_of_task(self, task_id: UUID) -> Tree | None:
        """The tree a task is about, held; None for a task that starts one."""
        found: Tree | None = _TREE_OF_TASK.first(task=task_id)
        return found

    def hold_first_free(self) -> Tree | None:
        """The first of these trees that nobody else holds, held: waits for nobody."""
        free = self.select_related("policy").select_for_update(of=("self",), no_key=True, skip_locked=True)
        return free.order_by("id").first()

    def _held(self) -> Self:
        return self.select_related("policy").select_for_update(of=("self",), no_key=True)

    def live(self) -> Self:
        """Trees that are worked on; archived ones are only shown and exported."""
        return self.filter(archived=False)

    def in_state(self, *states: State) -> Self:
        return self.filter(state__in=states)

    def resting(self) -> Self:
        """Trees that were halted because the author of the prompt keeps it out of data sets."""
        last = TreeEvent.objects.filter(tree=OuterRef("pk")).order_by("-id").values("why")[:1]
        halted = self.live().in_state(State.HALTED_BY_MODERATOR).filter(events__why=Why.WITHDRAWN).distinct()
        return halted.annotate(last_why=Subquery(last)).filter(last_why=Why.WITHDRAWN)


_TREE_OF_TASK = Prepared(lambda: Tree.objects.all()._held().filter(tasks__pk=Slot("task", models.UUIDField())))


class Tree(models.Model):
    """One conversation tree. Its id is that of its prompt."""

    id = models.UUIDField(primary_key=True, editable=False)
    state = models.CharField(_("state"), max_length=24, choices=State, editable=False)
    lang = models.CharField(_("language"), max_length=16)
    archived = models.BooleanField(
        _("archived"), default=False, help_text=_("Kept as it was imported; never worked on.")
    )
    origin = models.CharField(_("origin"), max_length=200, blank=True)
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="trees", verbose_name=_("policy"))
    goal_size = models.PositiveSmallIntegerField(_("goal size"))
    max_depth = models.PositiveSmallIntegerField(_("greatest depth"))
    max_children = models.PositiveSmallIntegerField(_("most replies to a message"), validators=[MinValueValidator(1)])
    moderated = models.BooleanField(
        _("released by a moderator"), default=False,
        help_text=_("The automatic stops stay silent."),
    )  # fmt: skip
    won_lottery_at = models.DateTimeField(_("won the lottery"), null=True, blank=True)
    unbooked = models.BooleanField(
        _("unbooked"), db_default=False, default=False, editable=False,
        help_text=_("Something happened here of which the ledger of points has not been told."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("started"), default=timezone.now, editable=False)

    objects = TreeQuerySet.as_manager()

    class Meta:
        verbose_name = _("tree")
        verbose_name_plural = _("trees")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="a_tree_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(archived=True) | ~Q(state=State.SCORING_FAILED),
                name="scoring_failed_is_only_ever_imported",
            ),
        ]
        indexes = [
            # The language desk counts and draws only among trees that are not finished.
            models.Index(
                fields=["lang", "state"],
                condition=Q(archived=False) & ~Q(state__in=FINISHED),
                name="unfinished_trees",
            ),
            models.Index(fields=["state", "lang", "id"], name="trees_by_state"),
            models.Index(fields=["-created_at", "id"], name="trees_newest_first"),
            models.Index(fields=["id"], condition=Q(unbooked=True), name="unbooked_trees"),
        ]

    def __str__(self) -> str:
        return f"Tree {self.pk}"

    def shape(self) -> Shape:
        """The tree's messages without their words, in one query."""
        return self.shape_with(Message.objects.nodes_of(self.pk))

    def shape_with(self, nodes: list[Node]) -> Shape:
        return Shape(
            policy=self.policy.policy,
            goal_size=self.goal_size,
            max_depth=self.max_depth,
            max_children=self.max_children,
            nodes=nodes,
            moderated=self.moderated,
        )


NODE_FIELDS = (
    "id", "parent_id", "author_id", "depth", "lang", "version", "deleted",
    "review_count", "review_result", "ranking_count", "rank", "emojis", "withheld", "extra_reviews",
)  # fmt: skip


def node_of(row: Sequence[Any]) -> Node:
    """A Node of one row of NODE_FIELDS, which stand in the order of its own."""
    values = list(row)
    values[_EMOJIS] = values[_EMOJIS] or {}
    return Node(*values)


_EMOJIS = NODE_FIELDS.index("emojis")


# An array that is made first, so that the rows themselves come from the primary key.
_SCENE = """
trees_message.id = ANY(ARRAY(
    WITH RECURSIVE thread AS (
        SELECT id, parent_id FROM trees_message WHERE id = %s
        UNION ALL
        SELECT above.id, above.parent_id FROM trees_message above JOIN thread ON above.id = thread.parent_id
    )
    SELECT id FROM thread
) || %s::uuid[])
"""


class MessageQuerySet(models.QuerySet["Message"]):
    def nodes_of(self, tree_id: UUID) -> list[Node]:
        """All messages of a tree without their words, parents before their replies."""
        return [node_of(row) for row in _NODES(tree=tree_id)]

    def live(self) -> Self:
        return self.filter(deleted=False)

    def accepted(self) -> Self:
        return self.filter(deleted=False, review_result=True)

    def kept_out(self) -> Self:
        """Messages that their authors keep out of data sets: one by one, or with everything they write."""
        return self.filter(Q(withdrawn=True) | Q(author__withdrew_at__isnull=False))

    def written_by(self, person_id: object) -> Self:
        return self.filter(author_id=person_id)

    def lately_or_here(
        self, *, by: UUID, since: datetime, parent_id: UUID | None
    ) -> list[tuple[UUID | None, datetime | None, str]]:  # parent, when, text
        """What somebody has written since then, or ever as a reply to this message, and is still there."""
        return _LATELY_OR_HERE(by=by, since=since, parent=parent_id)

    def saying(self, parts: Iterable[Part], *, read: bool = False) -> Self:
        """Messages in whose text all of these parts stand. Migration 0004 says what a word is.

        `read`: by reading the texts, which are few for another reason, and not by the index of words.
        """
        found = self
        for part in parts:
            query = Func(Value(part.text), Value(part.beginning), function="trees_search_query")
            found = found.filter(Says(F("text"), query, read=read))
            if part.phrase:  # asked only of what the index has found
                found = found.filter(text__icontains=part.text)
        return found

    def reaching(self, newest: models.QuerySet[Message]) -> Self:
        """Those among the newest, which are the first of these; none while some have no date: they stand before all."""
        dateless = Message.objects.filter(created_date=None)
        return self.filter(~models.Exists(dateless), written_within_reach(newest))

    def dated(self) -> Self:
        """With the date as `written`, by which no index is in order."""
        return self.annotate(written=written())

    def thread_to(self, message_id: UUID) -> list[Message]:
        """The conversation down to a message: the prompt first, the message last."""
        return self.scene(message_id, [])[0]

    def scene(self, message_id: UUID, reply_ids: list[UUID]) -> tuple[list[Message], list[Message]]:
        """The conversation down to a message, and some replies to it in the order asked for; in one statement."""
        return arranged(self.standing(message_id, reply_ids), reply_ids)

    def standing(self, message: UUID | Slot, replies: list[UUID] | Slot) -> Self:
        """The messages from the prompt down to one, and these replies to it; in no order."""
        return self.filter(RawSQL(_SCENE, [message, replies], output_field=models.BooleanField()))

    def among(self, ids: Slot) -> Self:
        """These, as one value: a list of them would make another statement for every number."""
        return self.filter(RawSQL("trees_message.id = ANY(%s)", [ids], output_field=models.BooleanField()))

    def of_trees(self, ids: Slot) -> Self:
        """All of these trees, named as one value too."""
        return self.filter(RawSQL("trees_message.tree_id = ANY(%s)", [ids], output_field=models.BooleanField()))


_NODES = Prepared(
    lambda: Message.objects
    .filter(tree_id=Slot("tree", models.UUIDField()))
    .order_by("depth", "id")
    .values_list(*NODE_FIELDS)
)  # fmt: skip


_LATELY_OR_HERE = Prepared(
    lambda: Message.objects
    .live()
    .filter(author_id=Slot("by", models.UUIDField()))
    .filter(
        Q(created_date__gt=Slot("since", models.DateTimeField())) | Q(parent_id=Slot("parent", models.UUIDField()))
    )
    .values_list("parent_id", "created_date", "text")
)  # fmt: skip


def arranged(rows: Iterable[Message], reply_ids: Sequence[UUID]) -> tuple[list[Message], list[Message]]:
    """What stands in a scene: the conversation from the prompt on, and the replies in this order."""
    found = {row.pk: row for row in rows}
    replies = [found.pop(pk) for pk in reply_ids if pk in found]
    return sorted(found.values(), key=lambda message: message.depth), replies


class Message(models.Model):
    """One message. Later stages leave their results on it, so that the tree decides from its own rows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # The unique constraint below finds a tree's messages, in order.
    tree = models.ForeignKey(Tree, models.CASCADE, related_name="messages", editable=False, db_index=False)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies", editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="messages", db_index=False,
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=9, choices=Role, editable=False)
    depth = models.PositiveSmallIntegerField(_("depth"), editable=False)
    # What lets a foreign key say "my parent is one level up in my own tree" (migration 0002).
    parent_depth = models.GeneratedField(
        expression=F("depth") - 1, output_field=models.SmallIntegerField(), db_persist=True
    )
    lang = models.CharField(_("language"), max_length=16)
    text = models.TextField(_("text"))
    version = models.PositiveSmallIntegerField(_("version of the text"), default=1, help_text=_("Each edit adds one."))
    created_date = models.DateTimeField(_("written"), null=True, help_text=_("Missing only where an import had none."))
    deleted = models.BooleanField(_("deleted"), default=False)
    withheld = models.BooleanField(
        _("withheld"), db_default=False, default=False, editable=False,
        help_text=_("In no task, with all below it, until a moderator has looked."),
    )  # fmt: skip
    extra_reviews = models.PositiveSmallIntegerField(
        _("more reviews"), db_default=0, default=0, editable=False,
        help_text=_("Wanted beside those of the policy: somebody whose work is checked twice wrote or reviewed it."),
    )  # fmt: skip
    erased = models.BooleanField(
        _("erased"), db_default=False, default=False, editable=False, help_text=_("Its words are gone for good.")
    )
    withdrawn = models.BooleanField(
        _("withdrawn"), db_default=False, default=False, editable=False,
        help_text=_("Its author took it back: in no data set that is made from then on."),
    )  # fmt: skip
    synthetic = models.BooleanField(_("written by a model"), default=False)
    model_name = models.CharField(
        _("name of the model"), max_length=200, null=True, blank=True
    )  # null and "" differ in oasst files
    review_count = models.PositiveIntegerField(_("reviews"), default=0)
    review_result = models.BooleanField(_("accepted"), null=True, blank=True)
    label_sums = models.JSONField(
        _("sums of labels"), default=dict, help_text=_("Our own reviews: {label: [sum, count]}.")
    )
    ranking_count = models.PositiveIntegerField(_("ballots it stood on"), default=0)
    children_count = models.PositiveIntegerField(_("live replies"), default=0)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    emojis = models.JSONField(_("reactions and skips"), null=True, help_text=_("{code: count}; the import's and ours."))
    baseline = models.JSONField(
        _("brought by the import"), null=True, blank=True,
        help_text=_("Counts, label means and ranks without rows behind them."),
    )  # fmt: skip
    foreign_id = models.CharField(_("id in the imported data set"), max_length=128, blank=True)
    worst_said = models.GeneratedField(
        expression=NullIf(  # the function is that of migration 0006
            Func(F("label_sums"), F("baseline"), Value(1), function="trees_worst_said"), Value(0.0)
        ),
        output_field=models.FloatField(null=True), db_persist=True, verbose_name=_("worst that people say"),
        help_text=_("Highest mean of rude, hateful, not appropriate, sexual, violent; empty where nobody says so."),
    )  # fmt: skip

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None, depth=0, id=F("tree_id"))
                | Q(parent__isnull=False, depth__gt=0) & ~Q(id=F("tree_id")),
                name="only_the_prompt_has_no_parent_and_it_names_the_tree",
            ),
            models.CheckConstraint(
                condition=Q(Exact(F("depth") % 2, 0), role=Role.PROMPTER)
                | Q(Exact(F("depth") % 2, 1), role=Role.ASSISTANT),
                name="roles_alternate_from_the_prompter",
            ),
            models.CheckConstraint(
                condition=Q(erased=False) | Q(deleted=True, text=""),
                name="what_is_erased_has_no_words_and_stays_deleted",
            ),
            models.UniqueConstraint(
                fields=["author", "parent"],
                condition=Q(deleted=False, parent__isnull=False),
                name="one_live_reply_per_person_and_parent",
            ),
            # What the foreign key of migration 0002 points at; it also finds a tree's messages.
            models.UniqueConstraint(fields=["tree", "depth", "id"], name="a_message_stands_at_one_depth_of_its_tree"),
        ]
        indexes = [
            models.Index(fields=["author", "-created_date"], name="messages_of_a_person"),
            models.Index(fields=["-created_date", "id"], name="messages_newest_first"),
            # The newest of a rare language must not be looked for among all others, nor a common word in it.
            models.Index(fields=["lang", "-created_date", "id"], name="messages_of_a_language"),
            models.Index(
                fields=["-worst_said", "id"],
                condition=Q(worst_said__isnull=False, deleted=False),
                name="worst_said_first",
            ),
            models.Index(fields=["id"], condition=Q(withheld=True, deleted=False), name="withheld_messages"),
            models.Index(fields=["id"], condition=Q(withdrawn=True), name="withdrawn_messages"),
            # Exports leave out trees with such messages, and look for them among a million.
            models.Index(fields=["tree"], condition=Q(synthetic=True), name="synthetic_messages"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def is_kept_from(self, viewer: User) -> bool:
        """Whether somebody is not to read it because it is withheld: all but moderators and its author."""
        return self.withheld and not viewer.is_moderator and self.author_id != viewer.pk


class TreeEvent(models.Model):
    """One step of a tree: from where to where, why, and by whom."""

    id = models.BigAutoField(primary_key=True)
    tree = models.ForeignKey(Tree, models.CASCADE, related_name="events", db_index=False)
    before = models.CharField(  # there was no state before the first
        _("before"), max_length=24, choices=State, null=True, blank=True
    )
    after = models.CharField(_("after"), max_length=24, choices=State)
    why = models.CharField(_("why"), max_length=32, choices=Why)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("by"), db_index=False,
    )  # fmt: skip
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("tree event")
        verbose_name_plural = _("tree events")
        constraints = [
            models.CheckConstraint(condition=Q(before=None) | ~Q(before=F("after")), name="an_event_is_a_move"),
        ]
        indexes = [
            models.Index(fields=["tree", "-id"], name="events_of_a_tree"),
            models.Index(fields=["at"], name="events_by_time"),
            models.Index(fields=["tree"], condition=Q(why__in=STOPS_BY_RULES, by=None), name="stops_by_rules"),
            models.Index(fields=["tree"], condition=Q(why=Why.WITHDRAWN), name="stops_for_the_author"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after} ({self.why})"
