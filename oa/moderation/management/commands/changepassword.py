"""`manage.py changepassword`, as Django has it, with a line in the log: somebody else's account is at stake."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.utils import timezone

from oa.accounts.models import User
from oa.moderation import actions


class Command(changepassword.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        said: str | None = super().handle(*args, **options)
        person = User.objects.filter(email=options["username"]).first()
        actions.note_command(command="changepassword", done={}, person=person, now=timezone.now())
        return said
