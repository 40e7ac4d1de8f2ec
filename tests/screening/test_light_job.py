"""Light checks of texts by a job: each text is read once, and what was found is kept with the version it is about."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.conf import settings

from oa.moderation import actions as moderation
from oa.screening import actions
from oa.screening.models import Due, Opinion
from oa.screening.rules import Check
from oa.trees.models import Message
from tests import builders as b

pytestmark = pytest.mark.django_db

GERMAN = "Warum ist der Himmel am Abend so viel röter als am Mittag, und warum nicht überall?"
ENGLISH = "Why is the sky so much redder in the evening than at noon, and why not everywhere?"


def clock() -> datetime:
    return b.LATER


def read() -> int:
    return actions.read_waiting(clock=clock)


def opinion_on(message: Message) -> Opinion:
    return Opinion.objects.get(message=message)


def waiting() -> int:
    return Due.objects.filter(kind=Check.LIGHT).count()


def test_a_new_text_is_read_once() -> None:
    b.policy()
    prompt = b.plant(text=ENGLISH)

    assert (read(), read(), waiting()) == (1, 0, 0)

    opinion = opinion_on(prompt)
    assert (opinion.version, opinion.language, opinion.read_at) == (1, "en", b.LATER)
    assert 0.8 <= (opinion.language_sure or 0) <= 1


def test_what_is_found_is_told_by_its_place_and_never_repeated() -> None:
    b.policy()
    prompt = b.plant(text="Write to alice.miller@mail.net or call +49 30 901820.")

    read()

    opinion = opinion_on(prompt)
    found = [(each["kind"], prompt.text[each["start"] : each["end"]]) for each in opinion.personal_data]
    assert found == [("email", "alice.miller@mail.net"), ("phone", "+49 30 901820")]
    assert "alice" not in str(opinion.personal_data)


def test_an_edited_text_is_read_again() -> None:
    b.policy()
    prompt = b.plant(text=f"{ENGLISH} alice@mail.net")
    read()

    moderation.edit_message(message_id=prompt.pk, text=ENGLISH, why="An address", by=b.moderator(), now=b.LATER)
    assert read() == 1

    assert (opinion_on(prompt).version, opinion_on(prompt).personal_data) == (2, [])


def test_what_is_said_of_a_text_that_changed_meanwhile_is_not_kept() -> None:
    b.policy()
    prompt = b.plant(text=ENGLISH)
    items = actions.claim(kind=Check.LIGHT, most=9, now=b.NOW)
    moderation.edit_message(message_id=prompt.pk, text=GERMAN, why="Better", by=b.moderator(), now=b.NOW)

    stale = {prompt.pk: Opinion(message=prompt, version=1, language="en", read_at=b.NOW)}
    kept = actions.keep_opinions(items=items, opinions=stale, policies=actions.policy_for(["en"]))

    assert (kept, Opinion.objects.count(), waiting()) == (0, 0, 1)
    read()
    assert (opinion_on(prompt).version, opinion_on(prompt).language) == (2, "de")


def test_a_worker_that_is_killed_loses_nothing() -> None:
    b.policy()
    prompts = [b.plant() for _ in range(5)]
    actions.claim(kind=Check.LIGHT, most=9, now=b.NOW)

    actions.read_waiting(clock=lambda: b.NOW)
    assert Opinion.objects.count() == 0

    assert actions.read_waiting(clock=lambda: b.NOW + timedelta(minutes=3)) == 5
    assert Opinion.objects.count() == len(prompts)


def test_hostile_texts_are_read_like_any_other() -> None:
    b.policy(message_size_limit=100_000)
    hostile = [
        "🙂" * 50, "\u202etxet sdrawkcab si siht\u202c", "a" * 100_000, "1 " * 50_000, "@" * 10_000 + "a",
        "\u0301" * 999 + "e",
        "``` " * 9_000, "+1" * 9_000, "٠١٢٣٤٥٦٧٨٩" * 99, "\u200d\u200dx", "𝓗𝓮𝓵𝓵𝓸 " * 99, "क्ष" * 500, "漢" * 5_000,
    ]  # fmt: skip
    for text in hostile:
        b.plant(text=text)

    read()

    assert (Opinion.objects.count(), waiting()) == (len(hostile), 0)


def test_replies_are_read_but_not_compared() -> None:
    b.policy()
    reply = b.answer(b.growing(), text=ENGLISH)
    read()

    assert opinion_on(reply).language == "en"
    assert (opinion_on(reply).digest, opinion_on(reply).bands) == ("", [])


def test_what_the_policy_switches_off_is_not_looked_for() -> None:
    b.policy(
        check_language=False, check_duplicates=False, personal_data_email="off", personal_data_phone="log",
        personal_data_card="off", personal_data_iban="off", personal_data_key="off",
    )  # fmt: skip
    text = f"{ENGLISH} alice@mail.net, +49 30 901820, 4111 1111 1111 1111"
    b.plant(text=text)
    prompt = b.plant(text=text)
    read()

    opinion = opinion_on(prompt)
    assert (opinion.language, opinion.digest, opinion.twin_id) == ("", "", None)
    assert [(found["kind"], found["level"]) for found in opinion.personal_data] == [("phone", "log")]


def test_each_language_has_its_policy() -> None:
    b.policy()
    b.policy("de", check_language=False)
    german, english = b.plant(text=GERMAN, lang="de"), b.plant(text=ENGLISH)
    read()

    assert (opinion_on(german).language, opinion_on(english).language) == ("", "en")


def test_the_job_is_not_one_of_the_toxicity_workers() -> None:
    route = settings.CELERY_TASK_ROUTES["oa.screening.jobs.read_waiting"]
    assert route == {"queue": settings.CELERY_TASK_DEFAULT_QUEUE}
    assert settings.CELERY_BEAT_SCHEDULE["oa.screening.jobs.read_waiting"]["enabled"]
