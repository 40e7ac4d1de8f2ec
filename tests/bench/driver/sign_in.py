"""`python -m tests.bench.driver.sign_in --people N --out FILE`: sessions of people who may work, a key a line.

Made by whatever keeps sessions on this site, not by writing its tables. Only people are taken whose languages have
work, or a small site would be measured by how fast it says that there is none.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from importlib import import_module
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import django

from oa import embedded

if TYPE_CHECKING:
    from oa.accounts.models import User


def sign_in(people: Iterable[User]) -> list[str]:
    """A session key for each of these people, as signing in makes one."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    store, backend = import_module(settings.SESSION_ENGINE).SessionStore, settings.AUTHENTICATION_BACKENDS[0]
    keys = []
    for person in people:
        session = store()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), backend
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        keys.append(str(session.session_key))
    return keys


def workers(number: int, *, busiest: bool = False) -> list[User]:
    """So many people who may work in the languages that have most of the stock, in an order of no meaning; or those
    who have handed in most."""
    from django.db.models import Count, TextField
    from django.db.models.functions import MD5, Cast

    from oa.accounts.models import User
    from oa.tasks.models import Task

    stock = Task.objects.open().values_list("lang").annotate(n=Count("*")).order_by("-n", "lang")
    langs = list(map(itemgetter(0), stock[:2]))
    able = User.objects.filter(
        is_active=True, imported=False, terms_version__isnull=False, muted_until=None, languages__overlap=langs,
        email__isnull=False, role="volunteer",
    )  # fmt: skip
    done = Task.objects.filter(status="done").values_list("assignee").annotate(n=Count("*")).order_by("-n")
    if busiest:
        found = list(able.filter(pk__in=[person for person, _times in done[: 50 * number]])[:number])
    else:
        found = list(able.order_by(MD5(Cast("pk", TextField())))[:number])
    if len(found) < number:
        raise SystemExit(
            f"Of {number} people wanted only {len(found)} may work in {' or '.join(langs) or 'no language'}."
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.driver.sign_in", description=__doc__)
    parser.add_argument("--people", type=int, default=16)
    parser.add_argument("--busiest", action="store_true", help="of those who have handed in most")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oa.settings")
    embedded.join()
    django.setup()
    asked.out.write_text("\n".join(sign_in(workers(asked.people, busiest=asked.busiest))) + "\n")


if __name__ == "__main__":
    main()
