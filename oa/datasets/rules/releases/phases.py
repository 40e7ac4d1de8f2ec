"""What a worker is doing, kept as a short code and told in the reader's words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from oa.datasets.rules.releases.checks import Check

STAGE, MEMBERS, FILE, PAPERS, CHECK = "stage", "members", "file", "papers", "check"


def phase(what: str, of: str = "") -> str:
    """The code: what is done, and to which file or by which check."""
    return f"{what}:{of}" if of else what


def in_words(code: str) -> str:
    """The words for a code, empty for none."""
    what, _colon, of = code.partition(":")
    if what == CHECK and of in Check.values:
        return _("checks: %s") % Check(of).label
    return {
        STAGE: _("trees are chosen and read"),
        MEMBERS: _("what is in it is counted"),
        FILE: _("writes %s") % of,
        PAPERS: _("writes the card and the papers"),
    }.get(what, "")
