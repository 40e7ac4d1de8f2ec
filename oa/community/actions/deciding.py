"""What people are told when something was decided about them or their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    *, decision_id: UUID, said: Mapping[str, object], message_ids: Sequence[UUID], by: User | None, now: datetime
) -> None:
    """Tell the authors of these messages what was decided about them. Nobody is told of their own decision.

    `said` are the facts that `rules.decisions` puts into words: verb, reason, why, …
    """
    about = Message.objects.filter(pk__in=message_ids, author__isnull=False, author__imported=False)
    if by is not None:
        about = about.exclude(author=by)
    rows = list(about.order_by("depth", "id").values_list("id", "tree_id", "author_id"))
    members = Member.objects.hold({author for _pk, _tree, author in rows if author})
    news = [
        (tree_id, News(author, NoticeKind.MODERATION, f"decision:{decision_id}:{pk}", pk, said))
        for pk, tree_id, author in rows
        if author is not None
    ]
    tell(news, members, now=now)


@verb
def tell_person_of_decision(*, decision_id: UUID, said: Mapping[str, object], person: User, now: datetime) -> None:
    """Tell somebody what was decided about themselves; they hear it even if they muted the kind."""
    members = Member.objects.hold([person.pk])
    news = News(person.pk, NoticeKind.MODERATION, f"decision:{decision_id}", None, said)
    tell([(None, news)], members, now=now, always=True)
