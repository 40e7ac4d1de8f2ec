"""What the pages say, found under the names that they have it by."""

from __future__ import annotations

import json
import re

from django.conf import settings

LOCALES = settings.BASE_DIR / "frontend" / "src" / "locales" / "en"


def words(place: str, name: str, /, **filled: object) -> str:
    """What the pages say under this name, in English, with what is to be filled in."""
    found = json.loads((LOCALES / f"{place}.json").read_text())
    for part in name.split("."):
        found = found[part]
    return re.sub(r"{{(\w+)(, number)?}}", lambda match: str(filled[match[1]]), found)
