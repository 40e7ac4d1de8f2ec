"""Mails of a site that has no mail server: kept as files, with what matters in each shown in the terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from oa.core.ids import new_id

LINK = re.compile(r"https?://\S+")
CODE = re.compile(r"^\s*([A-Z0-9]{4}-?[A-Z0-9]{4}|[A-Z0-9]{6})\s*$", re.MULTILINE)


class FolderBackend(BaseEmailBackend):
    """One `.eml` file a mail in `MAILS_DIR`, the newest last, and one line in the terminal."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.MAILS_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for mail in email_messages:
            (folder / f"{new_id()}.eml").write_bytes(mail.message().as_bytes())
            sys.stderr.write(in_one_line(mail) + "\n")
        return len(email_messages)


def in_one_line(mail: EmailMessage) -> str:
    """To whom, about what, and the code or link in it."""
    line = f"[mail] to {', '.join(mail.to)}: {mail.subject}: {_point_of(str(mail.body))}"
    return " ".join(line.split())


def _point_of(body: str) -> str:
    if code := CODE.search(body):
        return code[1]
    link = LINK.search(body)
    return link[0] if link else "(see the file)"
