"""Appeals: who may, against what, how often and how long; and that another moderator decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from oa.accounts.models import User
from oa.core.errors import Refusal
from oa.moderation import actions as moderation
from oa.moderation.actions.deciding import decided
from oa.moderation.models import Appeal, Case, Decision
from oa.moderation.rules import Verb
from oa.trees.models import Message
from tests import builders as b

pytestmark = pytest.mark.django_db

JSON = "application/json"
WEEK = b.NOW + timedelta(days=7)


@pytest.fixture
def author() -> User:
    b.policy()
    return b.person("Ann")


@pytest.fixture
def mo() -> User:
    return b.moderator()


@pytest.fixture
def prompt(author: User) -> Message:
    return b.plant(by=author)


def delete(message: Message, by: User, now: Any = b.NOW) -> Decision:
    return moderation.delete_message(message_id=message.pk, why="Spam", by=by, now=now)


def appeal(decision: Decision, by: User, now: Any = b.NOW, text: str = "It was kind") -> Appeal:
    return moderation.appeal(decision_id=decision.pk, text=text, by=by, now=now)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def browser(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def test_an_appeal_opens_a_case_and_another_moderator_takes_the_decision_back(
    author: User, mo: User, prompt: Message
) -> None:  # the whole way
    made = delete(prompt, mo)
    said = appeal(made, author)
    assert Case.objects.get(appeal=said).closed_at is None

    granted = moderation.grant(appeal_id=said.pk, why="It was kind indeed", by=b.moderator(), now=b.NOW)

    said.refresh_from_db()
    assert (granted.verb, granted.person, said.outcome) == (Verb.GRANT, author, "granted")
    assert not b.fresh(prompt).deleted
    assert Decision.objects.get(undoes=made).pk == UUID(granted.details["undo"])
    assert Case.objects.get(appeal=said).closed_at is not None
    assert b.broken_promises() == []


def test_a_decision_that_is_upheld_stands(author: User, mo: User, prompt: Message) -> None:
    said = appeal(delete(prompt, mo), author)

    moderation.uphold(appeal_id=said.pk, why="No", by=b.moderator(), now=b.NOW)

    assert b.fresh(prompt).deleted
    assert Case.objects.get(appeal=said).closed_at is not None
    again = b.moderator()
    assert code_of(lambda: moderation.grant(appeal_id=said.pk, why="Yes", by=again, now=b.NOW)) == "already_decided"


def test_whoever_decided_does_not_decide_the_appeal(author: User, mo: User, prompt: Message) -> None:
    said = appeal(delete(prompt, mo), author)

    for answer in (moderation.uphold, moderation.grant):
        assert code_of(partial(answer, appeal_id=said.pk, why="x", by=mo, now=b.NOW)) == "decided_by_yourself"
    assert b.fresh(prompt).deleted


def test_nobody_decides_their_own_appeal(mo: User) -> None:
    b.policy()
    prompt = b.plant(by=mo)
    said = appeal(delete(prompt, b.admin()), mo)

    assert code_of(lambda: moderation.grant(appeal_id=said.pk, why="x", by=mo, now=b.NOW)) == "own_appeal"


def test_any_moderator_decides_about_what_a_rule_decided(author: User, mo: User, prompt: Message) -> None:
    by_rule = decided(
        verb=Verb.STOP, by=None, now=b.NOW, message=prompt, tree=prompt.tree, tell=[prompt.pk], details={}
    )  # fmt: skip

    said = appeal(by_rule, author)
    moderation.uphold(appeal_id=said.pk, why="Right", by=mo, now=b.NOW)

    assert Appeal.objects.get().against is None


def test_any_other_moderator_decides_about_what_an_administrator_decided(author: User, prompt: Message) -> None:
    said = appeal(delete(prompt, b.admin()), author)

    moderation.grant(appeal_id=said.pk, why="Fine", by=b.moderator(), now=b.NOW)

    assert not b.fresh(prompt).deleted


def test_one_appeal_for_each_decision_and_person_within_a_month(author: User, mo: User, prompt: Message) -> None:
    made = delete(prompt, mo)
    appeal(made, author)
    late = delete(b.plant(by=author), mo)

    assert code_of(lambda: appeal(made, author)) == "already_appealed"
    assert code_of(lambda: appeal(late, author, now=b.NOW + timedelta(days=31))) == "too_late"
    assert code_of(lambda: appeal(late, b.person())) == "no_such_decision"
    assert code_of(lambda: appeal(late, author, text="  ")) == "bad_appeal"


def test_everybody_whose_words_went_along_may_appeal_and_nobody_else(author: User, mo: User) -> None:
    root = b.growing(by=author)
    below, reader = b.person(), b.person()
    b.answer(root, by=below)
    made = delete(root, mo)

    appeal(made, author)
    appeal(made, below)

    assert code_of(lambda: appeal(made, reader)) == "no_such_decision"


def test_what_gives_something_back_is_not_appealed_against(author: User, mo: User, prompt: Message) -> None:
    first = delete(prompt, mo)
    back = moderation.restore_message(message_id=prompt.pk, why="Fine", by=mo, now=b.NOW)

    assert code_of(lambda: appeal(back, author)) == "not_appealable"
    watched = moderation.watch(person_id=author.pk, why="Careless", by=mo, now=b.NOW)
    assert code_of(lambda: appeal(watched, author)) == "no_such_decision"
    assert first.verb == Verb.DELETE


def test_what_was_undone_meanwhile_is_granted_and_not_appealed_against_again(
    author: User, mo: User, prompt: Message
) -> None:  # another moderator was faster
    made = delete(prompt, mo)
    said = appeal(made, author)
    moderation.undo(decision_id=made.pk, why="Mistake", by=mo, now=b.NOW)

    moderation.grant(appeal_id=said.pk, why="Undone already", by=b.moderator(), now=b.NOW)

    assert Decision.objects.filter(verb=Verb.UNDO).count() == 1
    other = delete(b.plant(by=author), mo)
    moderation.undo(decision_id=other.pk, why="Mistake", by=mo, now=b.NOW)
    assert code_of(lambda: appeal(other, author)) == "already_undone"


def test_an_appeal_in_time_is_granted_however_long_moderators_take(author: User, mo: User, prompt: Message) -> None:
    said = appeal(delete(prompt, mo), author, now=b.NOW + timedelta(days=29))

    moderation.grant(appeal_id=said.pk, why="Sorry", by=b.moderator(), now=b.NOW + timedelta(days=60))

    assert not b.fresh(prompt).deleted


def test_what_was_decided_since_keeps_an_appeal_from_being_granted(author: User, mo: User) -> None:
    mute = moderation.mute(person_id=author.pk, until=WEEK, why="x", by=mo, now=b.NOW)
    said = appeal(mute, author)
    later = b.NOW + timedelta(hours=1)
    moderation.mute(person_id=author.pk, until=WEEK + timedelta(days=1), why="x", by=mo, now=later)

    with pytest.raises(Refusal) as refused:
        moderation.grant(appeal_id=said.pk, why="Fine", by=b.moderator(), now=later)

    assert refused.value.code == "decided_since"
    assert refused.value.remedy
    assert Appeal.objects.get().outcome == ""


@pytest.mark.parametrize("verb", ["warn", "mute", "ban"])
def test_what_was_decided_about_a_person_is_taken_back_even_after_its_time(author: User, mo: User, verb: str) -> None:
    given: dict[str, Any] = {"person_id": author.pk, "why": "x", "by": mo, "now": b.NOW}
    until = b.NOW + timedelta(days=1)
    made = {
        "warn": lambda: moderation.warn(**given),
        "mute": lambda: moderation.mute(until=until, **given),
        "ban": lambda: moderation.ban_person(until=until, **given),
    }[verb]()
    said = appeal(made, author)
    moderation.end_what_is_over(person_id=author.pk, now=until)

    moderation.grant(appeal_id=said.pk, why="Fine", by=b.moderator(), now=WEEK)

    now = User.objects.get(pk=author.pk)
    assert (now.is_active, now.muted_until, now.banned_until) == (True, None, None)
    assert Decision.objects.filter(undoes=made).exists()


# Over HTTP.


def test_my_page_shows_what_was_decided_about_me_and_whether_i_may_appeal(
    author: User, mo: User, prompt: Message
) -> None:
    now = timezone.now()
    moderation.delete_message(message_id=prompt.pk, why="Spam it is", reason="spam", by=mo, now=now)
    moderation.watch(person_id=author.pk, why="Careless", by=mo, now=now)

    [shown] = browser(author).get("/api/v1/me/decisions").json()["results"]

    assert (shown["verb"], shown["title"]) == ("delete", "A moderator deleted your message")
    assert (shown["reason_text"], shown["why"]) == ("advertising or nonsense", "Spam it is")
    assert (shown["message_id"], shown["excerpt"]) == (str(prompt.pk), prompt.text)
    assert (shown["may_appeal"], shown["undone"], shown["appeal"]) == (True, False, None)
    assert browser(b.person()).get("/api/v1/me/decisions").json()["results"] == []

    said = browser(author).post(f"/api/v1/me/decisions/{shown['id']}/appeal", {"text": "It was kind"}, JSON)

    assert (said.status_code, said.json()["may_appeal"], said.json()["appeal"]["outcome"]) == (201, False, "")


def test_who_is_muted_may_appeal_and_read_and_write_nothing_else(author: User, mo: User) -> None:
    now = timezone.now()
    until = now + timedelta(days=1)
    made = moderation.mute(person_id=author.pk, until=until, why="Insults", by=mo, now=now)
    client = browser(author)

    assert datetime.fromisoformat(client.get("/api/v1/me").json()["muted_until"]) == until
    refused = client.post("/api/v1/tasks/next", {}, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "muted")
    assert datetime.fromisoformat(refused.json()["until"]) == until
    assert client.get("/api/v1/me/notices").status_code == 200
    assert client.post("/api/v1/me/notices/read", {}, content_type="application/json").status_code == 200
    assert client.patch("/api/v1/me", {"time_zone": "UTC"}, content_type="application/json").status_code == 200
    assert client.post(f"/api/v1/me/decisions/{made.pk}/appeal", {"text": "No"}, JSON).status_code == 201


def test_who_is_shut_out_appeals_by_the_link_in_their_mail(author: User, mo: User) -> None:
    now = timezone.now()
    made = moderation.ban_person(person_id=author.pk, why="Insults", by=mo, now=now)
    where = f"/api/v1/appeals/by-link/{moderation.link_of(person_id=author.pk, decision_id=made.pk)}"
    client = browser(author)  # a session from before

    shown = client.get(where).json()
    said = client.post(where, {"text": "It was my cat"}, content_type="application/json")
    again = client.post(where, {"text": "It was my cat"}, content_type="application/json")

    assert (shown["verb"], shown["may_appeal"], shown["until"]) == ("ban", True, None)
    assert (said.status_code, said.json()["appeal"]["text"]) == (201, "It was my cat")
    assert (again.status_code, again.json()["code"]) == (409, "already_appealed")
    assert Appeal.objects.get().by == author


@pytest.mark.parametrize("token", ["nonsense", signing.dumps(["a", "b"], salt="another")], ids=["nonsense", "another"])
def test_a_link_that_is_not_ours_opens_nothing(token: str) -> None:
    answer = Client().get(f"/api/v1/appeals/by-link/{token}")

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_link")


def test_moderators_see_appeals_and_which_others_must_decide(author: User, mo: User, prompt: Message) -> None:
    said = appeal(delete(prompt, mo), author)

    [mine] = browser(mo).get("/api/v1/moderation/appeals", {"state": "open"}).json()["results"]
    [others] = browser(b.moderator()).get("/api/v1/moderation/appeals").json()["results"]

    assert (mine["mine"], others["mine"], mine["decision"]["verb"]) == (True, False, "delete")
    assert browser(mo).get("/api/v1/moderation/appeals", {"state": "decided"}).json()["results"] == []
    answer = browser(b.moderator()).post(
        f"/api/v1/moderation/appeals/{said.pk}/grant", {"why": "Fine"}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["verb"]) == (201, "grant")


def test_administrators_see_what_becomes_of_appeals(author: User, mo: User) -> None:
    kind, unkind, third = (delete(b.plant(by=author), mo) for _ in range(3))
    judge = b.moderator()
    moderation.grant(appeal_id=appeal(kind, author).pk, why="x", by=judge, now=b.NOW + timedelta(hours=2))
    moderation.uphold(appeal_id=appeal(unkind, author).pk, why="x", by=judge, now=b.NOW + timedelta(hours=4))
    appeal(third, author)

    figures = browser(b.admin()).get("/api/v1/moderation/appeals/figures").json()

    assert (figures["open"], figures["decided"], figures["granted"], figures["median_hours"]) == (1, 2, 1, 3.0)
    assert figures["granted_low"] < figures["granted_share"] == 0.5 < figures["granted_high"]
    [row] = figures["by_moderator"]
    assert (row["person"]["id"], row["decisions"], row["appealed"], row["granted"]) == (str(mo.pk), 3, 3, 1)
    assert [(row["verb"], row["appealed"]) for row in figures["by_verb"]] == [("delete", 3)]
