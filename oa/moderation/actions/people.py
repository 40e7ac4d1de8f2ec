"""What follows for the trees of people who were shut out."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from oa.accounts.models import User
from oa.core.verbs import verb
from oa.tasks import actions as tasks
from oa.trees import actions as trees
from oa.trees.rules import State, Why


@verb
def halt_prompt_of_disabled(*, tree_id: UUID, now: datetime) -> bool:
    """A waiting prompt of somebody who was disabled leaves the lottery."""
    tree = trees.hold(tree_id=tree_id)
    author = User.objects.filter(messages__id=tree_id).first()
    waits = tree.state == State.PROMPT_LOTTERY_WAITING and not tree.archived
    if not waits or author is None or author.is_active or author.left_at is not None:
        return False
    trees.halt(tree=tree, by=None, now=now, why=Why.AUTHOR_DISABLED)
    tasks.restock(tree, now=now)
    return True
