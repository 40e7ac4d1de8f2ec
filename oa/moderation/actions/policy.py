"""Changing the rules of growth, which leaves its line in the log as every decision does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from oa.accounts.models import User
from oa.core.verbs import verb
from oa.moderation.actions.cases import doubt_all_again
from oa.moderation.actions.deciding import decided
from oa.moderation.rules import Verb
from oa.moderation.rules.preview import asks_moderators_anew
from oa.trees import actions as trees
from oa.trees.models import PolicyVersion
from oa.trees.rules import changed_fields


@verb
def change_policy(*, lang: str, values: Mapping[str, object], note: str, by: User, now: datetime) -> PolicyVersion:
    """Put a new version of the policy in force, and write down what changed. Refused as `trees.change_policy` says."""
    made = trees.change_policy(lang=lang, values=values, note=note, by=by, now=now)
    version = PolicyVersion.objects.with_earlier().get(pk=made.pk)
    changed = changed_fields(version.earlier, version.policy)
    if asks_moderators_anew(changed):
        doubt_all_again(lang=version.lang)
    decided(
        verb=Verb.POLICY, by=by, why=version.note, now=now, details={"version": version.pk, "lang": version.lang},
        before={"policy": {change.field: change.before for change in changed}},
        after={"policy": {change.field: change.after for change in changed}},
    )  # fmt: skip
    return version
