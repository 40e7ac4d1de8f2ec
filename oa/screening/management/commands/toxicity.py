"""`manage.py toxicity score`: score what is unscored, here and now."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from oa.screening import actions


class Command(BaseCommand):
    help = "Score messages that have no toxicity score yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["score"])

    def handle(self, *args: object, **options: object) -> None:
        try:
            score = actions.scorer()
        except actions.ModelMissing as error:
            raise CommandError(str(error)) from error
        actions.score_missing()
        total = actions.score_waiting(score=score, clock=timezone.now, at_most=None)
        self.stdout.write(f"{total} messages scored with {score.name}.")
