"""A site without a mail server keeps its mails where people find them."""

from __future__ import annotations

import email
from email import policy
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage, send_mail

from oa.core.mails import in_one_line


def test_a_mail_is_a_file_and_a_line(settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings.MAILS_DIR = tmp_path / "mails"
    settings.EMAIL_BACKEND = "oa.core.mails.FolderBackend"

    sent = send_mail("Grüße", "Hello,\n\ngo to http://localhost:8000/x/y%3Az now.\n", "oa@localhost", ["a@example.org"])

    assert sent == 1
    (file,) = (tmp_path / "mails").glob("*.eml")
    mail = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Subject"]) == ("a@example.org", "Grüße")
    assert capsys.readouterr().err == "[mail] to a@example.org: Grüße: http://localhost:8000/x/y%3Az\n"


@pytest.mark.parametrize(
    ("body", "point"),
    [
        ("Your code:\n\nHVKZ-LKCW\n\nSee http://localhost/\n", "HVKZ-LKCW"),
        ("Go to\nhttps://oa.example.org/k\n", "https://oa.example.org/k"),
        ("ATTENTION PLEASE\nNothing here.", "(see the file)"),
    ],
)
def test_the_line_says_what_one_looks_for(body: str, point: str) -> None:
    assert in_one_line(EmailMessage("A\n subject", body, to=["a@example.org"])).endswith(f"A subject: {point}")
