"""What people are told when a moderator has decided about their words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from oa.accounts.models import User
from oa.community.actions.booking import tell
from oa.community.models import Member
from oa.community.rules import News, NoticeKind
from oa.core.verbs import verb
from oa.trees.models import Message


@verb
def tell_of_decision(
    *, decision_id: UUID, decided: str, why: str, message_ids: Sequence[UUID], by: User, now: datetime
) -> None:
    """Tell the authors of these messages what was decided about them, and why. Nobody is told of their own decision."""
    about = Message.objects.filter(pk__in=message_ids, author__isnull=False, author__imported=False)
    rows = list(about.exclude(author=by).order_by("depth", "id").values_list("id", "tree_id", "author_id"))
    members = Member.objects.hold({author for _pk, _tree, author in rows if author})
    data = {"verb": decided, "why": why}
    for pk, tree_id, author in rows:
        if author is not None:
            news = News(author, NoticeKind.MODERATION, f"decision:{decision_id}:{pk}", pk, data)
            tell([news], members, tree_id=tree_id, now=now)
