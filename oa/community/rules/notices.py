"""What people are told of their work, and in which words. No database in here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from oa.community.rules.badges import BY_CODE
from oa.community.rules.decisions import DECISIONS_PAGE, decision_text, decision_title
from oa.community.rules.points import Facts, Piece
from oa.trees.rules import State


class NoticeKind(TextChoices):
    """What a notice is about. Each can be muted."""

    ACCEPTED = "accepted", _("A message of yours was accepted")
    REJECTED = "rejected", _("A message of yours was rejected")
    DRAWN = "drawn", _("A prompt of yours was drawn")
    RANKED = "ranked", _("A reply of yours was ranked")
    TREE_FINISHED = "tree_finished", _("A conversation you wrote in is finished")
    BADGE = "badge", _("You earned a badge")
    LEVEL = "level", _("You reached a level")
    MODERATION = "moderation", _("A moderator decided about your words")


K = NoticeKind

HELP: dict[NoticeKind, object] = {
    K.ACCEPTED: _("When its reviewers have accepted a prompt or a reply."),
    K.REJECTED: _("When its reviewers have rejected one, with how many said why."),
    K.DRAWN: _("When the lottery draws a prompt and others begin to answer it."),
    K.RANKED: _("When others have put it in order with the replies beside it."),
    K.TREE_FINISHED: _("When all its replies are written, reviewed and ranked."),
    K.BADGE: _("When you have reached what a badge is for."),
    K.LEVEL: _("When your points suffice for the next level."),
    K.MODERATION: _("When one deletes, restores or changes a message of yours, or stops its conversation."),
}


class Digest(TextChoices):
    """How often somebody gets a mail of what became of their messages."""

    OFF = "off", _("never")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")


DAYS_BETWEEN = {Digest.DAILY: 1, Digest.WEEKLY: 7}


@dataclass(frozen=True, slots=True)
class News:
    """Something to tell somebody, once: `key` is never told them twice."""

    person_id: UUID
    kind: NoticeKind
    key: str
    message_id: UUID | None = None
    data: Mapping[str, object] = field(default_factory=dict)


def news_of(facts: Facts, *, tree_id: UUID, state: State, drawn: bool) -> Iterator[News]:
    """Everything there is to tell about a tree as it stands; what was told before is found by its key."""
    if facts.archived:
        return
    places = {piece.id: _place(piece, facts) for piece in facts.pieces}
    finished = state is State.READY_FOR_EXPORT
    told: set[UUID] = set()
    for piece in facts.pieces:
        if piece.author_id is None or piece.deleted:
            continue
        yield from _verdict(piece.author_id, piece)
        if drawn and not piece.depth:
            yield News(piece.author_id, K.DRAWN, f"drawn:{piece.id}", piece.id)
        place = places[piece.id]
        if finished and place is not None:
            key = f"ranked:{piece.id}:{piece.version}:{place[0]}/{place[1]}"
            yield News(piece.author_id, K.RANKED, key, piece.id, {"place": place[0], "of": place[1]})
        if finished and piece.review_result and piece.author_id not in told:
            told.add(piece.author_id)
            live = sum(1 for other in facts.pieces if other.review_result and not other.deleted)
            yield News(piece.author_id, K.TREE_FINISHED, f"tree_finished:{tree_id}", None, {"messages": live})


def _verdict(author: UUID, piece: Piece) -> Iterator[News]:
    counts = {"reviews": piece.reviews, "spam": piece.said_spam, "wrong_language": piece.said_wrong_language}
    if piece.review_result is True:
        yield News(author, K.ACCEPTED, f"accepted:{piece.id}:{piece.version}", piece.id, counts)
    elif piece.review_result is False:
        yield News(author, K.REJECTED, f"rejected:{piece.id}:{piece.version}", piece.id, counts)


def _place(piece: Piece, facts: Facts) -> tuple[int, int] | None:
    """Its place among its live ranked siblings, counted from 1, and how many they are."""
    if piece.rank is None:
        return None
    rivals = [p for p in facts.pieces if p.parent_id == piece.parent_id and p.rank is not None and not p.deleted]
    return piece.rank + 1, len(rivals)


_TITLES: dict[NoticeKind, object] = {
    K.ACCEPTED: _("Your message was accepted"),
    K.REJECTED: _("Your message was not accepted"),
    K.DRAWN: _("Your prompt was drawn"),
    K.RANKED: _("Your reply was ranked %(place)s of %(of)s"),
    K.TREE_FINISHED: _("A conversation you wrote in is finished"),
    K.BADGE: _("You earned a badge: %(badge)s"),
    K.LEVEL: _("You reached level %(number)s"),
}
_TEXTS: dict[NoticeKind, object] = {
    K.ACCEPTED: _("%(reviews)s people have reviewed it."),
    K.REJECTED: _("Of %(reviews)s reviewers %(spam)s called it spam and %(wrong_language)s saw the wrong language."),
    K.DRAWN: _("Others begin to answer it now."),
    K.RANKED: _("That is what the rankings of all readers come to."),
    K.TREE_FINISHED: _("With its %(messages)s messages it can be part of the next data set."),
}


def title_of(kind: NoticeKind, data: Mapping[str, object]) -> str:
    """The headline of a notice, in the reader's language."""
    if kind is K.MODERATION:
        return decision_title(data)
    badge = BY_CODE.get(str(data.get("code")))
    return str(_TITLES[kind]) % {**data, "badge": badge.title if badge else ""}


def text_of(kind: NoticeKind, data: Mapping[str, object]) -> str:
    """The notice itself, in the reader's language."""
    match kind:
        case K.BADGE:
            badge = BY_CODE.get(str(data["code"]))
            return str(badge.help) if badge else ""
        case K.LEVEL:
            return _text("The next one begins at %(ceiling)s points.") % data if data["ceiling"] else ""
        case K.MODERATION:
            return decision_text(data)
        case _:
            return str(_TEXTS[kind]) % data


def link_of_notice(kind: NoticeKind) -> str:
    """The page of the app that a notice leads to; empty: that of its message."""
    return DECISIONS_PAGE if kind is K.MODERATION else ""
