"""What a release shall be made of: checked, refused in words, kept as JSON, and told file by file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oa.core.errors import Invalid
from oa.datasets.rules.forms import Form
from oa.datasets.rules.releases.licences import LICENCES
from oa.datasets.rules.selecting import Keep, Selection, Shares

LONGEST_NAME, LONGEST_TITLE, LONGEST_NOTES = 64, 200, 20_000
NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?")
# Addresses of pages that are no release.
RESERVED = frozenset({"new", "options", "preview"})
# The ends of the names of files; the same as `oa.datasets.actions.packing.Packing`.
PACKINGS = ("jsonl", "jsonl.gz", "parquet")
USUAL_FORMS = (Form.TREES, Form.MESSAGES, Form.SFT, Form.PREFERENCE, Form.RANKED, Form.JUDGEMENTS)
USUAL_PACKINGS = ("jsonl.gz", "parquet")


class PersonalData(TextChoices):
    """What is done about personal data that the scan finds in a text."""

    BLOCK = "block", gettext_lazy("refuse the release")
    LEAVE_OUT = "leave_out", gettext_lazy("leave the message out, with all below it")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file of rows that a release will have."""

    path: str
    form: Form
    packing: str
    split: str


@dataclass(frozen=True, slots=True)
class ReleaseOrder:
    """Which messages, in which forms and packings, split how, and what to do about personal data."""

    selection: Selection = field(default_factory=lambda: Selection(releasable=True))
    forms: tuple[Form, ...] = USUAL_FORMS
    packings: tuple[str, ...] = USUAL_PACKINGS
    validation_share: float = 0.05
    test_share: float = 0.0
    personal_data: PersonalData = PersonalData.BLOCK

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """The order that a JSON object describes; what is missing is as usual.

        Invalid, with the name of the field: `unknown_filter`, `bad_filter_value`, `filters_contradict` (of the
        selection), `not_whole_trees`, `has_all_sides`, `unknown_form`, `unknown_packing`, `nothing_to_write`,
        `bad_share`, `unknown_handling`.
        """
        return cls(
            selection=releasable(given.get("selection") or {}),
            forms=tuple(Form(name) for name in _some_of(given, "forms", list(Form), USUAL_FORMS)),
            packings=tuple(_some_of(given, "packings", PACKINGS, USUAL_PACKINGS)),
            personal_data=_handling(given.get("personal_data")),
            **_shares(given),
        )

    def as_values(self) -> dict[str, Any]:
        """For JSON; `of` makes the same of it."""
        return {
            "selection": self.selection.as_values(),
            "forms": [form.value for form in self.forms],
            "packings": list(self.packings),
            "validation_share": self.validation_share,
            "test_share": self.test_share,
            "personal_data": self.personal_data.value,
        }

    def in_words(self) -> list[str]:
        """Sentences for people, in the reader's language."""
        return [*self.selection.in_words(), *self._splits_in_words(), self._handling_in_words()]

    def _splits_in_words(self) -> Iterator[str]:
        shares = {"validation": f"{self.validation_share:.1%}", "test": f"{self.test_share:.1%}"}
        if self.validation_share or self.test_share:
            yield _("Of the trees, %(validation)s are for validation and %(test)s for tests.") % shares
        else:
            yield _("All trees are for training.")

    def _handling_in_words(self) -> str:
        if self.personal_data is PersonalData.LEAVE_OUT:
            return _("No message in which a scan finds personal data, and nothing below it.")
        return _("Checked for personal data: what is found would have stopped it.")

    @property
    def shares(self) -> Shares:
        return Shares(validation=self.validation_share, test=self.test_share, seed=self.selection.split_seed)

    def files(self) -> list[PlannedFile]:
        """Every file of rows, in the order in which they are written."""
        return [
            PlannedFile(f"data/{form.value}/{side.value}.{packing}", form, packing, side.value)
            for form in self.forms
            for packing in self.packings
            for side in self.shares.sides
        ]


def releasable(given: Mapping[str, Any]) -> Selection:
    """The selection of a release: whole trees, and only what consent and embargo let out."""
    if not isinstance(given, Mapping):
        raise Invalid("bad_filter_value", _("The selection is no object of filters."), field="selection")
    selection = Selection.of({**given, "releasable": True})
    if selection.list_mode:
        raise Invalid(
            "not_whole_trees", _("A release holds conversations from their prompts on: this chooses single messages."),
            remedy=_("Download the messages instead."), field="selection",
        )  # fmt: skip
    if selection.deleted is not Keep.NO:
        raise Invalid("filters_contradict", _("What is deleted is never released."), field="deleted")
    if selection.split:
        raise Invalid(
            "has_all_sides", _("A release holds all sides of its split: say how large they are instead."), field="split"
        )  # fmt: skip
    return selection


def _some_of(given: Mapping[str, Any], name: str, known: Collection[str], usual: Iterable[str]) -> list[str]:
    asked = given.get(name)
    if asked is None:
        return [str(one) for one in usual]
    if not isinstance(asked, list | tuple) or not all(isinstance(one, str) for one in asked):
        raise Invalid("bad_filter_value", _("“%s” is no list of names.") % name, field=name)
    if strange := [one for one in asked if one not in known]:
        code = "unknown_form" if name == "forms" else "unknown_packing"
        told = {"name": strange[0][:60], "known": ", ".join(known)}
        raise Invalid(code, _("There is no “%(name)s”. There are: %(known)s.") % told, field=name)
    if not asked:
        raise Invalid("nothing_to_write", _("Choose at least one."), field=name)
    return [one for one in known if one in asked]


def _handling(asked: object) -> PersonalData:
    if asked is None:
        return PersonalData.BLOCK
    if asked not in PersonalData.values:
        known = ", ".join(PersonalData.values)
        raise Invalid("unknown_handling", _("Personal data is handled by one of: %s.") % known, field="personal_data")
    return PersonalData(asked)


def _shares(given: Mapping[str, Any]) -> dict[str, float]:
    usual = {"validation_share": 0.05, "test_share": 0.0}
    found = {name: share if (share := given.get(name)) is not None else usual[name] for name in usual}
    for name, share in found.items():
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share < 1:
            raise Invalid("bad_share", _("A share is a number from 0 to less than 1."), field=name)
    if sum(found.values()) >= 1:
        raise Invalid("bad_share", _("Nothing would be left for training."), field="validation_share")
    return {name: float(share) for name, share in found.items()}


def checked_name(name: object) -> str:
    """A name for a release. Invalid `bad_name`."""
    if not isinstance(name, str) or not NAME.fullmatch(name) or ".." in name or name in RESERVED:
        raise Invalid(
            "bad_name", _("A name has small letters, digits, dots and hyphens, begins and ends with a letter or "
            "digit, and has at most 64 of them."), field="name",
        )  # fmt: skip
    return name


def checked_licence(licence: object) -> str:
    """Invalid `unknown_licence`."""
    if licence not in LICENCES:
        known = ", ".join(LICENCES)
        raise Invalid("unknown_licence", _("Choose a licence by its SPDX name: %s.") % known, field="licence")
    return str(licence)


def checked_words(name: str, text: object, longest: int) -> str:
    """Invalid `bad_words`."""
    if not isinstance(text, str) or len(text) > longest or "\0" in text:
        raise Invalid("bad_words", _("At most %d characters, please.") % longest, field=name)
    return text.strip()


def suggested_name(taken: Collection[str], today: date) -> str:
    """A name nobody has given yet: the day, with a number from the second of a day on."""
    base = f"oa-{today.isoformat()}"
    number = 2
    name = base
    while name in taken:
        name, number = f"{base}.{number}", number + 1
    return name
