"""What people are told of their work: once, in words, and only what they want to hear."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from oa.accounts.models import User
from oa.community.models import Notice
from oa.community.rules import NOTICE_HELP, NoticeKind, text_of, title_of
from oa.moderation import actions as moderation
from tests import builders as b
from tests.community.people import browser, seen

pytestmark = pytest.mark.django_db


def told(person: User, kind: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = seen(person, "me/notices", limit=100)["results"]
    return [notice for notice in found if not kind or notice["kind"] == kind]


def test_an_author_hears_that_it_was_accepted_and_drawn() -> None:
    b.policy()
    author = b.person()
    prompt = b.growing(by=author)

    b.book()

    (accepted,), (drawn,) = told(author, "accepted"), told(author, "drawn")
    assert accepted["text"] == "2 people have reviewed it."
    assert {accepted["message_id"], drawn["message_id"], drawn["tree_id"]} == {str(prompt.pk)}
    assert accepted["read_at"] is None


def test_an_author_hears_why_it_was_not_accepted() -> None:
    b.policy()
    author = b.person()
    b.review_to_end(b.plant(by=author), spam=1)

    b.book()

    (rejected,) = told(author, "rejected")
    assert rejected["text"] == "Of 2 reviewers 2 called it spam and 0 saw the wrong language."


def test_authors_hear_how_they_were_ranked_and_that_it_is_finished() -> None:
    b.policy()
    b.ready()

    b.book()

    ranked = Notice.objects.filter(kind="ranked").order_by("data__place")
    assert [(notice.data["place"], notice.data["of"]) for notice in ranked] == [(1, 2), (2, 2)]
    finished = Notice.objects.filter(kind="tree_finished")
    assert finished.count() == 3, "once for each author"
    assert {notice.data["messages"] for notice in finished} == {3}


def test_nobody_is_told_twice() -> None:
    b.policy()
    author, boss = b.person(), b.moderator()
    reply = b.accepted_answer(b.growing(), by=author)
    b.book()
    before = len(told(author))

    moderation.delete_message(message_id=reply.pk, why="", by=boss, now=b.NOW)
    b.book()
    moderation.restore_message(message_id=reply.pk, why="", by=boss, now=b.NOW)
    b.book()

    assert len(told(author)) == before + 2, "the two decisions"
    assert len(told(author, "accepted")) == 1


def test_new_words_are_a_new_verdict() -> None:
    b.policy()
    author, boss = b.person(), b.moderator()
    reply = b.accepted_answer(b.growing(), by=author)
    b.book()
    moderation.edit_message(message_id=reply.pk, text="Other words", why="", by=boss, now=b.NOW)

    b.review_to_end(reply, spam=1)
    b.book()

    assert (len(told(author, "accepted")), len(told(author, "rejected"))) == (1, 1)


@pytest.mark.parametrize("verb", ["delete", "restore", "edit", "halt", "resume"])
def test_an_author_hears_what_a_moderator_decided_and_why(verb: str) -> None:
    b.policy()
    author, boss = b.person(), b.moderator()
    prompt = b.plant(by=author)
    given: dict[str, Any] = {"by": boss, "now": b.NOW}
    acts = {
        "delete": lambda: moderation.delete_message(message_id=prompt.pk, why="Because", **given),
        "restore": lambda: moderation.restore_message(message_id=prompt.pk, why="Because", **given),
        "edit": lambda: moderation.edit_message(message_id=prompt.pk, text="Else", why="Because", **given),
        "halt": lambda: moderation.halt_tree(tree_id=prompt.pk, why="Because", **given),
        "resume": lambda: moderation.resume_tree(tree_id=prompt.pk, why="Because", **given),
    }
    if before := {"restore": "delete", "resume": "halt"}.get(verb):
        acts[before]()

    acts[verb]()

    newest = max(told(author, "moderation"), key=lambda notice: notice["id"])
    assert newest["text"].startswith("In the moderator's words: “Because”.")
    assert ("You may appeal until March 31, 2026." in newest["text"]) == (verb in {"delete", "edit", "halt"})
    assert newest["link"] == "/me/decisions"
    assert newest["title"] == title_of(NoticeKind.MODERATION, {"verb": verb})
    assert newest["message_id"] == str(prompt.pk)


def test_everybody_below_a_deleted_message_hears_of_it_but_not_who_did_it() -> None:
    b.policy()
    below, boss = b.person(), b.moderator()
    prompt = b.growing(by=boss)
    b.answer(prompt, by=below)

    moderation.delete_message(message_id=prompt.pk, why="Nonsense", by=boss, now=b.NOW)

    assert len(told(below, "moderation")) == 1
    assert told(boss, "moderation") == []


def test_what_was_muted_is_not_heard_not_even_later() -> None:
    b.policy()
    author = b.person()
    browser(author).patch("/api/v1/me/preferences", {"muted": ["accepted", "badge", "level"]})
    b.growing(by=author)

    b.book()

    assert {notice["kind"] for notice in told(author)} == {"drawn"}
    browser(author).patch("/api/v1/me/preferences", {"muted": []})
    b.book()
    assert {notice["kind"] for notice in told(author)} == {"drawn"}
    assert seen(author, "me/notices/count") == {"unread": 1}


def test_levels_and_badges_are_told_with_what_they_are_for() -> None:
    b.policy()
    author = b.person()
    b.accepted_answer(b.growing(), by=author)

    b.book()

    (level,), (badge,) = told(author, "level"), told(author, "badge")
    assert (level["title"], level["text"]) == ("You reached level 2", "The next one begins at 9 points.")
    assert badge["title"] == "You earned a badge: First words"
    assert badge["text"]
    assert (level["message_id"], badge["tree_id"]) == (None, None)


def test_reading_some_or_all_of_them() -> None:
    b.policy()
    author = b.person()
    b.growing(by=author)
    b.book()
    client, first = browser(author), told(author)[0]["id"]
    number = len(told(author))

    some = client.post("/api/v1/me/notices/read", {"ids": [first]})
    assert some.json() == {"unread": number - 1}
    assert first not in [notice["id"] for notice in seen(author, "me/notices", unread="true")["results"]]
    everything = client.post("/api/v1/me/notices/read", {})
    assert everything.json() == seen(author, "me/notices/count") == {"unread": 0}
    assert seen(author, "me/notices", unread="true")["results"] == []
    assert len(told(author)) == number


def test_nobody_reads_the_notices_of_others() -> None:
    b.policy()
    author, other = b.person(), b.person()
    b.growing(by=author)
    b.book()
    ids = [notice["id"] for notice in told(author)]

    browser(other).post("/api/v1/me/notices/read", {"ids": ids})

    assert seen(author, "me/notices/count") == {"unread": len(ids)}
    assert told(other) == []


def test_an_unknown_kind_can_not_be_muted() -> None:
    answer = browser(b.person()).patch("/api/v1/me/preferences", {"muted": ["everything"]})

    assert answer.status_code == 422


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_has_words(kind: NoticeKind) -> None:
    data = {
        "reviews": 3, "spam": 2, "wrong_language": 1, "place": 1, "of": 4, "messages": 7, "code": "helper",
        "number": 3, "ceiling": 16, "verb": "delete", "why": "Spam",
    }  # fmt: skip
    with translation.override("en"):
        assert "%" not in title_of(kind, data) + text_of(kind, data)
        assert title_of(kind, data)
        assert text_of(kind, data)
        assert NOTICE_HELP[kind]
