"""What machines said of texts that are erased goes with them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from oa.core.verbs import verb
from oa.screening.models import Due, Opinion, ToxicityScore


@verb
def forget(*, messages: Sequence[UUID]) -> None:
    """Throw away all opinions on these texts, fingerprints too, and wait for none."""
    for model in (Opinion, ToxicityScore, Due):
        model._base_manager.filter(message__in=messages).delete()
