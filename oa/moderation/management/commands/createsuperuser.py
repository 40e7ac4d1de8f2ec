"""`manage.py createsuperuser`, as Django has it, with a line in the log: whoever it makes may do everything."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.utils import timezone

from oa.accounts.models import User
from oa.moderation import actions


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        begun = timezone.now()
        super().handle(*args, **options)
        for made in User.objects.filter(is_superuser=True, created_at__gte=begun):
            actions.note_command(command="createsuperuser", done={"role": made.role}, person=made, now=timezone.now())
