"""Refusals: what an action says when it will not do what was asked.

A refusal names its cause in words a person can act on and carries a stable `code` for programs.
The domain knows nothing of HTTP; `oa.core.problems` gives every class of refusal its status.
"""

from __future__ import annotations


class Refusal(Exception):
    """Something asked for was not done, and nothing was changed.

    `code` is stable and machine-readable; `cause` and `remedy` are sentences in the reader's
    language; `extra` holds JSON-able facts a client may want (limits, offending names).
    """

    def __init__(self, code: str, cause: object, *, remedy: object = "", **extra: object) -> None:
        super().__init__(str(cause))
        self.code = code
        self.cause = str(cause)
        self.remedy = str(remedy)
        self.extra = extra


class Invalid(Refusal):
    """The input itself is wrong: it would be refused at any time, for anybody."""


class Forbidden(Refusal):
    """This person may not do this."""


class Missing(Refusal):
    """There is no such thing, or it is not for this person's eyes."""


class Conflict(Refusal):
    """Right input, wrong moment: the thing has moved on meanwhile."""


class Gone(Refusal):
    """It was there once and is over now: an expired lease, a withdrawn task."""


class TooMany(Refusal):
    """A limit is reached; waiting or finishing something helps."""
