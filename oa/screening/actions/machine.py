"""What the toxicity workers say of their model, for pages that tell people why scores wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from oa.core.verbs import verb
from oa.screening.models import Machine
from oa.screening.rules import MachineState

log = structlog.get_logger("oa.screening")

SAID_AGAIN_AFTER = timedelta(seconds=30)
LOGGED_EACH = 0.05


@verb
def tell(*, state: MachineState, now: datetime, **facts: object) -> None:
    """Say how far the model is. What was said before and is not said again is no longer so."""
    blank = {"model_name": "", "model_checksum": "", "precision": "", "downloaded": None, "to_download": None,
             "lack": "", "problem": ""}  # fmt: skip
    Machine.objects.update_or_create(pk=1, defaults={**blank, "state": state, "at": now, **facts})


@verb
def still_ready(*, now: datetime) -> None:
    """Say that a worker with its model is there, unless one has said so just now."""
    Machine.objects.filter(pk=1, at__lt=now - SAID_AGAIN_AFTER, state=MachineState.READY).update(at=now)


class DownloadTold:
    """Tells of a download: whoever asks each time, whoever reads the log each twentieth part."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self.clock, self.logged = clock, -1.0

    def __call__(self, here: int, everything: int | None) -> None:
        tell(state=MachineState.DOWNLOADING, downloaded=here, to_download=everything, now=self.clock())
        part = here / everything if everything else here / 1e9
        if part - self.logged >= LOGGED_EACH or part == 1:
            self.logged = part
            log.info("downloading the toxicity model", megabytes=here // 10**6, of=(everything or 0) // 10**6 or None)
