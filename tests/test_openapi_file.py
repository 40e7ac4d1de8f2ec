"""The committed description of the API is that of the code."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command

FILE = Path(__file__).resolve().parent.parent / "docs" / "openapi.yaml"


def test_it_is_fresh_and_valid(tmp_path: Path) -> None:
    fresh = tmp_path / "openapi.yaml"

    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(fresh))

    assert FILE.read_text() == fresh.read_text(), (
        "Type: .venv/bin/python manage.py spectacular --file docs/openapi.yaml"
    )
