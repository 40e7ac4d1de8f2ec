"""Workers keep their connections to the database from job to job, and notice when one is lost."""

from __future__ import annotations

from threading import Thread

import pytest
from celery import current_app, shared_task
from celery.app.trace import build_tracer
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


@shared_task(name="tests.core.who_answers")  # type: ignore[untyped-decorator]  # Celery has no types
def who_answers() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def work() -> tuple[str, int]:
    """What a worker does with a message: the state that the job ends in, and its result."""
    done = build_tracer(who_answers.name, who_answers, app=current_app, eager=False)(
        "an-id", (), {}, {"is_eager": False}
    )
    return done.info.state if done.info else "SUCCESS", done.retval


def end(pid: int) -> None:
    def by_another() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
        connection.close()

    other = Thread(target=by_another)
    other.start()
    other.join()


def test_a_job_after_the_database_was_started_anew_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 600)  # as OA_DB_KEEP has it for workers
    connection.close()
    state, first = work()
    assert (state, work()) == ("SUCCESS", ("SUCCESS", first)), "it is kept"

    end(first)

    state, second = work()
    assert state == "SUCCESS"
    assert second != first
