"""Publishing terms from a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from oa.accounts.models import Terms, User

pytestmark = pytest.mark.django_db


def test_a_new_text_is_a_new_version_and_everybody_is_asked_again(tmp_path: Path) -> None:
    file = tmp_path / "terms.txt"
    file.write_text("Be kind.")
    call_command("publish_terms", file)
    person = User.objects.create_user("ann@example.org", terms_version=1)
    file.write_text("Be kind, and patient.")
    call_command("publish_terms", file)
    person.refresh_from_db()
    assert Terms.objects.current() == Terms.objects.get(version=2)
    assert person.terms_version is None


def test_the_same_text_again_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "terms.txt"
    file.write_text("Be kind.")
    call_command("publish_terms", file)
    call_command("publish_terms", file)
    assert Terms.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"  ", b"\xff\xfe\xfa"])
def test_a_file_without_words_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "terms.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("publish_terms", file)
    assert not Terms.objects.exists()
