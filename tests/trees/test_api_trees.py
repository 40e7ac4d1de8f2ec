"""Trees over HTTP: what is shown, and to whom."""

from __future__ import annotations

import base64
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.screening.models import ToxicityScore
from oa.screening.rules import SCORES
from oa.trees.models import Message, Tree
from tests import builders

pytestmark = pytest.mark.django_db

NOBODY = "00000000-0000-7000-8000-000000000000"


def cursor(moment: str) -> str:
    """A cursor as we would write it, but for this moment."""
    return base64.urlsafe_b64encode(orjson.dumps([moment, NOBODY])).decode().rstrip("=")


@pytest.fixture
def policy() -> None:
    builders.policy()


def browser_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def seen(person: User, path: str, **asked: Any) -> Any:
    answer = browser_of(person).get(f"/api/v1/{path}", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def message_in(tree: Any, message: Message) -> Any:
    return next(row for row in tree["messages"] if row["id"] == str(message.pk))


def test_a_tree_says_what_it_is_and_what_it_waits_for(policy: None) -> None:
    root = builders.plant(text="How do bees fly?")

    shown = seen(builders.person(), f"trees/{root.pk}")

    assert shown["state"] == "initial_prompt_review"
    assert shown["waits_for"] == "2 reviews"
    assert (shown["prompt"], shown["size"], shown["goal_size"]) == ("How do bees fly?", 1, 3)
    assert [(event["before"], event["after"], event["why"]) for event in shown["events"]] == [
        (None, "initial_prompt_review", "started")
    ]


def test_a_growing_tree_waits_for_replies_and_reviews_in_numbers(policy: None) -> None:
    root = builders.growing()
    builders.answer(root)

    shown = seen(builders.person(), f"trees/{root.pk}")

    assert shown["waits_for"] == "1 reply, 2 reviews"


def test_a_finished_tree_waits_for_nothing_and_lists_replies_by_rank(policy: None) -> None:
    root = builders.ready()

    shown = seen(builders.person(), f"trees/{root.pk}")

    assert shown["waits_for"] == ""
    assert [message["rank"] for message in shown["messages"]] == [None, 0, 1]
    assert [message["depth"] for message in shown["messages"]] == [0, 1, 1]


def test_only_moderators_see_who_wrote_and_who_did_it(policy: None) -> None:
    author = builders.person("Anna Author")
    root = builders.plant(by=author)

    others, own, moderators = (
        seen(person, f"trees/{root.pk}") for person in (builders.person(), author, builders.moderator())
    )

    assert "Anna Author" not in str(others)
    assert str(author.pk) not in str(others)
    assert (message_in(others, root)["is_mine"], message_in(own, root)["is_mine"]) == (False, True)
    assert own["is_mine"] is True
    assert message_in(own, root)["author"] is None
    assert message_in(moderators, root)["author"]["display_name"] == "Anna Author"
    assert moderators["events"][0]["by"]["id"] == str(author.pk)
    assert others["events"][0]["by"] is None


def test_judgements_are_shown_to_whoever_has_judged_wrote_or_moderates(policy: None) -> None:
    author, reviewer = builders.person(), builders.person()
    root = builders.plant(by=author)
    builders.review(root, by=reviewer, spam=0, quality=0.75)
    source = {"model_name": "detoxify-multilingual", "model_checksum": "0b54"}
    ToxicityScore.objects.create(message=root, scored_at=builders.NOW, **source, **dict.fromkeys(SCORES, 0.25))

    for person in (author, reviewer, builders.moderator()):
        message = message_in(seen(person, f"trees/{root.pk}"), root)
        assert message["labels"]["quality"] == {"value": 0.75, "count": 1}
        assert message["detoxify"]["threat"] == 0.25
        assert message["detoxify_source"] == {
            "model": "detoxify-multilingual", "checksum": "0b54", "imported": False,
            "scored_at": builders.NOW.isoformat().replace("+00:00", "Z"),
        }  # fmt: skip
    message = message_in(seen(builders.person(), f"trees/{root.pk}"), root)
    assert (message["labels"], message["detoxify"], message["detoxify_source"]) == (None, None, None)


def test_the_score_of_an_old_text_is_not_shown(policy: None) -> None:
    root = builders.plant()
    ToxicityScore.objects.create(message=root, scored_at=builders.NOW, **dict.fromkeys(SCORES, 0.25))
    mo = builders.moderator()
    moderation.edit_message(message_id=root.pk, text="Other words", why="Name in it", by=mo, now=builders.NOW)

    message = message_in(seen(mo, f"trees/{root.pk}"), root)

    assert (message["detoxify"], message["version"], message["edited"]) == (None, 2, True)
    assert message["detoxify_source"] is None


def test_labels_are_the_imports_means_and_our_own_together(policy: None) -> None:
    root = builders.plant()
    builders.review(root, spam=0, quality=1.0)
    Message.objects.filter(pk=root.pk).update(baseline={"labels": {"quality": {"value": 0.5, "count": 3}}})

    message = message_in(seen(builders.moderator(), f"trees/{root.pk}"), root)

    assert message["labels"]["quality"] == {"value": pytest.approx(0.625), "count": 4}


def test_of_a_deleted_message_others_see_only_that_it_was_there(policy: None) -> None:
    root = builders.growing()
    reply = builders.accepted_answer(root)
    mo = builders.moderator()
    moderation.delete_message(message_id=reply.pk, why="Rude", by=mo, now=builders.NOW)

    others, moderators = (message_in(seen(p, f"trees/{root.pk}"), reply) for p in (builders.person(), mo))

    assert others["deleted"] is True
    assert others["text"] is None
    assert (others["review_result"], others["labels"], others["emojis"]) == (None, None, None)
    assert moderators["text"] == reply.text


def test_flags_and_skips_are_shown_to_moderators_only(policy: None) -> None:
    author = builders.person()
    root = builders.plant(by=author)
    Message.objects.filter(pk=root.pk).update(emojis={"+1": 2, "red_flag": 1, "_skip_reply": 3})

    shown = [message_in(seen(p, f"trees/{root.pk}"), root)["emojis"] for p in (author, builders.moderator())]

    assert shown == [{"+1": 2}, {"+1": 2, "red_flag": 1, "_skip_reply": 3}]


def test_trees_are_found_by_language_state_and_whose_they_are(policy: None) -> None:
    me = builders.person()
    mine = builders.plant(by=me)
    german = builders.plant(lang="de")
    grown = builders.growing()
    archived = builders.plant()
    Tree.objects.filter(pk=archived.pk).update(archived=True)

    def found(**asked: object) -> set[str]:
        return {tree["id"] for tree in seen(me, "trees", **asked)["results"]}

    assert found() == {str(m.pk) for m in (mine, german, grown, archived)}
    assert found(lang="de") == {str(german.pk)}
    assert found(state="growing") == {str(grown.pk)}
    assert found(archived="true") == {str(archived.pk)}
    assert found(archived="false") == {str(m.pk) for m in (mine, german, grown)}
    assert found(mine="true") == {str(mine.pk)}


def test_pages_follow_each_other_without_gap_or_repetition(policy: None) -> None:
    made = [builders.plant() for _ in range(5)]
    me = builders.person()
    found: list[str] = []
    cursor: str | None = ""

    while cursor is not None:
        page = seen(me, "trees", limit=2, **({"cursor": cursor} if cursor else {}))
        found += [tree["id"] for tree in page["results"]]
        cursor = page["next_cursor"]

    assert sorted(found) == sorted(str(message.pk) for message in made)
    assert len(found) == 5


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/api/v1/{path}").status_code == 200
    return len(queries)


def test_a_page_of_trees_takes_as_many_statements_however_full_it_is(policy: None) -> None:
    client = browser_of(builders.moderator())
    builders.ready()
    few = statements(client, "trees")
    for _ in range(3):
        builders.ready()

    assert statements(client, "trees") == few == 4


def test_a_tree_takes_as_many_statements_however_large_it_is(policy: None) -> None:
    client = browser_of(builders.moderator())
    small, large = builders.plant(), builders.ready()

    assert statements(client, f"trees/{small.pk}") == statements(client, f"trees/{large.pk}") == 4


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("trees/00000000-0000-7000-8000-000000000000", 404, "no_such_tree"),
        ("trees/not-a-uuid", 404, "no_such_path"),
        ("trees?state=blooming", 422, "invalid_input"),
        ("trees?archived=perhaps", 422, "invalid_input"),
        ("trees?lang=a-language-that-is-too-long", 422, "invalid_input"),
        ("trees?cursor=nonsense", 422, "bad_cursor"),
        (f"trees?cursor={cursor('0001-01-01T00:00:00+23:59')}", 422, "bad_cursor"),
        (f"trees?cursor={cursor('9999-12-31T23:59:59-23:59')}", 422, "bad_cursor"),
        (f"trees?cursor={cursor('2026-01-01')}", 422, "bad_cursor"),
        ("trees?limit=0", 422, "bad_limit"),
        ("trees?lang=%00", 422, "invalid_input"),
    ],
)
def test_bad_questions_are_refused_with_a_code(path: str, status: int, code: str) -> None:
    answer = browser_of(builders.person()).get(f"/api/v1/{path}")

    assert (answer.status_code, answer.json()["code"]) == (status, code)
