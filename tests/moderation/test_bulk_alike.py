"""Near-identical messages are found together: those like one message, and wherever there are many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oa.moderation.models import Cluster, alike, clusters
from oa.screening import actions as screening
from oa.trees.models import Message, Tree
from tests import builders
from tests.builders import LATER, NOW

pytestmark = pytest.mark.django_db

SPAM = "Buy the very best cheap watches at our little shop in the middle of town, today only"
LIKE = [
    SPAM,
    SPAM.upper() + "!!!",
    SPAM.replace("today", "tomorrow"),
    SPAM.replace("cheap", "cheapest") + " :-)",
]
OTHERS = ["How do bees sleep when it is cold outside and the wind blows?", "Why is the sky blue in summer?"]


@pytest.fixture(autouse=True)
def _policy() -> None:
    builders.policy()


def prompts(texts: list[str], lang: str = "en") -> list[Message]:
    made = [builders.plant(text=text, lang=lang, now=NOW + timedelta(minutes=n)) for n, text in enumerate(texts)]
    screening.read_waiting(clock=lambda: LATER)
    return made


def replies(texts: list[str]) -> list[Message]:
    return [builders.answer(builders.growing(), text=text) for text in texts]


def found(fewest: int = 3, lang: str = "") -> list[Cluster]:
    return clusters(lang=lang, fewest=fewest, since=NOW - timedelta(days=1))


def test_what_is_like_a_prompt_is_found_whichever_one_asks_about() -> None:
    spam = prompts(LIKE)
    prompts(OTHERS)

    for message in spam:
        assert set(alike(message.pk)) == {one.pk for one in spam}


def test_what_is_like_something_like_it_belongs_to_it() -> None:
    letters = "the quick brown fox jumps over the lazy dog and runs into the deep dark forest all alone"
    words = letters.split()
    chain = [" ".join([*words[:n], *(f"{word}x" for word in words[n:])]) for n in range(len(words), -1, -3)]
    made = prompts(chain)

    assert len(alike(made[0].pk)) > 2
    assert set(alike(made[0].pk)) < {one.pk for one in made}, "but not without end"


def test_what_is_like_nothing_is_alone() -> None:
    prompts(LIKE)
    (bees, _sky) = prompts(OTHERS)

    assert alike(bees.pk) == [bees.pk]


def test_replies_are_compared_by_their_words() -> None:
    spam = replies(LIKE)
    replies(OTHERS)

    for message in spam:
        assert set(alike(message.pk)) == {one.pk for one in spam}


def test_short_texts_are_alike_only_when_they_are_the_same() -> None:
    same = replies(["ok", "Ok!"])
    replies(["oak", "ok then"])

    assert set(alike(same[0].pk)) == {one.pk for one in same}


def test_a_message_without_words_is_like_itself_only() -> None:
    (smile,) = replies(["🙂🙂🙂"])
    replies(["🙃"])

    assert alike(smile.pk) == [smile.pk]


def test_clusters_say_how_many_by_how_many() -> None:
    troll = builders.person("Troll")
    spam = [
        builders.plant(text=text, by=troll if n < 2 else None, now=NOW + timedelta(minutes=n))
        for n, text in enumerate(LIKE)
    ]
    prompts(OTHERS)
    Message.objects.filter(pk=spam[3].pk).update(deleted=True)

    (cluster,) = found()

    assert (cluster.message_id, cluster.size, cluster.live, cluster.accounts) == (spam[0].pk, 4, 3, 3)
    assert (cluster.first_at, cluster.last_at) == (NOW, NOW + timedelta(minutes=3))
    assert 0.8 <= cluster.likeness_low < 1
    assert list(cluster.sample_ids) == [message.pk for message in spam[:3]]


def test_the_same_reply_many_times_is_a_cluster() -> None:
    spam = replies([SPAM] * 3)
    replies(OTHERS)

    (cluster,) = found()

    assert set(cluster.sample_ids) == {message.pk for message in spam}
    assert cluster.likeness_low == 1.0


def test_too_few_too_old_in_another_language_or_archived_is_no_cluster() -> None:
    spam = prompts(LIKE)

    assert found(fewest=5) == []
    assert found(lang="de") == []
    assert clusters(lang="", fewest=3, since=LATER) == []
    Tree.objects.filter(messages__in=spam).update(archived=True)
    assert found() == []


def test_it_takes_three_statements_however_many_there_are() -> None:
    prompts(LIKE)
    replies([SPAM] * 3)

    with CaptureQueriesContext(connection) as statements:
        assert len(found()) == 2

    assert len(statements) == 3
