"""The Celery application. Functions that workers run live in each app's `jobs.py`."""

import os
import sys
from pathlib import Path

from celery import Celery, Task
from celery.signals import task_postrun, task_prerun
from django.db import close_old_connections

from oa import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oa.settings")

# `celery -A oa …` and `python -m celery -A oa …` come in by this door, not through manage.py.
if "celery" in Path(sys.argv[0]).parts[-2:]:
    # A connection for each job would cost a worker 3 ms of CPU, and the database 5.
    os.environ.setdefault("OA_DB_KEEP", "600")
    embedded.join()

app = Celery("oa", task_cls="oa.core.workers:Job")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Celery would close the connection after every job, whatever OA_DB_KEEP says; Django closes what is old or broken.
app.conf.update(CELERY_DB_REUSE_MAX=sys.maxsize)


@task_prerun.connect
def close_what_is_lost(task: Task, **_about: object) -> None:
    """A database that was started anew while nothing was to be done costs no job."""
    from oa.core.threads import drop_lost_connections  # it reads the settings

    if not task.request.is_eager:
        drop_lost_connections()


@task_postrun.connect
def close_what_is_old(task: Task, **_about: object) -> None:
    if not task.request.is_eager:  # it has borrowed the connection of whoever called it
        close_old_connections()


app.autodiscover_tasks(related_name="jobs")
