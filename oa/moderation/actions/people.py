"""What moderators do to people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from oa.accounts import rules as who
from oa.accounts.models import User
from oa.community import actions as community
from oa.core.errors import Conflict, Forbidden
from oa.core.verbs import verb
from oa.moderation.actions.deciding import decided, person_below, refuse_others
from oa.moderation.models import Decision
from oa.moderation.rules import Verb
from oa.tasks import actions as tasks
from oa.trees import actions as trees
from oa.trees.rules import State, Why


@verb
def ban_person(*, person_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Shut somebody out. What they hold goes back; their prompts leave the lottery by a job."""
    # Trees are held before people: first let go of what they hold.
    refuse_others(by)
    target = User.objects.filter(pk=person_id).first()
    if target is not None and who.may_act_on(by.role, target.role) and target.pk != by.pk:
        tasks.release_all(person=target, now=now)
    person = person_below(person_id, by=by)
    if not person.is_active:
        raise Conflict("already_disabled", _("This person is disabled already."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    community.show_again(person=person)
    return decided(verb=Verb.BAN, by=by, why=why, now=now, person=person)


@verb
def lift_ban(*, person_id: UUID, why: str, by: User, now: datetime) -> Decision:
    """Let somebody in again."""
    person = person_below(person_id, by=by)
    if person.is_active:
        raise Conflict("not_disabled", _("This person is not disabled."))
    person.is_active = True
    person.save(update_fields=["is_active"])
    community.show_again(person=person)
    return decided(verb=Verb.UNBAN, by=by, why=why, now=now, person=person)


@verb
def set_role(*, person_id: UUID, role: who.Role, why: str, by: User, now: datetime) -> Decision:
    """Give somebody another role. Only administrators do."""
    person = person_below(person_id, by=by)
    if not who.may_grant(by.role, role):
        raise Forbidden("admins_only", _("Only administrators give roles."))
    before, person.role = person.role, role
    # Who was made by `createsuperuser` has the run of Django's admin, which goes with the role.
    person.is_superuser = person.is_superuser and person.is_admin
    person.save(update_fields=["role", "is_superuser"])
    return decided(
        verb=Verb.SET_ROLE, by=by, why=why, now=now, person=person,
        details={"before": before, "after": role},
    )  # fmt: skip


@verb
def halt_prompt_of_disabled(*, tree_id: UUID, now: datetime) -> bool:
    """A waiting prompt of somebody who was disabled leaves the lottery."""
    tree = trees.hold(tree_id=tree_id)
    author = User.objects.filter(messages__id=tree_id).first()
    waits = tree.state == State.PROMPT_LOTTERY_WAITING and not tree.archived
    if not waits or author is None or author.is_active or author.left_at is not None:
        return False
    trees.halt(tree=tree, by=None, now=now, why=Why.AUTHOR_DISABLED)
    tasks.restock(tree, now=now)
    return True
