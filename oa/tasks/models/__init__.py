"""HANDED OUT: seats, the drafts of those who sit on them, and those who wait for one."""

from oa.tasks.models.desks import LanguageDesk, LanguageDeskQuerySet, Waiter, WaiterQuerySet, hold_at_the_desk
from oa.tasks.models.drafts import Draft, DraftQuerySet
from oa.tasks.models.scenes import scene_of
from oa.tasks.models.tasks import MOST_COUNTED, STOCK, Task, TaskQuerySet

__all__ = [
    "MOST_COUNTED",
    "STOCK",
    "Draft",
    "DraftQuerySet",
    "LanguageDesk",
    "LanguageDeskQuerySet",
    "Task",
    "TaskQuerySet",
    "Waiter",
    "WaiterQuerySet",
    "hold_at_the_desk",
    "scene_of",
]
