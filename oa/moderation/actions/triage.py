"""What the machine finds worst waits for a moderator's look, and may be kept from people until then."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts.models import User
from oa.core.errors import Conflict
from oa.core.verbs import verb
from oa.moderation.actions.deciding import decided, place, refuse_others
from oa.moderation.actions.facts import changes, facts_of
from oa.moderation.actions.messages import anywhere, close_reports
from oa.moderation.models import Batch, Case, Decision, Report, policies_in_force, withheld_no_more
from oa.moderation.rules import NOBODY_AT_WORK, Verb, withholds_from
from oa.screening.models import ToxicityScore
from oa.tasks import actions as tasks
from oa.trees import actions as trees
from oa.trees.models import Message, Tree


@verb
def look(
    *, message_id: UUID, version: int | None = None, why: str = "", reason: str = "", by: User, now: datetime
) -> Decision:
    """Look at a message and leave it as it is: it leaves the list, and goes back into tasks if it was withheld.

    `version` is that of the text somebody saw; Conflict when it is another one now, when the message is deleted, when
    no machine has an opinion on it, and when another moderator was first.
    """
    refuse_others(by)
    tree, message, score = _looked_upon(message_id, version=version)
    if score.looked_version >= message.version:
        raise Conflict(
            "already_looked",
            _("A moderator has looked at this message already."),
            remedy=_("Take that back if it was wrong."),
        )
    was, was_withheld = facts_of(tree.pk), message.withheld
    _note_look(score, message, by=by, now=now)
    _give_free(tree, message, by=by, now=now)
    return decided(
        verb=Verb.LOOK, by=by, why=why, reason=reason, now=now, message=message, tree=tree,
        details={"version": message.version, "withheld": was_withheld}, **changes(was, tree),
    )  # fmt: skip


@verb
def unlook(
    *, message_id: UUID, version: int | None = None, why: str = "", reason: str = "", by: User, now: datetime
) -> Decision:
    """Take a look back: the message is on the list again, and withheld again if the policy in force says so."""
    refuse_others(by)
    tree, message, score = _looked_upon(message_id, version=version)
    if score.looked_version < message.version:
        raise Conflict("not_looked", _("No moderator has looked at this message."))
    was = facts_of(tree.pk)
    score.looked_version, score.looked_by, score.looked_at = 0, None, None
    score.save(update_fields=["looked_version", "looked_by", "looked_at"])
    again = _must_be_withheld(tree, message, score)
    if again:
        _keep_back(tree, message, now=now)
    return decided(
        verb=Verb.UNLOOK, by=by, why=why, reason=reason, now=now, message=message, tree=tree,
        details={"version": message.version, "withheld": again}, **changes(was, tree),
    )  # fmt: skip


@verb
def dismiss_message(
    *, message_id: UUID, why: str, reason: str = "", batch: Batch | None = None, by: User, now: datetime
) -> Decision:
    """Leave a message as it is: whoever reported it is answered, it counts as looked at, and if it was withheld people
    meet it again.

    Conflict when there is nothing to answer: no open report, no case, no look that is wanted. Of an archived tree only
    reports are answered.
    """
    refuse_others(by)
    tree, message = anywhere(message_id)
    score = _unlooked(tree, message)
    open_case = Case.objects.filter(message=message, closed_at=None).exists()
    reported = Report.objects.filter(message=message, handled_at=None).exists()
    if not (score or open_case or reported or (message.withheld and not tree.archived)):
        raise Conflict("nothing_to_dismiss", _("Nobody asks for a decision about this message."))
    was = facts_of(tree.pk)
    close_reports([message.pk], now=now)
    if score:
        _note_look(score, message, by=by, now=now)
    if not tree.archived:
        _give_free(tree, message, by=by, now=now)
    return decided(
        verb=Verb.DISMISS, by=by, why=why, reason=reason, batch=batch, now=now, message=message, tree=tree,
        **changes(was, tree),
    )  # fmt: skip


def _unlooked(tree: Tree, message: Message) -> ToxicityScore | None:
    """The score of a text, if a moderator's look at it could be wanted."""
    if tree.archived or message.deleted:
        return None
    found = ToxicityScore.objects.select_for_update(of=("self",)).filter(message=message, version=message.version)
    score = found.filter(looked_version__lt=message.version).first()
    low = policies_in_force().of(message.lang).toxicity_machine_low
    return score if score is not None and (message.withheld or score.peak > low) else None


def _note_look(score: ToxicityScore, message: Message, *, by: User, now: datetime) -> None:
    score.looked_version, score.looked_by, score.looked_at = message.version, by, now
    score.save(update_fields=["looked_version", "looked_by", "looked_at"])


def _give_free(tree: Tree, message: Message, *, by: User, now: datetime) -> None:
    """People meet it again, if it was kept from them."""
    if message.withheld:
        trees.withhold(message=message, withheld=False)
        tasks.settle(tree, by=by, now=now)


@verb
def withhold(*, message_id: UUID, now: datetime) -> bool:
    """Keep a message from people until a moderator has looked, if it is still so that the policy wants that.

    The tree is held, so that a look, a review or a deletion of the same moment comes before or after, never between.
    """
    tree, message = place(message_id)
    score = ToxicityScore.objects.filter(message=message, version=message.version).first()
    if score is None or message.deleted or not _must_be_withheld(tree, message, score):
        return False
    if withheld_no_more(message.version).filter(message=message).exists():
        return False  # a moderator has undone it: silent about this text from then on
    was = facts_of(tree.pk)
    _keep_back(tree, message, now=now)
    decided(
        verb=Verb.WITHHOLD, by=None, now=now, message=message, tree=tree,
        why=_("The machine is surer than the policy allows. A moderator looks first."),
        details={"version": message.version, "peak": score.peak, "scores": score.as_detoxify()},
        **changes(was, tree),
    )  # fmt: skip
    return True


def _looked_upon(message_id: UUID, *, version: int | None) -> tuple[Tree, Message, ToxicityScore]:
    """A live message with its tree and its score, both held."""
    tree, message = place(message_id)
    if message.deleted:
        raise Conflict("already_deleted", _("This message is deleted already."))
    if version not in (None, message.version):
        raise Conflict(
            "message_changed", _("The text was changed meanwhile."), remedy=_("Look at the new text."),
            version=message.version,
        )  # fmt: skip
    score = (
        ToxicityScore.objects.select_for_update(of=("self",)).filter(message=message, version=message.version).first()
    )
    if score is None:
        raise Conflict("not_scored", _("No machine has an opinion on this text, so it is on no list."))
    return tree, message, score


def _must_be_withheld(tree: Tree, message: Message, score: ToxicityScore) -> bool:
    """Whether people would meet it at their work, and the policy in force for its language wants a look before."""
    if message.withheld or tree.state in NOBODY_AT_WORK or score.looked_version >= message.version:
        return False
    peak: float = score.peak
    return peak >= withholds_from(policies_in_force().of(message.lang))


def _keep_back(tree: Tree, message: Message, *, now: datetime) -> None:
    """Whoever has a task about it loses that, as when it is deleted."""
    trees.withhold(message=message)
    tasks.settle(tree, now=now)
