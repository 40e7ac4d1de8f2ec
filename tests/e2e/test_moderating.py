"""A moderator's whole day on the demo site, as `make run` starts it: the queue, a flood of spam, a troll, an appeal.

The tests stand in the order of the day; each can be run alone. What is decided is noted in `story`, seeded with what
the demo's other moderator decided the night before; the last test reads the log against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email import message_from_string, policy
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from oa.accounts.models import User
from oa.datasets.actions.demo import PASSWORD, SECOND_MODERATOR
from oa.datasets.actions.trouble import told
from oa.moderation.models import Case, Decision, Doubt
from oa.moderation.rules import Cause, Reason, Verb
from oa.screening.models import Due
from oa.screening.rules import Check
from oa.trees.models import Message
from tests import builders as b
from tests.e2e.conftest import Play
from tests.e2e.hands import Keys
from tests.e2e.stage import DIST, Stage, until
from tests.e2e.ways import APPEALS, BY_CAUSE, REPORTED, SUSPECTED, Way, way_of
from tests.e2e.wording import words
from tests.simulation.sites import UP_WITHIN

pytestmark = pytest.mark.xdist_group("browser-2")

ABOUT_MANY = (Verb.BATCH, Verb.UNDO_BATCH)
# More decisions than the demo has work for: a queue that never ends is a mistake.
MOST_CASES = 60


class Demo(Stage):
    """`make run`: with the demo's people, its trees and its troubles."""

    @property
    def environ(self) -> dict[str, str]:
        return super().environ | {"OA_DEMO": "1"}


@dataclass
class Line:
    """What the log has to say of one decision."""

    by: str
    verb: str
    whom: str
    reason: str
    why: str
    undone: bool = False


class Story(dict[Any, Line]):
    """All that was decided, in order, by the id of the decision."""

    def goes_on(self, by: User) -> list[Decision]:
        """Note what this moderator has decided since, except for the single messages of a decision about many."""
        # What was decided in the same instant stands in the log as it is here.
        made = Decision.objects.filter(by=by).exclude(pk__in=self).order_by("at", "-pk").select_related("person")
        made = made.filter(Q(batch=None) | Q(verb__in=ABOUT_MANY))
        for one in made:
            whom = str(one.person.display_name) if one.person else ""
            # Of "another reason" the words say which.
            reason = "" if one.reason == Reason.OTHER else one.get_reason_display()
            self[one.pk] = Line(str(by.display_name), one.verb, whom, reason, one.why)
            if one.undoes_id in self:
                self[one.undoes_id].undone = True
        return list(made)


@pytest.fixture(scope="module")
def site(django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    assert (DIST / "index.html").exists(), "the web app is not built: make setup"
    site = Demo()
    site.start()
    try:
        site.wait_until_up()
        with django_db_blocker.unblock(), site.written_from_here():
            until(everything_is_looked_at, "all texts are read, and cases are made of what was found", within=UP_WITHIN)
        yield site
    finally:
        site.end()


@pytest.fixture(scope="module")
def story() -> Story:
    return Story()


@pytest.fixture
def mo(play: Play) -> User:
    return User.objects.get(email="mo@example.org")


@pytest.fixture
def moni(play: Play, story: Story) -> User:
    """Who was here before."""
    moni = User.objects.get(email=SECOND_MODERATOR)
    story.goes_on(moni)
    return moni


@pytest.fixture
def troll(mo: User) -> User:
    """Whose prompts nobody can answer, and who can sign in with everybody's password."""
    troll = User.objects.get(display_name=told()["accounts"]["senseless"])
    if not troll.has_usable_password():
        troll.password = mo.password
        troll.onboarded_at = timezone.now()
        troll.save()
        EmailAddress.objects.create(user=troll, email=troll.email, verified=True, primary=True)
    return troll


def everything_is_looked_at() -> bool:
    open_ones = Case.objects.filter(closed_at=None)
    causes = {cause for case in open_ones for cause in case.causes}
    waiting = Due.objects.waiting(Check.LIGHT).exists() or Doubt.objects.exists()
    return not waiting and set(Cause) - {Cause.TOXIC, Cause.WITHHELD} <= causes


# --- the queue --------------------------------------------------------------------------------------------------------


def heading_of(case: Locator) -> Locator:
    return case.get_by_role("heading", level=2).first


def decide(page: Page, way: Way) -> None:
    keys, dialog = Keys(page), page.get_by_role("dialog")
    keys.type(way.key)
    expect(dialog).to_be_visible()
    keys.type(*way.keys)
    if way.words:
        keys.walk_to(dialog.get_by_role("textbox").first)
        keys.type("Control+a")
        page.keyboard.type(way.words)
    keys.type("Control+Enter")
    expect(dialog).to_have_count(0)


def test_the_queue_is_cleared_by_keys_alone(play: Play, story: Story, mo: User, moni: User) -> None:
    waiting = Case.objects.filter(closed_at=None)
    before = waiting.count()
    page = play.open("/moderate", who=mo)
    expect(page.get_by_role("main")).to_contain_text(words("moderate", "cases.open_other", count=before))
    nothing = page.get_by_role("heading", name=words("moderate", "cases.nothing"), exact=True)

    Keys(page).type("n")
    made: list[Decision] = []
    for _ in range(MOST_CASES):
        expect(page.locator("[data-case][aria-current]").or_(nothing)).to_be_visible()
        if nothing.is_visible():
            break
        case = waiting.get(pk=re.findall("case=([0-9a-f-]+)", page.url)[0])
        expect(heading_of(page.get_by_role("article"))).to_be_focused()
        way, left = way_of(case), waiting.count()
        decide(page, way)
        expect(page).not_to_have_url(re.compile(str(case.pk)))
        made += (now := story.goes_on(mo))
        # An appeal that is granted undoes a decision, which is a decision of its own.
        assert way.verb in {one.verb for one in now} and waiting.count() < left, case.causes

    expect(nothing).to_be_visible()
    assert not waiting.exists()
    wanted = {*REPORTED.values(), *BY_CAUSE.values(), *APPEALS.values(), *SUSPECTED.values()}
    assert {way.verb for way in wanted} <= {one.verb for one in made}
    assert b.broken_promises() == []


# --- a flood of spam --------------------------------------------------------------------------------------------------


def test_a_flood_of_spam_is_deleted_at_once_and_brought_back(play: Play, story: Story, mo: User, moni: User) -> None:
    flood = Message.objects.filter(text__in=told()["spam"]["texts"])
    standing = set(flood.filter(deleted=False).values_list("pk", flat=True))
    size, accounts = len(told()["spam"]["texts"]), len(told()["accounts"]["spammers"])
    page = play.open("/moderate/bulk?tab=alike", who=mo)
    keys, first = Keys(page), page.get_by_role("article").first
    by = words("oversee", "alike.accounts_other", count=accounts)
    expect(first).to_contain_text(words("oversee", "alike.heading_other", count=size, accounts=by))

    keys.type("1")
    expect(page.get_by_role("article")).to_have_count(size)
    all_are_deleted(page)
    assert not flood.filter(deleted=False).exists()

    keys.type("u")
    expect(page.get_by_role("dialog")).to_be_visible()
    keys.type("Control+Enter")
    expect(page.get_by_role("heading", name=words("oversee", "batch.state.undone"), exact=True)).to_be_visible()
    assert set(flood.filter(deleted=False).values_list("pk", flat=True)) == standing
    assert [one.verb for one in story.goes_on(mo)] == [Verb.BATCH, Verb.UNDO_BATCH]
    assert b.broken_promises() == []


def all_are_deleted(page: Page) -> None:
    """By keys: all that is found, after a look at what that would change."""
    keys, dialog = Keys(page), page.get_by_role("dialog")
    keys.type("p")
    expect(dialog).to_be_visible()
    keys.walk_to(dialog.get_by_role("textbox"))
    page.keyboard.type("Twelve times the same shoes.")
    keys.type("Control+Enter")
    accounts = len(told()["accounts"]["spammers"])
    expect(page.get_by_text(words("oversee", "batch.would.authors_other", count=accounts))).to_be_visible()
    assert not Decision.objects.filter(verb=Verb.BATCH).exists()

    keys.type("Control+Enter")
    size = len(told()["spam"]["texts"])
    progress = words("oversee", "batch.doneOf_other", done=size, count=size)
    expect(page.get_by_role("status").filter(has_text=progress)).to_be_visible()
    expect(page.get_by_role("heading", name=words("oversee", "batch.state.done"), exact=True)).to_be_visible()


# --- a troll, and an appeal -------------------------------------------------------------------------------------------

WHY_OUT = "Goes for one person after the other"
WHY_BACK = "Once more, with kindness"
WORDS_OF_TROLL = "It was a joke among neighbours, and nobody asked me first. I will be kinder."


def test_a_troll_is_shut_out_appeals_and_comes_back(
    play: Play, story: Story, mo: User, moni: User, troll: User
) -> None:
    # Who may not come in is told so, and the browser tells it in its console.
    play.expected = ("401 (Unauthorized)", "403 (Forbidden)")
    last = timezone.localdate() + timedelta(days=10)
    found_and_shut_out(play, mo, troll, last=last)
    [ban] = story.goes_on(mo)
    assert (ban.verb, ban.person, ban.reason) == (Verb.BAN, troll, Reason.HARASSMENT)
    troll.refresh_from_db()
    assert troll.banned_until is not None and abs((troll.banned_until.date() - last).days) <= 1

    theirs = play.open("/account/sign-in")
    signs_in(theirs, troll)
    expect(theirs.get_by_role("alert")).to_contain_text(words("enter", "signIn.disabled"))
    appeals(theirs, link_in_mail(play, str(troll.email)))
    granted_by_another(play, moni)
    undo, grant = sorted(story.goes_on(moni), key=lambda one: one.verb, reverse=True)
    assert (undo.undoes_id, grant.verb, grant.person) == (ban.pk, Verb.GRANT, troll)

    theirs.goto("/account/sign-in")
    signs_in(theirs, troll)
    expect(theirs.get_by_role("heading", level=1)).to_contain_text(str(troll.display_name))
    theirs.goto("/me/decisions")
    mine = theirs.get_by_role("listitem").filter(has_text=WORDS_OF_TROLL)
    expect(mine).to_contain_text(words("contest", "stage.granted"))
    expect(mine).to_contain_text(WHY_BACK)
    assert b.broken_promises() == []


def found_and_shut_out(play: Play, mo: User, troll: User, *, last: date) -> None:
    """By keys: along the trollboard to them, and out until a day."""
    page = play.open("/moderate/trolls", who=mo)
    keys, dialog = Keys(page), page.get_by_role("dialog")
    keys.walk_to(page.get_by_role("link", name=str(troll.display_name), exact=True))
    keys.type("Enter")
    expect(page.get_by_role("heading", name=str(troll.display_name), level=1)).to_be_visible()
    expect(page.get_by_role("button", name=words("oversee", "acts.ban.name"))).to_be_visible()

    keys.type("b")
    expect(dialog).to_be_visible()
    keys.type("3")
    day = dialog.get_by_role("radio", name=words("common", "decision.day"))
    keys.walk_to(dialog.get_by_role("group", name=words("common", "decision.until")).get_by_role("radio", checked=True))
    for _ in range(6):
        keys.type("ArrowDown")
        if day.is_checked():
            break
    keys.walk_to(dialog.get_by_label(words("common", "decision.lastDay")))
    page.keyboard.type(last.strftime("%m%d%Y"))
    keys.walk_to(dialog.get_by_role("textbox").last)
    page.keyboard.type(WHY_OUT)
    keys.type("Control+Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name=words("oversee", "acts.unban.name"))).to_be_visible()


def signs_in(page: Page, who: User) -> None:
    page.get_by_role("textbox", name=words("common", "field.email")).fill(str(who.email))
    page.get_by_role("textbox", name=words("common", "field.password")).fill(PASSWORD)
    page.keyboard.press("Enter")


def link_in_mail(play: Play, address: str) -> str:
    """The way to appeal, as the mail about the ban tells it."""
    until(lambda: any(WHY_OUT in mail for mail in mails_to(play, address)), "a mail has come")
    [mail] = [mail for mail in mails_to(play, address) if WHY_OUT in mail]
    link = re.search(rf"{play.site.url}(/appeal/\S+)", mail)
    assert link is not None, mail
    return link[1]


def mails_to(play: Play, address: str) -> list[str]:
    mails = [message_from_string(mail, policy=policy.default) for mail in play.site.mails]
    return [mail.get_content() for mail in mails if address in mail["To"]]


def appeals(page: Page, link: str) -> None:
    """Without being signed in."""
    page.goto(link)
    expect(page.get_by_role("main")).to_contain_text(WHY_OUT)
    page.get_by_role("button", name=words("contest", "appeal")).click()
    page.get_by_role("textbox").fill(WORDS_OF_TROLL)
    page.get_by_role("button", name=words("contest", "form.send")).click()
    expect(page.get_by_role("main").get_by_role("status")).to_contain_text(words("contest", "stage.open"))


def granted_by_another(play: Play, moni: User) -> None:
    """By keys: from one appeal to the next, up to this one."""
    page = play.open("/moderate?cause=appeal", who=moni)
    words_of_case = page.get_by_role("article").filter(has_text=WORDS_OF_TROLL)
    expect(page.locator("[data-case]").first).to_be_visible()
    for _ in range(MOST_CASES):
        before = page.url
        Keys(page).type("n")
        expect(page).not_to_have_url(before)
        expect(heading_of(page.get_by_role("article"))).to_be_focused()
        if words_of_case.is_visible():
            break
    decide(page, Way("g", Verb.GRANT, words=WHY_BACK))
    expect(words_of_case).to_have_count(0)


# --- the log ----------------------------------------------------------------------------------------------------------


def test_the_log_tells_the_whole_story_in_order(play: Play, story: Story, mo: User, moni: User) -> None:
    page = play.open("/moderate/log?who=people", who=mo)
    lines = page.get_by_role("list", name=words("moderate", "log.list")).get_by_role("article")
    more = page.get_by_role("button", name=words("common", "showMore"))
    expect(lines.first).to_be_visible()
    while more.is_visible():
        before = lines.count()
        more.click()
        expect(lines.nth(before)).to_be_visible()

    read = lines.evaluate_all("all => all.map(one => [one.innerText, 'undone' in one.dataset])")
    about_many = tuple(words("moderate", f"log.said.{verb}", by="Mo") for verb in ABOUT_MANY)
    mark = words("moderate", "log.inBulk")
    in_bulk = [line for line in read if mark in line[0] and not line[0].startswith(about_many)]
    # A demo begins with a policy of its own.
    begun = words("moderate", "log.said.policy", by="Root")
    read = [line for line in reversed(read) if line not in in_bulk and not line[0].startswith(begun)]
    assert len(read) == len(story)
    for (said, undone), line in zip(read, story.values(), strict=True):
        sentence = words("moderate", f"log.said.{line.verb}", by=line.by, person=line.whom)
        assert said.startswith(sentence), (said, line)
        assert line.reason.lower() in said.lower() and line.why.lower() in said.lower(), (said, line)
        assert undone == line.undone == (words("moderate", "log.undone") in said.split("\n")), (said, line)
    # Each message of the flood was deleted, and brought back.
    deletions = [undone for said, undone in in_bulk if words("moderate", "log.said.delete", by="Mo") in said]
    assert all(deletions) and len(in_bulk) == 2 * len(deletions)
    assert b.broken_promises() == []
