"""EXPORTED: releases ordered, made, checked, published, recalled, pushed."""

from oa.datasets.actions.releasing.folders import folder_of
from oa.datasets.actions.releasing.looking import Preview, preview
from oa.datasets.actions.releasing.ordering import Cover, cancel_release, free_name, order_release, retry_release
from oa.datasets.actions.releasing.publishing import publish, recall
from oa.datasets.actions.releasing.pushing import push
from oa.datasets.actions.releasing.running import work_on_releases
from oa.datasets.actions.releasing.shown import card_of, place_of, samples_of
from oa.datasets.actions.releasing.taking import take_data

__all__ = [
    "Cover",
    "Preview",
    "cancel_release",
    "card_of",
    "folder_of",
    "free_name",
    "order_release",
    "place_of",
    "preview",
    "publish",
    "push",
    "recall",
    "retry_release",
    "samples_of",
    "take_data",
    "work_on_releases",
]
