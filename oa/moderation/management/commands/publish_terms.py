"""Publish the terms of use: nobody gets a task before they have accepted them."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from oa.accounts.models import Terms
from oa.moderation import actions


class Command(BaseCommand):
    help = "Publish FILE as a new version of the terms of use. Everybody is asked again before their next task."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the text, UTF-8")

    def handle(self, *_args: object, file: Path, **_options: object) -> None:
        try:
            text = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} can't be read: {error}") from error
        if not text:
            raise CommandError(f"{file} is empty.")
        current = Terms.objects.current()
        if current is not None and current.text == text:
            self.stdout.write(f"These are the terms in force already (version {current.version}).")
            return
        terms = actions.publish_terms(text=text, by=None, now=timezone.now())
        self.stdout.write(f"Version {terms.version} of the terms is in force.")
