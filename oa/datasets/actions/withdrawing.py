"""Authors take back what they wrote from data sets, and give it again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.core.errors import Forbidden, Missing
from oa.core.verbs import verb
from oa.datasets.models import Release, Withdrawal
from oa.datasets.rules.consent import Held, Standing, free_from, why_held
from oa.tasks import actions as tasks
from oa.trees import actions as trees
from oa.trees.models import Message, PolicyVersion, Tree
from oa.trees.rules import FINISHED, State


@verb
def withdraw(*, message_id: UUID, by: User, now: datetime) -> Message:
    """Keep a message of one's own out of every release made from now on. Doing so twice changes nothing.

    It stays in its tree. Missing for no message, Forbidden for somebody else's.
    """
    tree, message = _own(message_id, by)
    if not message.withdrawn:
        trees.keep_out(message=message, withdrawn=True)
        Withdrawal.objects.create(message=message, by=by, at=now)
        _settle(tree, by=by, now=now)
    return message


@verb
def give_back(*, message_id: UUID, by: User, now: datetime) -> Message:
    """Let releases have a message of one's own again. Doing so twice changes nothing."""
    tree, message = _own(message_id, by)
    if message.withdrawn:
        trees.keep_out(message=message, withdrawn=False)
        Withdrawal.objects.filter(message=message, given_back_at=None).update(given_back_at=now)
        _settle(tree, by=by, now=now)
    return message


def _own(message_id: UUID, by: User) -> tuple[Tree, Message]:
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        raise Missing("no_such_message", _("There is no such message."))
    if message.author_id != by.pk:
        raise Forbidden("not_yours", _("Somebody else wrote this message."))
    tree = trees.hold(tree_id=message.tree_id)
    message.refresh_from_db()
    return tree, message


@verb
def withdraw_everything(*, by: User, now: datetime) -> User:
    """Keep everything one wrote, and will write, out of every release made from now on.

    Trees that one began rest a little later (`settle_withdrawn`): there may be hundreds.
    """
    person = accounts.keep_everything_out(by=by, withdrawn=True, now=now)
    Withdrawal.objects.get_or_create(by=person, message=None, given_back_at=None, defaults={"at": now})
    return person


@verb
def give_everything_back(*, by: User, now: datetime) -> User:
    """Let releases have again what one wrote; messages that were taken back one by one stay so."""
    person = accounts.keep_everything_out(by=by, withdrawn=False, now=now)
    Withdrawal.objects.filter(by=person, message=None, given_back_at=None).update(given_back_at=now)
    return person


@verb
def settle_withdrawn(*, tree_id: UUID, now: datetime) -> None:
    """Halt a tree whose prompt is kept out of data sets; let one go on whose prompt was given back."""
    _settle(trees.hold(tree_id=tree_id), by=None, now=now)


def _settle(tree: Tree, *, by: User | None, now: datetime) -> None:
    if tree.archived:
        return
    if Message.objects.kept_out().filter(pk=tree.pk).exists():
        trees.rest(tree=tree, by=by, now=now)
    else:
        trees.wake(tree=tree, by=by, now=now)
    tasks.settle(tree, now=now)


def trees_to_settle() -> list[UUID]:
    """Trees that `settle_withdrawn` would halt or let go on."""
    prompts = Message.objects.filter(depth=0)
    under_way = Tree.objects.live().exclude(state__in=[*FINISHED, State.HALTED_BY_MODERATOR])
    # Each of the two by itself has an index; asked for as one or the other, every prompt would be read.
    one_by_one = under_way.filter(pk__in=prompts.filter(withdrawn=True).values("pk"))
    people = User.objects.filter(withdrew_at__isnull=False).values("pk")
    with_everything = under_way.filter(pk__in=prompts.filter(author__in=people).values("pk"))
    resting = Tree.objects.resting().exclude(pk__in=prompts.kept_out().values("pk"))
    found = [some.values_list("pk", flat=True)[:1000] for some in (one_by_one, with_everything, resting)]
    return list(dict.fromkeys(pk for some in found for pk in some))


def tombstones(release: Release) -> Iterator[tuple[UUID, str]]:
    """Messages of a release that are not to be used any more: (id here, `withdrawn` or `deleted`), by id."""
    gone = Q(message__withdrawn=True) | Q(message__author__withdrew_at__isnull=False) | Q(message__deleted=True)
    rows = release.members.filter(gone).order_by("message_id").values_list("message_id", "message__deleted")
    for pk, deleted in rows.iterator():
        yield pk, "deleted" if deleted else "withdrawn"


def standing_of(*, message_id: UUID, by: User, now: datetime) -> dict[str, object]:
    """Where a message of one's own stands with the data sets. Missing for no message, Forbidden for another's."""
    message = Message.objects.filter(pk=message_id).select_related("tree", "author").first()
    if message is None:
        raise Missing("no_such_message", _("There is no such message."))
    if message.author is None or message.author_id != by.pk:
        raise Forbidden("not_yours", _("Somebody else wrote this message."))
    standing = Standing(
        withdrawn=message.withdrawn, withdrew_all=message.author.withdrew_at is not None, withheld=message.withheld,
        own=True, agreed=User.objects.agreeing().filter(pk=message.author_id).exists(), written=message.created_date,
    )  # fmt: skip
    days = PolicyVersion.objects.in_force(message.tree.lang).policy.embargo_days
    held = why_held(standing, embargo_days=days, now=now)
    releases = Release.objects.public().filter(members__message=message)
    return {
        "message_id": message.pk,
        "withdrawn": standing.withdrawn,
        "withdrew_all": standing.withdrew_all,
        "held": held,
        "held_text": Held(held).label if held else "",
        "free_from": free_from(standing, embargo_days=days),
        "releases": [
            {
                "name": found.name,
                "title": found.title,
                "published_at": found.published_at,
                "recalled": found.is_recalled,
            }
            for found in releases
        ],
    }
