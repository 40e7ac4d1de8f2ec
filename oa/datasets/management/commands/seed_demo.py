"""`manage.py seed_demo [FILE…]`: what `make run` shows on the first start. A second one finds it there."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from oa.accounts.models import User
from oa.datasets import actions
from oa.datasets.actions import Report
from oa.datasets.actions.demo import CORPUS, PASSWORD, PEOPLE, SECOND_MODERATOR, seed_people
from oa.datasets.actions.trouble import seed_trouble
from oa.datasets.management.commands.import_dataset import fill_desks, note_import
from oa.datasets.rules.states import Into
from oa.datasets.rules.wishes import Wish
from oa.moderation import actions as moderation
from oa.trees.models import PolicyVersion

WISH = Wish(into=Into.LIVE)


class Command(BaseCommand):
    help = "Demo accounts and trees to work on: the demo corpus, or the files given. Only where OA_DEMO is on."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path, help="instead of the demo corpus")

    def handle(self, *_args: Any, files: list[Path], **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Everybody knows the passwords of demo accounts, so they are made only where OA_DEMO is on "
                "(`make run` sets it)."
            )
        if seed_people(now=timezone.now()):
            self._shorten_the_embargo()
        for path in files or [CORPUS]:
            self._import(path)
        fill_desks()
        if seed_trouble(second=User.objects.get(email=SECOND_MODERATOR), now=timezone.now()):
            moderation.write_sightings()
            fill_desks()
        self.stdout.write(f"Sign in with the password {PASSWORD} as:")
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<20} {person.role.value}, {', '.join(person.languages)}")

    def _shorten_the_embargo(self) -> None:
        """Whoever tries the demo wants to see a data set today."""
        root = User.objects.get(email=PEOPLE[-1].email)
        if PolicyVersion.objects.in_force("").policy.embargo_days:
            moderation.change_policy(
                lang="", values={"embargo_days": 0}, note="A demo has data sets at once.", by=root, now=timezone.now()
            )

    def _import(self, path: Path) -> None:
        try:
            report = actions.import_file(path, WISH, now=timezone.now())
        except OSError as error:
            raise CommandError(f"{path} can't be read: {error.strerror or error}") from error
        if not report.read_anything:
            raise CommandError(f"No tree could be read from {path}.")
        note_import(report, WISH)
        self.stdout.write(f"{path.name}: {_told(report)}")


def _told(report: Report) -> str:
    trees = ", ".join(f"{number} trees {fate}" for fate, number in sorted(report.trees.items()))
    refused = report.refused_by_code.total()
    return trees + (f", {refused} lines refused (manage.py import_dataset tells which)" if refused else "")
