"""What an export holds: the original's filters, and what each leaves out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum

from oa.core.ids import id_of
from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.fields import Entry


class Keep(Enum):
    """What becomes of messages of a kind: left out, kept like all others, or nothing but they."""

    NO = "no"
    TOO = "too"
    ONLY = "only"


@dataclass(frozen=True, slots=True)
class Selection:
    """The filters. All of them must agree for a message to be written.

    Trees are chosen by `state` ("all" for every state), `lang` (of the prompt) and `synthetic`;
    messages by `deleted`, `spam` (reviewed and not accepted), `synthetic`, `user` and `prompts_only`.
    """

    state: str = "ready_for_export"
    lang: str = ""
    deleted: Keep = Keep.NO
    spam: Keep = Keep.NO
    synthetic: Keep = Keep.NO
    user: str = ""
    prompts_only: bool = False

    @property
    def list_mode(self) -> bool:
        """Whether single messages are asked for: they are written one by one, without their trees."""
        return bool(self.user) or Keep.ONLY in (self.deleted, self.spam, self.synthetic)


def reason_against(entry: Entry, selection: Selection) -> str:
    """Why a message is left out, or nothing."""
    checks = (
        (selection.deleted is Keep.NO and entry.deleted, "deleted"),
        (selection.deleted is Keep.ONLY and not entry.deleted, "not deleted"),
        (selection.spam is Keep.NO and entry.review_result is not True, "not accepted by reviewers"),
        (selection.spam is Keep.ONLY and entry.review_result is not False, "not rejected by reviewers"),
        (selection.synthetic is Keep.ONLY and not entry.synthetic, "written by people"),
        (selection.prompts_only and entry.depth > 0, "not prompts"),
        (selection.user and not _is_by(entry, selection.user), "by other people"),
        (selection.user and selection.lang and entry.lang != selection.lang, "in other languages"),
    )
    return next((words for holds, words in checks if holds), "")


def _is_by(entry: Entry, user: str) -> bool:
    """Whether a person wrote it; the person may be named as we or as the imported file names them."""
    return entry.user_id is not None and id_of(entry.user_id) == id_of(user)


BELOW = "below a message that was left out"


def pick(tree: Conversation, selection: Selection, left_out: Counter[str]) -> list[Entry]:
    """The messages of a tree to be written. In list mode each stands for itself; in a tree nothing
    hangs in the air: whatever is below a message left out is left out too, and counted."""
    chosen: list[Entry] = []
    gone: set[str] = set()
    for entry in tree.entries:
        reason = reason_against(entry, selection)
        if not reason and not selection.list_mode and entry.parent_id in gone:
            reason = BELOW
        if reason:
            gone.add(entry.message_id)
            left_out[reason] += 1
        else:
            chosen.append(entry)
    return chosen
