"""A moderator has been at work: an open report, an open appeal, a wish to erase, an erasure that is done."""

from __future__ import annotations

from oa.accounts.models import User
from oa.datasets.models import Release, ReleaseMember
from oa.datasets.rules.states import ReleaseState
from oa.moderation import actions as moderation
from oa.moderation.rules import ReportReason
from oa.trees.models import Message
from tests import builders as b


def moderators_have_been_at_work(boss: User) -> None:
    reported, changed, asked, gone = (b.plant() for _ in range(4))
    moderation.report(message_id=reported.pk, reason=ReportReason.SPAM, note="", by=b.person(), now=b.NOW)
    made = moderation.edit_message(message_id=changed.pk, text="Changed", why="typo", by=boss, now=b.NOW)
    moderation.appeal(decision_id=made.pk, text="It was right", by=User.objects.get(messages=changed), now=b.NOW)
    for message in (asked, gone):
        wish = moderation.ask_purge(message_id=message.pk, why="an address", by=boss, now=b.NOW)
    moderation.confirm_purge(purge_id=wish.pk, by=b.moderator(), now=b.NOW)
    moderation.erase_trees(purge_id=wish.pk, most=10, now=b.NOW)


def a_release_of(message: Message) -> None:
    """A release that everybody has seen, with this message in it."""
    made = Release.objects.create(
        name="first", licence="Apache-2.0", state=ReleaseState.PUBLISHED, taken_at=b.NOW, at=b.NOW, published_at=b.NOW
    )
    ReleaseMember.objects.create(release=made, message=message)
