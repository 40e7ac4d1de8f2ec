"""The Celery application. Functions that workers run live in each app's `jobs.py`."""

import os
import sys
from pathlib import Path

from celery import Celery

from oa import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oa.settings")

# `celery -A oa …` and `python -m celery -A oa …` come in by this door, not through manage.py.
if "celery" in Path(sys.argv[0]).parts[-2:]:
    embedded.join()

app = Celery("oa", task_cls="oa.core.workers:Job")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
