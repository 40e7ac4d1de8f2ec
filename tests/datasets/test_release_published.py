"""Between the checks and the publication people may change their minds: they are heard to the last moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from oa.accounts import actions as accounts
from oa.accounts.models import Terms, User
from oa.core.errors import Conflict, Forbidden, Invalid, Missing
from oa.datasets.actions import releasing, withdrawing
from oa.datasets.actions.releasing import publishing
from oa.datasets.actions.releasing.asking import asked_anew
from oa.datasets.models import Release, Withdrawal
from oa.datasets.rules.releases import Finding
from oa.datasets.rules.states import ReleaseState
from oa.moderation import actions as moderation
from oa.reviews.models import Review
from oa.trees.models import Message, MessageRevision, Tree
from oa.trees.rules import State
from tests import builders as b
from tests.datasets import releases as r

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("folder", "unloaded")]


def publish() -> Release:
    return releasing.publish(name="first", by=None, now=timezone.now())


def ready_with_reply() -> tuple[Message, User]:
    root = r.site(trees=1)[0]
    assert r.made().state == ReleaseState.READY
    reply = Message.objects.filter(parent=root).select_related("author").first()
    assert reply is not None
    assert reply.author is not None
    return reply, reply.author


def change(what: str, reply: Message, author: User) -> None:
    now = timezone.now()
    changes: dict[str, Callable[[], object]] = {
        "withdrawn": lambda: withdrawing.withdraw(message_id=reply.pk, by=author, now=now),
        "all withdrawn": lambda: withdrawing.withdraw_everything(by=author, now=now),
        "deleted": lambda: moderation.delete_message(
            message_id=reply.pk, why="", reason="other", by=b.moderator(), now=now
        ),
        "withheld": lambda: Message.objects.filter(pk=reply.pk).update(withheld=True),
        "consent taken back": lambda: User.objects.filter(pk=author.pk).update(terms_version=None),
        "changed": lambda: MessageRevision.objects.create(message=reply, version=1, text="Old", by=author, at=now),
        "embargoed": lambda: b.policy(embargo_days=3650),
        "stopped": lambda: Tree.objects.filter(pk=reply.tree_id).update(state=State.HALTED_BY_MODERATOR),
    }
    changes[what]()


@pytest.mark.parametrize(
    ("what", "check", "words"),
    [
        ("withdrawn", "releasable", "withdrawn"), ("all withdrawn", "releasable", "withdrawn"),
        ("deleted", "alive", "deleted"), ("withheld", "releasable", "withheld"),
        ("consent taken back", "releasable", "unconsented"), ("changed", "unchanged", "changed"),
        ("embargoed", "releasable", "embargoed"), ("stopped", "alive", "stopped"),
    ],
    ids=lambda value: str(value),
)  # fmt: skip
def test_what_changed_since_the_checks_refuses_it(what: str, check: str, words: str) -> None:
    reply, author = ready_with_reply()
    change(what, reply, author)

    release = publish()

    assert release.state == ReleaseState.REFUSED
    assert release.published_at is None
    assert words in {example["words"] for example in r.found(release, check)}


def test_who_withdraws_while_it_is_being_published_is_heard_or_comes_after(monkeypatch: pytest.MonkeyPatch) -> None:
    reply, author = ready_with_reply()
    asked, answered = threading.Event(), threading.Event()
    real = asked_anew

    def slowly(release: Release, *, now: datetime) -> list[Finding]:
        found = real(release, now=now)
        asked.set()
        answered.wait(timeout=1.0)  # it must not come through before we have ended
        return found

    monkeypatch.setattr(publishing, "asked_anew", slowly)

    def withdraw() -> None:
        asked.wait()
        try:
            withdrawing.withdraw(message_id=reply.pk, by=author, now=timezone.now())
        finally:
            answered.set()
            connection.close()

    thread = threading.Thread(target=withdraw)
    thread.start()
    release = publish()
    thread.join()

    assert release.state == ReleaseState.PUBLISHED
    withdrawn_at = Withdrawal.objects.get().at
    assert release.published_at is not None
    assert withdrawn_at > release.published_at
    assert b.broken_promises("P11") == []


def test_it_never_waits_in_a_queue_with_those_who_write(monkeypatch: pytest.MonkeyPatch) -> None:
    reply, _author = ready_with_reply()
    monkeypatch.setattr(publishing, "PATIENCE_SECONDS", 0.2)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                list(Tree.objects.filter(pk=reply.tree_id).select_for_update(no_key=True))
                held.set()
                done.wait()
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    with pytest.raises(Conflict) as refused:
        publish()
    done.set()
    thread.join()

    assert refused.value.code == "site_is_busy"
    assert publish().state == ReleaseState.PUBLISHED


def test_only_administrators_decide_and_only_about_what_is_ready() -> None:
    r.site(trees=1)
    release = r.ordered()
    now = timezone.now()
    for act in (releasing.publish, releasing.cancel_release, releasing.retry_release):
        with pytest.raises(Forbidden):
            act(name="first", by=b.moderator(), now=now)
    with pytest.raises(Conflict) as refused:
        publish()
    assert refused.value.code == "not_ready"
    with pytest.raises(Missing):
        releasing.publish(name="second", by=None, now=now)
    with pytest.raises(Invalid):
        releasing.recall(name="first", why=" ", by=None, now=now)
    with pytest.raises(Conflict):
        releasing.recall(name="first", why="Because", by=None, now=now)
    Release.objects.filter(pk=release.pk).update(state=ReleaseState.READY, taken_at=now - timedelta(days=1))
    with pytest.raises(Conflict) as unchecked:
        publish()
    assert unchecked.value.code == "checks_failed"


def test_a_name_is_given_once() -> None:
    r.ordered()
    with pytest.raises(Conflict) as refused:
        r.ordered()
    assert refused.value.code == "name_is_taken"


@pytest.mark.parametrize("what", ["everything", "consent"])
def test_a_judge_who_takes_everything_back_is_heard_too(what: str) -> None:
    root = r.site(trees=1)[0]
    Terms.objects.get_or_create(version=1, defaults={"text": "Terms", "published_at": b.NOW})
    assert r.made(forms=["judgements"]).state == ReleaseState.READY
    review = Review.objects.filter(message=root).select_related("by").first()
    assert review is not None
    take_back = withdrawing.withdraw_everything if what == "everything" else accounts.withdraw_consent
    take_back(by=review.by, now=timezone.now())

    release = publish()

    assert release.state == ReleaseState.REFUSED
    assert str(root.pk) in {example["message_id"] for example in r.found(release, "releasable")}
    releasing.retry_release(name="first", by=None, now=timezone.now())
    assert r.worked_on().state == ReleaseState.READY, "the next one is made without them"
    assert publish().state == ReleaseState.PUBLISHED


def test_a_judge_has_no_part_in_what_holds_no_judgements() -> None:
    root = r.site(trees=1)[0]
    assert r.made(forms=["messages"]).state == ReleaseState.READY
    review = Review.objects.filter(message=root).select_related("by").first()
    assert review is not None
    withdrawing.withdraw_everything(by=review.by, now=timezone.now())

    assert publish().state == ReleaseState.PUBLISHED
