from __future__ import annotations

from collections.abc import Iterator

import structlog
from django.apps import AppConfig
from django.db import DatabaseError
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from oa.core import metrics

log = structlog.get_logger("oa.stats")


class LiveFigures(Collector):
    """What there is to do, read when Prometheus asks. Without a database the other figures are still told."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            yield from self._read()
        except DatabaseError as error:
            log.warning("figures can't be read", error=str(error))

    def _read(self) -> list[GaugeMetricFamily]:
        from oa.stats import models

        tasks = GaugeMetricFamily("oa_tasks", "Tasks to do, open or leased.", labels=["kind", "status"])
        for kind, status, number in models.stock_by_kind():
            tasks.add_metric([kind, status], number)
        trees = GaugeMetricFamily("oa_trees", "Trees, without archived ones.", labels=["state"])
        for state, number in models.trees_by_state().items():
            trees.add_metric([state], number)
        waiting = GaugeMetricFamily("oa_waiting_people", "People who asked when there was nothing to do.")
        waiting.add_metric([], models.waiting_people())
        texts = GaugeMetricFamily(
            "oa_texts_waiting", "Texts that wait for a machine's opinion.", labels=["kind", "aside"]
        )
        for kind, aside, number in models.texts_waiting():
            texts.add_metric([kind, "yes" if aside else "no"], number)
        return [tasks, trees, waiting, texts]


class StatsConfig(AppConfig):
    name = "oa.stats"

    def ready(self) -> None:
        metrics.add_live(LiveFigures())
