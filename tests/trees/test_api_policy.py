"""The policy over HTTP, and the one action that changes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oa.accounts.models import User
from oa.core.errors import Conflict, Forbidden, Invalid
from oa.trees import actions
from oa.trees.models import PolicyVersion
from oa.trees.rules import Policy, policy_fields
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> User:
    return builders.admin()


def change(by: User, values: dict[str, object], lang: str = "", note: str = "A reason") -> PolicyVersion:
    return actions.change_policy(lang=lang, values=values, note=note, by=by, now=builders.NOW)


def in_force(lang: str) -> Any:
    answer = Client().get("/api/v1/policy", {"lang": lang})
    assert answer.status_code == 200
    return answer.json()


def test_before_any_change_the_defaults_rule_and_reading_writes_nothing() -> None:
    shown = in_force("de")

    assert shown["values"] == Policy().as_values()
    assert (shown["version"], shown["of_its_own"]) == (None, False)
    assert not PolicyVersion.objects.exists()


def test_every_field_is_explained() -> None:
    shown = in_force("")

    assert [field["name"] for field in shown["fields"]] == list(Policy().as_values())
    assert next(f for f in shown["fields"] if f["name"] == "goal_tree_size") == {
        "name": "goal_tree_size", "kind": "int", "default": 12, "value": 12, "choices": None,
        "help": "Accepted messages at which a tree stops growing.",
    }  # fmt: skip
    assert all(field.help.strip() for field in policy_fields())


def test_what_is_named_changes_and_the_rest_stays(ada: User) -> None:
    change(ada, {"goal_tree_size": 20})
    change(ada, {"max_tree_depth": 5})

    policy = PolicyVersion.objects.in_force("en").policy

    assert (policy.goal_tree_size, policy.max_tree_depth, policy.max_children_count) == (20, 5, 3)


def test_a_language_of_its_own_starts_from_what_was_in_force(ada: User) -> None:
    change(ada, {"goal_tree_size": 20})
    change(ada, {"max_tree_depth": 5}, lang="DE")

    assert in_force("de")["values"]["goal_tree_size"] == 20
    assert (in_force("de")["of_its_own"], in_force("fr")["of_its_own"]) == (True, False)
    assert in_force("fr")["values"]["max_tree_depth"] == 3


def test_a_tree_under_way_keeps_the_version_it_started_with(ada: User) -> None:
    before = builders.plant().tree

    change(ada, {"goal_tree_size": 20})

    before.refresh_from_db()
    assert before.policy.policy.goal_tree_size == 12
    assert builders.plant().tree.goal_size == 20


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"goal_tree_sise": 3}, "unknown_policy_field"),
        ({"goal_tree_size": "3"}, "bad_policy_value"),
        ({"goal_tree_size": True}, "bad_policy_value"),
        ({"goal_tree_size": 3.5}, "bad_policy_value"),
        ({"goal_tree_size": None}, "bad_policy_value"),
        ({"goal_tree_size": 0}, "bad_policy_value"),
        ({"goal_tree_size": 40_000}, "bad_policy_value"),  # more than a tree's column holds
        ({"lease_minutes_write": 10**15}, "bad_policy_value"),  # more than a date holds
        ({"acceptance_threshold_reply": 1.5}, "bad_policy_value"),
        ({"min_goal_tree_size": 13}, "bad_policy_value"),
        ({"random_goal_tree_size": 1}, "bad_policy_value"),
    ],
)
def test_what_can_not_be_is_refused_and_leaves_no_trace(ada: User, values: dict[str, object], code: str) -> None:
    client = Client()
    client.force_login(ada)

    answer = client.post("/api/v1/policy", {"values": values, "note": "Try"}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not PolicyVersion.objects.exclude(values={}).exists()


def test_a_change_needs_an_administrator_a_reason_and_a_difference(ada: User) -> None:
    with pytest.raises(Forbidden):
        change(builders.moderator(), {"goal_tree_size": 20})
    with pytest.raises(Invalid, match="say why"):
        change(ada, {"goal_tree_size": 20}, note=" ")
    with pytest.raises(Conflict):
        change(ada, {"goal_tree_size": 12})
    with pytest.raises(Invalid, match="language tag"):
        change(ada, {"goal_tree_size": 20}, lang="Klingon!")


def test_the_history_tells_moderators_who(ada: User) -> None:
    change(ada, {"goal_tree_size": 20}, note="Larger trees")
    change(ada, {"goal_tree_size": 30}, lang="de")

    def history(person: User, **asked: str) -> Any:
        client = Client()
        client.force_login(person)
        return client.get("/api/v1/policy/history", asked).json()["results"]

    volunteers, moderators = history(builders.person()), history(builders.moderator())
    assert [version["values"]["goal_tree_size"] for version in volunteers] == [30, 20, 12]
    assert [version["by"] for version in volunteers] == [None, None, None]
    assert moderators[0]["by"]["id"] == str(ada.pk)
    assert [version["note"] for version in history(ada, lang="")] == ["Larger trees", "The defaults."]


def test_the_admin_makes_a_new_version_from_the_policy_in_force(ada: User) -> None:
    change(ada, {"goal_tree_size": 20})
    client = Client()
    client.force_login(ada)
    address = reverse("admin:trees_policyversion_add")
    page = client.get(address)
    filled = page.context["adminform"].form.initial
    assert (filled["goal_tree_size"], page.content.count(b"Accepted messages at which")) == (20, 1)
    form = {name: value for name, value in filled.items() if value is not False}

    sent = client.post(address, {**form, "max_tree_depth": 4, "note": "Deeper"})

    assert sent.status_code == 302
    latest = PolicyVersion.objects.in_force("")
    assert (latest.policy.goal_tree_size, latest.policy.max_tree_depth, latest.by) == (20, 4, ada)
    assert latest.policy.rank_prompter_replies is False


def test_the_admin_shows_a_refusal_beside_the_form(ada: User) -> None:
    client = Client()
    client.force_login(ada)
    address = reverse("admin:trees_policyversion_add")
    filled = client.get(address).context["adminform"].form.initial
    form = {name: value for name, value in filled.items() if value is not False}

    sent = client.post(address, {**form, "goal_tree_size": 40_000, "note": "Huge"})

    assert sent.status_code == 200
    assert "out of range" in sent.content.decode()
    assert not PolicyVersion.objects.filter(note="Huge").exists()


def test_moderators_make_no_policy_in_the_admin() -> None:
    client = Client()
    client.force_login(builders.moderator())

    assert client.get(reverse("admin:trees_policyversion_add")).status_code == 403
