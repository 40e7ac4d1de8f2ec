"""Taking data along without a release: for moderators, and written in the log."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime
from typing import Any

from oa.accounts.models import User
from oa.core.verbs import verb
from oa.datasets.actions.exporting import Account, Order, export_rows
from oa.datasets.actions.packing import Packing, packed_chunks
from oa.datasets.rules.forms import Form
from oa.datasets.rules.selecting import Selection
from oa.moderation.actions.deciding import decided, refuse_others
from oa.moderation.rules import Verb


@verb
def take_data(
    *, selection: Selection, form: str, packing: str, original_ids: bool, by: User, now: datetime
) -> Generator[bytes, None, None]:
    """The pieces of a file, made while they are read; that it was asked for is in the log before the first of them."""
    refuse_others(by)
    order = Order(
        form=Form(form), selection=selection, packing=Packing(packing), original_ids=original_ids, at=now
    )  # fmt: skip
    order.check()
    asked = {"form": form, "packing": packing, "original_ids": original_ids, "selection": _without_words(selection)}
    decided(verb=Verb.EXPORT_DATA, by=by, now=now, details=asked)
    return _pieces(order, Packing(packing))


def _pieces(order: Order, packing: Packing) -> Generator[bytes, None, None]:
    yield from packed_chunks(export_rows(order, Account()), packing, order.columns)


def _without_words(selection: Selection) -> dict[str, Any]:
    """The filters, for the log, which is for good: of words that were looked for, how many characters."""
    asked = selection.as_values()
    return {name: len(value) if name == "topic" else value for name, value in asked.items()}
