"""What becomes of releases and of imports. No database in here."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReleaseState(TextChoices):
    """From the order to the data set that everybody can download."""

    WAITING = "waiting", _("waits for a worker")
    BUILDING = "building", _("files are written")
    CHECKING = "checking", _("files are checked")
    REFUSED = "refused", _("checks failed")
    READY = "ready", _("ready to be published")
    PUBLISHED = "published", _("published")
    RECALLED = "recalled", _("recalled")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


# A worker goes on with these.
RELEASES_AT_WORK = (ReleaseState.WAITING, ReleaseState.BUILDING, ReleaseState.CHECKING)
# What the world has seen. The database refuses to change it, but for a recall.
PUBLIC = (ReleaseState.PUBLISHED, ReleaseState.RECALLED)


class ImportState(TextChoices):
    """From the upload to the report."""

    WAITING = "waiting", _("waits for a worker")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


IMPORTS_AT_WORK = (ImportState.WAITING, ImportState.RUNNING)


class Into(TextChoices):
    """What shall become of imported trees."""

    ARCHIVE = "archive", _("kept as they came, never worked on")
    LIVE = "live", _("worked on from where they stand")
    REVIEW = "review", _("prompts that are reviewed first")
    LOTTERY = "lottery", _("accepted prompts that wait for the lottery")
    RANKING = "ranking", _("replies that wait to be ranked")
