"""Whatever is written in Django's administration leaves its line in the log, whichever app the page is of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from oa.accounts.models import Terms, User
from oa.core.admin import ReadOnlyAdmin, Telling
from oa.moderation import actions
from oa.moderation.admin import (
    ChangedPolicyAdmin,
    ModeratedMessageAdmin,
    ModeratedTreeAdmin,
    PublishedTermsAdmin,
    ReportAdmin,
)
from oa.moderation.models import Decision
from oa.moderation.rules import ReportReason, Verb
from oa.trees.models import PolicyVersion
from tests import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> User:
    return User.objects.create_superuser("root@example.org", "a password")


@pytest.fixture
def browser(client: Client, root: User) -> Client:
    client.force_login(root)
    return client


def page(label: str, what: str, *args: object) -> str:
    return reverse(f"admin:{label.lower().replace('.', '_')}_{what}", args=args)


def newest() -> Decision:
    return Decision.objects.latest("at")


def writable(root: User) -> dict[str, list[str]]:
    """What somebody who may do everything can write by hand, by table."""
    request = RequestFactory().get("/admin/")
    request.user = root
    found = {}
    for model, pages in admin.site._registry.items():
        asked = {"add": pages.has_add_permission, "change": pages.has_change_permission}
        asked["delete"] = pages.has_delete_permission
        if may := [what for what, allowed in asked.items() if allowed(request)]:
            found[model._meta.label] = may
    return found


def test_every_page_tells_of_what_is_written(root: User) -> None:
    assert all(isinstance(pages, Telling) for pages in admin.site._registry.values())


def test_of_ours_only_policies_and_terms_are_added_by_hand_and_they_leave_their_own_lines(root: User) -> None:
    ours = {label: may for label, may in writable(root).items() if label.split(".")[0] in OURS}

    assert ours == {"trees.PolicyVersion": ["add"], "accounts.Terms": ["add"]}
    quiet = {type(pages).__mro__[2] for pages in admin.site._registry.values() if getattr(pages, "tells_itself", False)}
    assert quiet == {ChangedPolicyAdmin, PublishedTermsAdmin}


OURS = {
    "accounts", "trees", "reviews", "rankings", "screening", "tasks", "community", "moderation", "datasets", "stats",
}  # fmt: skip


ADDRESS = "account.EmailAddress"


def test_what_is_added_changed_and_deleted_on_another_apps_page_is_in_the_log(browser: Client, root: User) -> None:
    sent = {"user": str(b.person().pk), "email": "new@example.org"}

    browser.post(page(ADDRESS, "add"), sent)
    address = EmailAddress.objects.get(email="new@example.org")
    said = newest()
    assert (said.verb, said.by, said.details["did"]) == (Verb.ADMIN, root, "add")
    assert (said.details["model"], said.details["objects"]) == (ADDRESS, [str(address.pk)])

    browser.post(page(ADDRESS, "change", address.pk), {**sent, "verified": "on"})
    assert (newest().details["did"], newest().details["fields"]) == ("change", ["Verified"])

    browser.post(page(ADDRESS, "delete", address.pk), {"post": "yes"})
    assert newest().details["did"] == "delete"


def test_many_deleted_at_once_are_one_line_that_names_them(browser: Client) -> None:
    rows = [EmailAddress.objects.create(user=b.person(), email=f"{name}@example.org") for name in "ab"]
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"}

    browser.post(page(ADDRESS, "changelist"), chosen)

    assert not EmailAddress.objects.filter(pk__in=[row.pk for row in rows]).exists()
    assert sorted(newest().details["objects"]) == sorted(str(row.pk) for row in rows)


def test_the_line_names_the_person_whose_account_it_is(browser: Client) -> None:
    person = b.person()

    browser.post(page(ADDRESS, "add"), {"user": str(person.pk), "email": "new@example.org"})

    assert (newest().verb, newest().person) == (Verb.ADMIN, person)


def test_a_policy_is_one_line_of_its_own(browser: Client, root: User) -> None:
    form = browser.get(page("trees.PolicyVersion", "add")).context["adminform"].form
    values = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
    sent = {name: value for name, value in values.items() if value is not None and value is not False}

    answer = browser.post(page("trees.PolicyVersion", "add"), {**sent, "goal_tree_size": 33, "note": "Bigger"})

    assert answer.status_code == 302
    assert PolicyVersion.objects.in_force("").policy.goal_tree_size == 33
    (line,) = Decision.objects.all()
    assert (line.verb, line.by, line.why) == (Verb.POLICY, root, "Bigger")
    assert line.after == {"policy": {"goal_tree_size": 33}}


def test_terms_are_one_line_of_their_own(browser: Client, root: User) -> None:
    browser.post(page("accounts.Terms", "add"), {"text": "Be kind."})

    (line,) = Decision.objects.all()
    assert (line.verb, line.by, line.after) == (Verb.TERMS, root, {"terms": {"version": Terms.objects.get().version}})


def choose(browser: Client, label: str, action: str, row: Any) -> None:
    browser.post(page(label, "changelist"), {"action": action, "why": "A reason", "_selected_action": [row.pk]})


ACTIONS = {
    (ModeratedTreeAdmin, "halt"): Verb.HALT,
    (ModeratedTreeAdmin, "resume"): Verb.RESUME,
    (ModeratedMessageAdmin, "look"): Verb.LOOK,
    (ModeratedMessageAdmin, "delete_with_subtree"): Verb.DELETE,
    (ModeratedMessageAdmin, "restore"): Verb.RESTORE,
    (ReportAdmin, "dismiss"): Verb.DISMISS,
}


def test_every_action_of_ours_is_here() -> None:
    there = {
        (type(pages).__mro__[2], action)
        for model, pages in admin.site._registry.items() if model._meta.app_label in OURS
        for action in pages.actions or ()
    }  # fmt: skip

    assert there == set(ACTIONS)


@pytest.mark.parametrize(("pages", "action"), ACTIONS, ids=str)
def test_each_leaves_its_line(browser: Client, root: User, pages: type[ReadOnlyAdmin], action: str) -> None:
    now = timezone.now()
    message = b.scored(b.plant(now=now), 0.9)
    row: Any = message.tree if pages is ModeratedTreeAdmin else message
    if action == "resume":
        actions.halt_tree(tree_id=message.tree_id, why="Wait", by=root, now=now - timedelta(minutes=1))
    if action == "restore":
        actions.delete_message(message_id=message.pk, why="Wait", by=root, now=now - timedelta(minutes=1))
    if pages is ReportAdmin:
        row, _new = actions.report(message_id=message.pk, reason=ReportReason.SPAM, note="", by=b.person(), now=now)

    choose(browser, row._meta.label, action, row)

    assert (newest().verb, newest().by, newest().why) == (ACTIONS[pages, action], root, "A reason")


def test_who_is_made_an_administrator_in_a_terminal_is_in_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "quite a long one")

    call_command("createsuperuser", "--noinput", "--email", "boss@example.org", verbosity=0)

    line = Decision.objects.get()
    assert (line.verb, line.by, line.person) == (Verb.ADMIN, None, User.objects.get(email="boss@example.org"))
    assert line.details == {"command": "createsuperuser", "role": "admin"}


def test_somebody_who_is_muted_writes_nothing_there_either(browser: Client, root: User) -> None:
    User.objects.filter(pk=root.pk).update(muted_until=timezone.now() + timedelta(days=1))

    answer = browser.post(page(ADDRESS, "add"), {"user": str(b.person().pk), "email": "new@example.org"})

    assert answer.status_code == 403
    assert not EmailAddress.objects.exists()
