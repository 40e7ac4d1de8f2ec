"""What people are told of decisions about them, in their language; and what they are not told."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from oa.accounts.models import User
from oa.community.models import Notice
from oa.community.rules import REASONS_OF_DECISIONS, NoticeKind, decision_text, decision_title
from oa.moderation import actions as moderation
from oa.moderation.actions.deciding import decided
from oa.moderation.rules import APPEALABLE, TOLD_TO_PERSON, Reason, Verb
from tests import builders as b

pytestmark = pytest.mark.django_db

TOMORROW = b.NOW + timedelta(days=1)


@pytest.fixture
def troll() -> User:
    b.policy()
    return b.person()


@pytest.fixture
def mo() -> User:
    return b.moderator()


def browser(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def heard(who: User) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = browser(who).get("/api/v1/me/notices").json()["results"]
    return answer


def test_reasons_are_told_in_the_words_in_which_they_are_chosen() -> None:
    for lang in ("en", "de", "ja"):
        with translation.override(lang):
            chosen = {code: str(words) for code, words in Reason.choices}
            assert {code: str(words) for code, words in REASONS_OF_DECISIONS.items()} == chosen


@pytest.mark.parametrize("verb", sorted({*APPEALABLE, *TOLD_TO_PERSON, Verb.UNDO, Verb.PURGE, Verb.RESTORE}))
def test_every_decision_that_is_told_has_a_title_of_its_own(verb: str) -> None:
    title = decision_title({"verb": verb})

    assert title != decision_title({"verb": "something else"})


def test_a_mute_is_told_with_its_reason_its_end_and_how_long_one_may_appeal(troll: User, mo: User) -> None:
    moderation.mute(person_id=troll.pk, until=TOMORROW, why="Read the rules", reason="harassment", by=mo, now=b.NOW)

    [notice] = heard(troll)

    assert notice["title"] == "A moderator muted you: you may read, and not write"
    assert notice["text"] == (
        "The reason: attacks on a person. In the moderator's words: “Read the rules”. It lasts until March 2, 2026. "
        "You may appeal until March 31, 2026."
    )
    assert (notice["link"], notice["message_id"]) == ("/me/decisions", None)


def test_what_is_decided_about_oneself_is_heard_even_by_those_who_muted_the_kind(troll: User, mo: User) -> None:
    browser(troll).patch("/api/v1/me/preferences", {"muted": ["moderation"]}, content_type="application/json")
    prompt = b.plant(by=troll)

    moderation.warn(person_id=troll.pk, why="Careful", by=mo, now=b.NOW)
    moderation.halt_tree(tree_id=prompt.pk, why="Off topic", by=mo, now=b.NOW)

    assert [notice["title"] for notice in heard(troll)] == ["A moderator warns you"]


def test_dates_and_reasons_come_in_the_language_of_the_reader() -> None:
    data = {"verb": "ban", "reason": "spam", "why": "", "until": TOMORROW.isoformat()}

    with translation.override("de"):
        assert "2. März 2026" in decision_text(data)


def test_a_ban_for_good_says_so() -> None:
    assert "for good" in decision_text({"verb": "ban", "why": "Enough"})


def test_another_reason_is_told_by_the_words_alone_and_a_sentence_ends_once() -> None:
    said = decision_text({"verb": "warn", "reason": "other", "why": "Please keep elections out."})
    assert said == "In the moderator's words: “Please keep elections out”."
    assert decision_text({"verb": "warn", "reason": "other", "why": ""}) == "The reason: another reason."


def test_what_a_rule_decided_is_told_as_that_of_a_rule(troll: User) -> None:
    prompt = b.plant(by=troll)

    decided(
        verb=Verb.DELETE, by=None, now=b.NOW, message=prompt, tree=prompt.tree, tell=[prompt.pk],
        details={"messages": [str(prompt.pk)]},
    )  # fmt: skip

    [notice] = heard(troll)
    assert notice["title"] == "Your message was deleted by an automatic rule"
    assert "You may appeal" in notice["text"]


def test_what_is_undone_is_named(troll: User, mo: User) -> None:
    warned = moderation.warn(person_id=troll.pk, why="Careful", by=mo, now=b.NOW)

    moderation.undo(decision_id=warned.pk, why="Wrong person", by=mo, now=b.NOW)

    newest = max(heard(troll), key=lambda notice: notice["id"])
    assert newest["title"] == "A decision was taken back"
    assert newest["text"].startswith("Taken back: “A moderator warns you”.")


def test_nobody_is_told_that_their_work_is_checked_twice_or_what_is_noted_about_them(troll: User, mo: User) -> None:
    watched = moderation.watch(person_id=troll.pk, why="Careless", by=mo, now=b.NOW)
    moderation.add_note(person_id=troll.pk, text="Knows Mia", by=mo, now=b.NOW)
    moderation.clear(person_id=troll.pk, why="Fine", by=mo, now=b.NOW)
    moderation.undo(decision_id=watched.pk, why="Fine", by=mo, now=b.NOW)
    moderation.watch(person_id=troll.pk, why="Careless", by=mo, now=b.NOW)
    message = b.plant(by=User.objects.get(pk=troll.pk))

    assert heard(troll) == []
    assert not Notice.objects.filter(person=troll).exists()
    data = json.loads(browser(troll).get("/api/v1/me/data").content)
    assert data["decisions_about_me"] == []
    assert [name for name in ("watched", "extra_reviews") if name in json.dumps(data)] == []
    assert b.fresh(message).extra_reviews
    for page in ("me", "me/decisions", "me/messages", "me/notices", f"messages/{message.pk}"):
        answer = browser(troll).get(f"/api/v1/{page}").content.decode()
        assert [word for word in ("watched", "extra_reviews", "twice", "Mia", "Careless") if word in answer] == []


def test_the_kind_is_told_of_one_decision_once(troll: User, mo: User) -> None:
    moderation.warn(person_id=troll.pk, why="Careful", by=mo, now=b.NOW)

    assert Notice.objects.filter(person=troll, kind=NoticeKind.MODERATION).count() == 1
