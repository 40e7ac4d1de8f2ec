"""Boards: who stands where, who is not shown, and that looking costs the same however many they are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from oa.accounts.models import User
from oa.community import actions
from oa.moderation import actions as moderation
from tests import builders as b
from tests.community.people import browser, give, seen
from tests.tasks.test_statement_counts import Statements

pytestmark = pytest.mark.django_db

MOST_FOR_A_BOARD = 3


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def names(board: list[dict[str, object]]) -> list[tuple[object, object, object]]:
    return [(entry["place"], entry["display_name"], entry["points"]) for entry in board]


def test_the_best_stand_first_and_who_had_their_points_first_before_equals(now: datetime) -> None:
    ann, ben, cem = b.person("Ann"), b.person("Ben"), b.person("Cem")
    give({ben: 5, cem: 7.5, ann: 5}, now=now)

    board = seen(ann, "community/boards", period="day")

    assert names(board["entries"]) == [(1, "Cem", 7.5), (2, "Ben", 5), (3, "Ann", 5)]
    assert [entry["is_me"] for entry in board["entries"]] == [False, False, True]
    assert board["me"] == {"place": 3, "points": 5}
    assert board["entries"][0]["person_id"] == str(cem.pk)


def test_each_period_and_language_has_its_own(now: datetime) -> None:
    ann, ben = b.person("Ann"), b.person("Ben")
    give({ann: 5}, lang="de", now=datetime(2020, 1, 1, tzinfo=UTC))
    give({ann: 1, ben: 2}, lang="en", now=now)

    assert names(seen(ann, "community/boards", period="all")["entries"]) == [(1, "Ann", 6), (2, "Ben", 2)]
    assert names(seen(ann, "community/boards", period="all", lang="de")["entries"]) == [(1, "Ann", 5)]
    for period in ("day", "week", "month"):
        board = seen(ann, "community/boards", period=period)
        assert names(board["entries"]) == [(1, "Ben", 2), (2, "Ann", 1)]
        assert board["starts"] < board["ends"]
    assert (seen(ann, "community/boards", period="all")["starts"], board["lang"]) == (None, "")
    assert seen(ann, "community/boards", lang="fr")["me"] is None


def test_a_hundred_are_shown_and_everybody_sees_who_is_around_them(now: datetime) -> None:
    crowd = b.people(110)
    give([(someone, 500 - number) for number, someone in enumerate(crowd)], now=now)

    board = seen(crowd[104], "community/boards", period="week")

    assert len(board["entries"]) == 100
    assert board["me"] == {"place": 105, "points": 396}
    assert [entry["place"] for entry in board["around"]] == [102, 103, 104, 105, 106, 107, 108]
    assert [entry["is_me"] for entry in board["around"]] == [False] * 3 + [True] + [False] * 3
    assert [entry["place"] for entry in seen(crowd[0], "community/boards")["around"]] == [1, 2, 3, 4]


def test_equals_stand_around_somebody_in_the_order_in_which_they_came_to_their_points(now: datetime) -> None:
    crowd = [b.person(name) for name in ("Ann", "Ben", "Cem", "Dov", "Eli", "Fay", "Gil", "Hal", "Ida")]
    give([(someone, 5) for someone in crowd], now=now)

    board = seen(crowd[4], "community/boards")

    assert [entry["display_name"] for entry in board["around"]] == ["Ben", "Cem", "Dov", "Eli", "Fay", "Gil", "Hal"]
    assert board["me"] == {"place": 5, "points": 5}


def test_who_would_rather_not_be_shown_is_not_and_still_sees_their_place(now: datetime) -> None:
    ann, ben, cem = b.person("Ann"), b.person("Ben"), b.person("Cem")
    give({ann: 3, ben: 2, cem: 1}, now=now)

    answer = browser(ben).patch("/api/v1/me/preferences", {"show_on_boards": False})
    assert answer.json()["show_on_boards"] is False

    assert names(seen(cem, "community/boards")["entries"]) == [(1, "Ann", 3), (2, "Cem", 1)]
    mine = seen(ben, "community/boards")
    assert mine["me"] == {"place": 2, "points": 2}
    assert names(mine["around"]) == [(1, "Ann", 3), (2, "Ben", 2), (2, "Cem", 1)]
    give({ben: 10}, now=now)
    assert names(seen(cem, "community/boards")["entries"]) == [(1, "Ann", 3), (2, "Cem", 1)], "nor later"
    browser(ben).patch("/api/v1/me/preferences", {"show_on_boards": True})
    assert names(seen(cem, "community/boards")["entries"])[0] == (1, "Ben", 12)


def test_who_is_shut_out_leaves_the_boards(now: datetime) -> None:
    ann, boss = b.person("Ann"), b.moderator()
    give({ann: 3}, now=now)

    moderation.ban_person(person_id=ann.pk, why="Spam", by=boss, now=now)
    assert seen(boss, "community/boards")["entries"] == []
    assert [breach for breach in b.broken_promises("P10") if "shown on boards" in breach] == []

    moderation.lift_ban(person_id=ann.pk, why="Sorry", by=boss, now=now)
    assert len(seen(boss, "community/boards")["entries"]) == 1


def test_who_leaves_is_off_the_boards_at_once(now: datetime) -> None:
    ann, other = b.person("Ann"), b.person()
    ann.set_password("a long password")
    ann.save()
    give({ann: 3}, now=now)

    moderation.leave(password="a long password", erases_texts=False, by=ann, now=now)

    assert seen(other, "community/boards")["entries"] == []
    assert [breach for breach in b.broken_promises("P10") if "shown on boards" in breach] == []


def test_nothing_and_less_is_no_place(now: datetime) -> None:
    ann = b.person("Ann")
    give({ann: 3}, now=now)
    give({ann: -3}, now=now)

    board = seen(ann, "community/boards", period="day")

    assert (board["entries"], board["me"], board["around"]) == ([], None, [])


@pytest.mark.parametrize("many", [3, 60])
def test_a_board_takes_the_same_statements_however_many_are_on_it(now: datetime, many: int) -> None:
    crowd = b.people(many)
    give([(someone, 5 + number) for number, someone in enumerate(crowd)], now=now)
    client = browser(crowd[1])

    with Statements() as statements:
        assert client.get("/api/v1/community/boards").status_code == 200

    assert len(statements.texts) <= MOST_FOR_A_BOARD, statements.say()


def test_a_board_nobody_knows_is_refused() -> None:
    answer = browser(b.person()).get("/api/v1/community/boards?period=year")

    assert answer.status_code == 422


# --- goal and formula -------------------------------------------------------------------------------------------------


def test_the_goal_counts_what_everybody_handed_in_this_week(now: datetime) -> None:
    b.policy(weekly_goal=40)
    people: list[User] = b.people(2)
    give({people[0]: 1, people[1]: 4}, now=now)
    give({people[0]: 1}, now=now)
    give({people[0]: 1}, now=datetime(2020, 1, 1, tzinfo=UTC))

    goal = seen(people[0], "community/goal")

    assert (goal["done"], goal["people"], goal["target"]) == (3, 2, 40)
    assert goal["title"] and goal["unit"]
    assert goal["starts"] < goal["ends"]


def test_the_formula_is_that_of_the_policy_in_force() -> None:
    before = {rule["code"]: rule["points"] for rule in seen(b.person(), "community/formula")["rules"]}
    b.policy(points_ranked_first=20.0)
    after = seen(b.person(), "community/formula")["rules"]

    assert (before["ranked_first"], before["prompt"]) == (9, 0.1)
    assert {rule["code"]: rule["points"] for rule in after}["ranked_first"] == 20
    assert all(rule["title"] and rule["help"] for rule in after)


def test_preferences_of_somebody_who_never_chose_are_the_defaults() -> None:
    shown = seen(b.person(), "me/preferences")

    assert (shown["show_on_boards"], shown["digest"], shown["muted"]) == (True, "off", [])
    assert [kind["code"] for kind in shown["kinds"]][:2] == ["accepted", "rejected"]


def test_choosing_nothing_changes_nothing() -> None:
    ann = b.person()

    member = actions.change_preferences(by=ann, now=b.NOW)

    assert (member.show_on_boards, member.digest) == (True, "off")
