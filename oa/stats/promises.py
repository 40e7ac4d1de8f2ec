"""All that can be checked of what the system promises."""

from __future__ import annotations

from oa.community import promises as community
from oa.datasets import promises as datasets
from oa.moderation import promises as moderation
from oa.rankings import promises as rankings
from oa.reviews import promises as reviews
from oa.tasks import promises as tasks
from oa.trees import promises as trees

_APPS = (trees, reviews, rankings, tasks, community, moderation, datasets)
PROMISES = sorted(
    (check for app in _APPS for check in app.PROMISES),
    key=lambda check: int(check.promise.removeprefix("P")),
)
