"""`manage.py take_over`: archived trees become trees that people work on."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from oa.core.ids import id_of
from oa.datasets import actions
from oa.datasets.management.commands.import_dataset import fill_desks
from oa.moderation import actions as moderation
from oa.moderation.rules import Verb
from oa.trees.models import Tree

AT_ONCE = 200


class Command(BaseCommand):
    help = "Let people work on archived (imported) trees from where they stand."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--tree", action="append", metavar="ID", help="one tree; may be given several times")
        which.add_argument("--origin", metavar="NAME", help="all archived trees of this origin")
        which.add_argument("--all", action="store_true", help="all archived trees")

    def handle(self, *_args: Any, tree: list[str] | None, origin: str | None, **_options: Any) -> None:
        archived = Tree.objects.filter(archived=True)
        if tree:
            archived = archived.filter(pk__in=[id_of(name) for name in tree])
        elif origin is not None:
            archived = archived.filter(origin=origin)
        ids: list[UUID] = list(archived.order_by("pk").values_list("pk", flat=True))
        if not ids:
            raise CommandError("There is no such archived tree.")
        notes: Counter[str] = Counter()
        for start in range(0, len(ids), AT_ONCE):
            notes += self._take_over(ids[start : start + AT_ONCE])
        fill_desks()
        for words, number in sorted(notes.items()):
            self.stdout.write(f"{words}: {number}")

    def _take_over(self, ids: list[UUID]) -> Counter[str]:
        now = timezone.now()
        with transaction.atomic():
            notes = actions.take_over(tree_ids=ids, by=None, now=now)
            done = {"trees": [str(pk) for pk in ids]}
            moderation.note_command(command="take_over", done=done, verb=Verb.TAKE_OVER, now=now)
        return notes
