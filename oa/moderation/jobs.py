"""What follows from decisions, by workers."""

from __future__ import annotations

from random import SystemRandom
from uuid import UUID

from celery import shared_task
from django.db import OperationalError
from django.utils import timezone

from oa.core.rounds import for_each, share_out
from oa.moderation import actions
from oa.moderation.models import (
    people_whose_time_is_over,
    policies_in_force,
    purges_at_work,
    to_withhold,
    unfit_with_tasks,
)
from oa.trees.models import Message
from oa.trees.rules import State

# So many batches of doubts are considered before others have a turn.
BATCHES_A_ROUND = 20
# In so many trees a worker erases before it lets others have a turn.
TREES_A_ROUND = 50
DICE = SystemRandom()


@for_each()
def halt_prompt(tree_id: str) -> None:
    actions.halt_prompt_of_disabled(tree_id=UUID(tree_id), now=timezone.now())


@shared_task
def halt_prompts_of_disabled() -> None:
    shut_out = Message.objects.filter(author__is_active=False, author__left_at=None)
    waiting = shut_out.filter(depth=0, tree__state=State.PROMPT_LOTTERY_WAITING, tree__archived=False)
    share_out(halt_prompt, waiting.values_list("tree_id", flat=True)[:1000])


@for_each()
def erase_text(message_id: str) -> None:
    actions.erase_text(message_id=UUID(message_id), now=timezone.now())


@shared_task
def erase_texts_of_leavers() -> None:
    wanted = Message.objects.live().filter(author__erases_texts=True, children_count=0, tree__archived=False)
    share_out(erase_text, wanted.values_list("id", flat=True)[:1000])


@for_each()
def withhold_message(message_id: str) -> None:
    actions.withhold(message_id=UUID(message_id), now=timezone.now())


@shared_task
def withhold_the_worst() -> None:
    share_out(withhold_message, to_withhold(policies_in_force()).values_list("id", flat=True)[:1000])


@shared_task
def check_up() -> None:
    actions.check_up(clock=timezone.now)


@shared_task
def write_sightings() -> None:
    actions.write_sightings()


@shared_task
def drop_old_sightings() -> None:
    actions.drop_old_sightings(now=timezone.now())


@shared_task
def look_for_suspicious() -> None:
    actions.look_for_suspicious(now=timezone.now())


@for_each()
def end_what_is_over(person_id: str) -> None:
    actions.end_what_is_over(person_id=UUID(person_id), now=timezone.now())


@for_each()
def empty_hands_of_unfit(person_id: str) -> None:
    actions.empty_hands_of_unfit(person_id=UUID(person_id), now=timezone.now())


@shared_task
def lift_what_is_over() -> None:
    now = timezone.now()
    try:
        share_out(end_what_is_over, people_whose_time_is_over(now))
    finally:  # somebody whom the first can't be done for is no reason to leave the second
        share_out(empty_hands_of_unfit, unfit_with_tasks(now))


@for_each(at_once=5)
def send_letter(letter_id: str) -> None:
    actions.send_letter(letter_id=int(letter_id), now=timezone.now())


@shared_task
def send_letters() -> None:
    share_out(send_letter, actions.letters_due(timezone.now()))


@for_each(at_once=1)
def erase_trees(purge_id: str) -> None:
    actions.erase_trees(purge_id=UUID(purge_id), most=TREES_A_ROUND, now=timezone.now())


@shared_task
def erase_what_was_confirmed() -> None:
    share_out(erase_trees, purges_at_work())


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def consider_doubts() -> None:
    for _ in range(BATCHES_A_ROUND):
        if not actions.consider_doubts(now=timezone.now()):
            break


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def run_batches() -> None:
    actions.work_on_batches(clock=timezone.now, rng=DICE)


@shared_task
def drop_old_batches() -> None:
    actions.drop_old_drafts(now=timezone.now())


@for_each()
def delete_red_flagged(message_id: str) -> None:
    actions.delete_red_flagged(message_id=UUID(message_id), now=timezone.now())


@for_each()
def record_stop(event_id: str) -> None:
    actions.record_stop(event_id=int(event_id), now=timezone.now())


@shared_task
def follow_the_rules() -> None:
    try:
        share_out(delete_red_flagged, actions.red_flagged_replies(now=timezone.now()))
    finally:  # a reply that can't be deleted is no reason to leave the second
        share_out(record_stop, actions.stops_to_record())
