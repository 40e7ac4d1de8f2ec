"""What moderators decide over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oa.accounts.models import User
from oa.moderation.models import Decision
from oa.trees.models import Message
from oa.trees.rules import State
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policy() -> None:
    builders.policy()


@pytest.fixture
def mo() -> User:
    return builders.moderator()


def post(person: User, path: str, **body: object) -> Any:
    client = Client()
    client.force_login(person)
    return client.post(f"/api/v1/moderation/{path}", body, content_type="application/json")


def get(person: User, path: str, **asked: Any) -> Any:
    client = Client()
    client.force_login(person)
    return client.get(f"/api/v1/moderation/{path}", asked)


def test_a_message_is_deleted_with_what_is_below_and_restored(mo: User) -> None:
    root = builders.growing()
    reply = builders.answer(root)

    answer = post(mo, f"messages/{root.pk}/delete", why="Spam")

    assert answer.status_code == 201
    decision = answer.json()
    assert (decision["verb"], decision["why"], decision["by"]["id"]) == ("delete", "Spam", str(mo.pk))
    assert decision["details"]["messages"] == [str(root.pk), str(reply.pk)]
    assert builders.fresh(reply).deleted
    assert builders.state_of(root) == State.HALTED_BY_MODERATOR
    assert post(mo, f"messages/{root.pk}/restore", why="Not spam").status_code == 201
    assert not builders.fresh(reply).deleted
    assert builders.state_of(root) == State.GROWING
    assert builders.broken_promises() == []


def test_a_text_is_changed(mo: User) -> None:
    message = builders.plant()

    answer = post(mo, f"messages/{message.pk}/edit", text="  Other words ", why="Name in it")

    assert answer.status_code == 201
    assert (builders.fresh(message).text, builders.fresh(message).version) == ("Other words", 2)


def test_a_tree_is_halted_and_resumed(mo: User) -> None:
    root = builders.plant()

    assert post(mo, f"trees/{root.pk}/halt", why="Look at it").status_code == 201
    assert builders.stock_of(root) == []
    answer = post(mo, f"trees/{root.pk}/resume", why="Fine")

    assert answer.json()["details"] == {"after": "initial_prompt_review"}
    assert len(builders.stock_of(root)) == 2


def test_a_person_is_shut_out_and_let_in(mo: User) -> None:
    troll = builders.person()

    assert post(mo, f"people/{troll.pk}/ban", why="Insults").json()["person"]["is_active"] is False
    assert post(mo, f"people/{troll.pk}/unban", why="Sorry").json()["person"]["is_active"] is True


def test_an_administrator_appoints() -> None:
    somebody = builders.person()

    answer = post(builders.admin(), f"people/{somebody.pk}/role", role="moderator", why="Trusted")

    assert answer.json()["details"] == {"before": "volunteer", "after": "moderator"}


MESSAGE, TREE, SUPERIOR, EQUAL, ONESELF = "message", "tree", "superior", "equal", "oneself"


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        (f"messages/{MESSAGE}/delete", {}, 422, "invalid_input"),
        (f"messages/{MESSAGE}/delete", {"why": "  "}, 422, "invalid_input"),
        (f"messages/{MESSAGE}/delete", {"why": ["a"]}, 422, "invalid_input"),
        (f"messages/{MESSAGE}/delete", {"why": "x" * 1001}, 422, "invalid_input"),
        (f"messages/{MESSAGE}/restore", {"why": "x"}, 409, "not_deleted"),
        (f"messages/{MESSAGE}/edit", {"why": "x"}, 422, "invalid_input"),
        (f"messages/{MESSAGE}/edit", {"why": "x", "text": " "}, 422, "text_empty"),
        (f"messages/{MESSAGE}/edit", {"why": "x", "text": "a\x07"}, 422, "text_has_control_characters"),
        (f"messages/{MESSAGE}/edit", {"why": "x", "text": "y" * 20_001}, 422, "text_too_long"),
        (f"messages/{MESSAGE}/edit", {"why": "x", "text": 7}, 409, "nothing_changed"),
        ("messages/00000000-0000-7000-8000-000000000000/delete", {"why": "x"}, 404, "no_such_message"),
        ("messages/7/delete", {"why": "x"}, 404, "no_such_path"),
        (f"trees/{TREE}/resume", {"why": "x"}, 409, "not_halted"),
        ("trees/00000000-0000-7000-8000-000000000000/halt", {"why": "x"}, 404, "no_such_tree"),
        (f"people/{SUPERIOR}/ban", {"why": "x"}, 403, "not_above_them"),
        (f"people/{EQUAL}/ban", {"why": "x"}, 403, "not_above_them"),
        (f"people/{ONESELF}/ban", {"why": "x"}, 403, "not_above_them"),
        ("people/00000000-0000-7000-8000-000000000000/ban", {"why": "x"}, 404, "no_such_person"),
        (f"people/{ONESELF}/role", {"why": "x", "role": "admin"}, 403, "admins_only"),
    ],
)
def test_a_refusal_says_why_and_leaves_no_trace(
    mo: User, path: str, body: dict[str, object], status: int, code: str
) -> None:
    message = builders.plant(text="7")
    known = {
        MESSAGE: message.pk, TREE: message.tree_id, SUPERIOR: builders.admin().pk,
        EQUAL: builders.moderator().pk, ONESELF: mo.pk,
    }  # fmt: skip
    kind, which, verb = path.split("/")

    answer = post(mo, f"{kind}/{known.get(which, which)}/{verb}", **body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Decision.objects.exists()
    assert Message.objects.get().text == "7"
    assert User.objects.filter(is_active=False).count() == 0


def test_an_unknown_role_is_refused() -> None:
    answer = post(builders.admin(), f"people/{builders.person().pk}/role", role="emperor", why="x")

    assert (answer.status_code, sorted(answer.json()["errors"])) == (422, ["role"])


def test_decisions_are_listed_and_narrowed(mo: User) -> None:
    root, other = builders.plant(), builders.moderator()
    post(mo, f"trees/{root.pk}/halt", why="First")
    post(other, f"trees/{root.pk}/resume", why="Second")

    def whys(**asked: object) -> list[str]:
        return [decision["why"] for decision in get(mo, "decisions", **asked).json()["results"]]

    assert whys() == ["Second", "First"]
    assert whys(verb="halt") == ["First"]
    assert whys(by=other.pk) == ["Second"]
    assert whys(tree=root.pk, limit=1) == ["Second"]
    assert get(mo, "decisions", verb="hug").json()["code"] == "invalid_input"
    assert get(mo, "decisions", by="7").json()["code"] == "invalid_input"


def test_people_are_found_with_what_became_of_their_messages(mo: User) -> None:
    anna = builders.person("Anna Author")
    builders.review_to_end(builders.plant(by=anna), spam=1)
    gone = builders.plant(by=anna)
    post(mo, f"messages/{gone.pk}/delete", why="Spam")

    for search in ("anna", str(anna.pk), (anna.email or "").upper()):
        (found,) = get(mo, "people", search=search).json()["results"]
        assert (found["display_name"], found["messages"], found["rejected"], found["deleted"]) == (
            "Anna Author", 2, 1, 1,
        )  # fmt: skip
    assert get(mo, "people", search="nobody of that name").json()["results"] == []


def test_a_message_is_shown_with_all_that_was_said_of_it(mo: User) -> None:
    root = builders.ready()
    best = next(reply for reply in builders.replies_to(root) if reply.rank == 0)

    shown = get(mo, f"messages/{best.pk}").json()

    assert shown["author"]["id"] == str(best.author_id)
    assert [review["labels"]["spam"] for review in shown["reviews"]] == [0.0, 0.0]
    assert len(shown["ballots"]) == 2
    assert all(str(best.pk) in sum(ballot["tiers"], []) for ballot in shown["ballots"])
    assert shown["decisions"] == []


@pytest.mark.parametrize("path", ["people", "decisions"])
def test_a_page_takes_as_many_statements_however_full_it_is(mo: User, path: str) -> None:
    client = Client()
    client.force_login(mo)
    taken = []
    for _ in range(2):
        root = builders.plant()
        post(mo, f"messages/{root.pk}/delete", why="Spam")
        post(mo, f"people/{root.author_id}/ban", why="Spam")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/api/v1/moderation/{path}").status_code == 200
        taken.append(len(queries))

    assert taken[0] == taken[1] <= 4
