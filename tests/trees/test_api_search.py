"""Finding messages and trees by words in any language, and by when they were written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from oa.accounts.models import User
from oa.moderation import actions as moderation
from oa.trees.models import Message
from oa.trees.rules import parts_of
from tests import builders as b

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def _policy() -> None:
    b.policy()


@pytest.fixture
def reader(api_client_for: SignIn) -> APIClient:
    return api_client_for(b.person())


def found(reader: APIClient, search: str, where: str = "messages", **more: str) -> Any:
    answer = reader.get(f"/api/v1/{where}", {"search": search, **more})
    assert answer.status_code == 200, answer.content
    return [line["id"] for line in answer.json()["results"]]


TEXTS = {
    "en": "How do I read a CSV file with foo_bar.load(path)? It's urgent!",
    "de": "Wie groß ist die Größe eines Äquators? STRASSE und Café.",
    "zh": "机器学习和深度学习有什么区别？请用AI举例。",
    "ja": "東京タワーの高さはどれくらいですか。",
    "th": "ภาษาไทยไม่มีช่องว่างระหว่างคำ",
    "ko": "학교에서 무엇을 배웠습니까?",
    "ar": "ما هي العَرَبِيَّة الفصحى؟",
    "hi": "हिन्दी में एक कहानी लिखो",
}


@pytest.mark.parametrize(
    ("lang", "search"),
    [
        ("en", "csv"),
        ("en", "file READ"),
        ("en", "urgen"),  # the beginning of a word
        ("en", "foo_bar"),
        ("en", "foo_bar.load(path)"),
        ("en", "It's"),
        ("en", '"read a CSV"'),
        ("en", '"read a CSV'),  # nobody closes every quotation mark
        ("en", "“read a CSV”"),  # as phones write them
        ("en", "„read a CSV“"),
        ("de", "größe"),
        ("de", "GROSSE straße"),
        ("de", "aquator"),
        ("de", "cafe strasse"),
        ("zh", "学习"),
        ("zh", "机器学习"),
        ("zh", "区别 深度"),
        ("zh", "ai"),
        ("zh", "用ＡＩ举"),
        ("ja", "東京"),
        ("ja", "タワー"),
        ("ja", "高さ"),
        ("th", "ช่องว่าง"),
        ("th", "ไทย"),
        ("ko", "학교"),
        ("ar", "العربية"),
        ("hi", "कहानी"),
    ],
)
def test_words_are_found_in_any_language(reader: APIClient, lang: str, search: str) -> None:
    written = {name: b.plant(text=text) for name, text in TEXTS.items()}

    assert found(reader, search) == [str(written[lang].pk)]
    assert found(reader, search, "trees") == [str(written[lang].tree_id)]


@pytest.mark.parametrize(
    "search",
    [
        "deutsch",
        "csv deutsch",
        "sv",
        '"csv read"',
        '"urgen"',
        "习学",
        "东京",
        "器机",
        "京東",
        "ว่างช่อง",
        "rea",
        "oo_bar",
    ],
)
def test_other_words_are_not(reader: APIClient, search: str) -> None:
    for text in TEXTS.values():
        b.plant(text=text.replace("read", "write"))

    assert found(reader, search) == []


ODD = [
    "foo & | !", "a:*", "'; DROP TABLE x; --", "\\a", "%%%a", "-csv", "<csv>", "or csv and", "\u202ecsv", "½ ² ①",
    "😀 a", "a" * 200, "字" * 200, "(((a", '"""a', "a\tb\nc", "\ud7ffa",
]  # fmt: skip


@pytest.mark.parametrize("search", ODD)
def test_odd_input_is_no_error(reader: APIClient, search: str) -> None:
    b.plant(text="foo csv")

    for where in ("messages", "trees"):
        assert reader.get(f"/api/v1/{where}", {"search": search}).status_code == 200


@pytest.mark.parametrize(
    ("search", "code"),
    [("& | !", "nothing_to_search_for"), ('"', "nothing_to_search_for"), ("😀", "nothing_to_search_for"),
     ("a" * 10_000, "invalid_input"), ("a\0b", "invalid_input")],
)  # fmt: skip
def test_what_can_not_be_looked_for_is_said_clearly(reader: APIClient, search: str, code: str) -> None:
    for where in ("messages", "trees"):
        answer = reader.get(f"/api/v1/{where}", {"search": search})
        assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_looking_for_nothing_shows_all(reader: APIClient) -> None:
    message = b.plant()

    assert found(reader, " ") == [str(message.pk)]


def test_a_deleted_text_is_found_by_moderators_only_who_ask_for_it(reader: APIClient, api_client_for: SignIn) -> None:
    message, mo = b.plant(text="Wildschwein"), b.moderator()
    moderation.delete_message(message_id=message.pk, why="Rude", by=mo, now=b.NOW)

    assert found(reader, "wildschwein") == found(reader, "wildschwein", "trees") == []
    assert found(api_client_for(mo), "wildschwein") == []
    assert found(api_client_for(mo), "wildschwein", deleted="true") == [str(message.pk)]
    assert reader.get("/api/v1/messages", {"search": "wildschwein", "deleted": "true"}).status_code == 403


def test_an_old_text_is_found_no_more(reader: APIClient) -> None:
    message = b.plant(text="Wildschwein")
    moderation.edit_message(message_id=message.pk, text="Reh", why="Wrong", by=b.moderator(), now=b.NOW)

    assert found(reader, "wildschwein") == []
    assert found(reader, "reh") == [str(message.pk)]


def test_a_tree_is_found_by_any_of_its_messages(reader: APIClient) -> None:
    prompt = b.growing()
    b.answer(prompt, text="Eichhörnchen")

    assert found(reader, "eichhornchen", "trees") == [str(prompt.tree_id)]


def test_words_go_with_the_other_filters_and_pages(reader: APIClient) -> None:
    german = [b.plant(text=f"Hund {number}", lang="de") for number in range(3)]
    b.plant(text="Hund")
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = reader.get("/api/v1/messages", {"search": "hund", "lang": "de", "limit": "1", "cursor": cursor}).json()
        seen += [line["id"] for line in page["results"]]
        cursor = page["next_cursor"]

    assert sorted(seen) == sorted(str(message.pk) for message in german)


def test_messages_and_trees_between_two_moments(reader: APIClient) -> None:
    old, new = b.plant(now=b.NOW), b.plant(now=b.NOW + timedelta(days=2))

    for where in ("messages", "trees"):
        day = {"after": "2026-03-01", "before": "2026-03-01"}
        assert found(reader, "", where, **day) == [str(old.pk)]  # the whole day
        assert found(reader, "", where, after="2026-03-02") == [str(new.pk)]
        assert found(reader, "", where, before="2026-03-01T13:00:00+01:00") == []
        assert found(reader, "", where, after="2026-03-01T12:00Z", before="2026-03-03T12:00Z") == [str(old.pk)]


NO_MOMENTS = ["yesterday", "2026-02-30", "2026-13-01T00:00Z", "9999-12-31", "0001-01-01T00:00+14:00", "2026-03-01\0"]


@pytest.mark.parametrize("moment", NO_MOMENTS)
def test_a_moment_that_is_none_is_refused(reader: APIClient, moment: str) -> None:
    for where in ("messages", "trees"):
        answer = reader.get(f"/api/v1/{where}", {"before": moment})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


def test_a_text_of_one_endless_word_can_be_kept_and_found(reader: APIClient) -> None:
    message = b.plant(text="x" * 20_000)

    assert found(reader, "x" * 150) == [str(message.pk)]


@pytest.mark.parametrize("reach", [0, 1, 3, 100])
def test_however_far_back_a_word_stands_it_is_found_the_newest_first(
    reader: APIClient, monkeypatch: pytest.MonkeyPatch, reach: int
) -> None:
    monkeypatch.setattr("oa.trees.models.searching.NEAR", reach)
    moments = [b.NOW + timedelta(minutes=minute) for minute in range(7)]
    messages = [b.plant(text=f"Hund {now:%M}" if now.minute % 2 else "Katze", now=now) for now in moments]
    dateless = b.plant(text="Hund ohne Datum", now=b.NOW)
    Message.objects.filter(pk=dateless.pk).update(created_date=None)
    wanted = [dateless, *messages[5::-2]]

    for limit in ("1", "2", "20"):
        seen: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = reader.get("/api/v1/messages", {"search": "hund", "limit": limit, "cursor": cursor}).json()
            seen += [line["id"] for line in page["results"]]
            cursor = page["next_cursor"]
        assert seen == [str(message.pk) for message in wanted]


def test_searching_takes_one_statement_more_than_looking_at_most(reader: APIClient) -> None:
    b.plant(text="Hund und Katze")
    for where in ("messages", "trees"):
        taken = []
        for query in ({}, {"search": 'hund "und Katze" 学习', "after": "2026-01-01"}, {"search": "hund"}):
            with CaptureQueriesContext(connection) as queries:
                assert reader.get(f"/api/v1/{where}", query).status_code == 200
            taken.append(len(queries))
        assert max(taken) <= taken[0] + 1


def test_the_index_is_used_but_for_texts_that_are_read_anyway() -> None:
    """Not for speed alone: looking through every row would be asked for with every key pressed."""
    for _ in range(3):
        b.plant()
    words = parts_of("hund 学习")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plans = [Message.objects.live().saying(words, read=read).explain() for read in (False, True)]

    assert ["messages_by_words" in plan for plan in plans] == [True, False]
