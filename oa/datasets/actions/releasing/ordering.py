"""Ordering a release, and seeing beforehand what would be in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from oa.accounts import actions as accounts
from oa.accounts.models import User
from oa.core.errors import Conflict
from oa.core.verbs import verb
from oa.datasets.actions.releasing.folders import drop_files, drop_stage
from oa.datasets.actions.releasing.moving import held, move, refuse_all_but_admins
from oa.datasets.models import Release
from oa.datasets.rules.releases import (
    LONGEST_NOTES,
    LONGEST_TITLE,
    ReleaseOrder,
    checked_licence,
    checked_name,
    checked_words,
    suggested_name,
)
from oa.datasets.rules.states import RELEASES_AT_WORK, ReleaseState


@dataclass(frozen=True, slots=True)
class Cover:
    """What is written on a release."""

    name: str
    licence: str
    title: str = ""
    notes: str = ""


@verb
def order_release(*, cover: Cover, order: ReleaseOrder, by: User | None, now: datetime) -> Release:
    """Have workers make a release. Invalid `bad_name`, `unknown_licence`, `bad_words`; Conflict `name_is_taken`."""
    refuse_all_but_admins(by)
    if by is not None:
        accounts.refuse_muted(by, now=now)
    made = Release(
        name=checked_name(cover.name), licence=checked_licence(cover.licence),
        title=checked_words("title", cover.title, LONGEST_TITLE),
        notes=checked_words("notes", cover.notes, LONGEST_NOTES), order=order.as_values(), by=by, at=now,
    )  # fmt: skip
    # Two who choose one name at one moment: the constraint lets one of them through.
    if not Release.objects.bulk_create([made], ignore_conflicts=True) or not _is_there(made):
        raise Conflict("name_is_taken", _("There is a data set of this name."), field="name")
    return made


def _is_there(release: Release) -> bool:
    return Release.objects.filter(pk=release.pk).exists()


def free_name(now: datetime) -> str:
    """A name for the next release."""
    taken = Release.objects.filter(name__startswith="oa-").values_list("name", flat=True)
    return suggested_name(set(taken), now.date())


@verb
def cancel_release(*, name: str, by: User | None, now: datetime) -> Release:
    """Give up a release that is not published; its worker notices within seconds. Its files are dropped."""
    refuse_all_but_admins(by)
    release = held(name)
    in_hand = release.state in RELEASES_AT_WORK and release.claimed_until is not None and release.claimed_until >= now
    move(release, ReleaseState.CANCELLED, claimed_until=None, phase="", error="")
    if not in_hand:  # else its worker does that, once it has noticed
        transaction.on_commit(lambda: drop_all(release))
    return release


def drop_all(release: Release) -> None:
    """What lies on the disk of it, private and not."""
    drop_stage(release)
    drop_files(release)


@verb
def retry_release(*, name: str, by: User | None, now: datetime) -> Release:
    """Have workers try again: what failed goes on where it failed, what was refused or given up is made anew."""
    refuse_all_but_admins(by)
    release = held(name)
    anew = release.state != ReleaseState.FAILED
    move(release, ReleaseState.WAITING, claimed_until=None, phase="", error="", done=0, total=0)
    if anew:
        forget(release)
    return release


def forget(release: Release) -> None:
    """All that was made so far. Whatever stands on the disk without its row is never served and is written over."""
    release.files.all().delete()
    release.members.all()._raw_delete(using=release._state.db or "default")
    Release.objects.filter(pk=release.pk).update(
        taken_at=None, numbers={}, sources={}, checks=[], changes=None, previous=None, built_at=None
    )
    drop_all(release)
    release.refresh_from_db()
