"""`python -m tests.bench.population --trees N [--growing M]`: make this population the database of the bench's site.

Kept as a template: the second time it is only copied. Prints what was written as one JSON object, when it was.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from oa import embedded
from oa.embedded.places import PROJECT, Site
from tests.bench.population.templates import ready


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.population", description=__doc__)
    parser.add_argument("--trees", type=int, default=66_000)
    parser.add_argument("--growing", type=int, help="so many trees grow at once (as in the published data)")
    parser.add_argument("--anew", action="store_true", help="even if there is a template of it")
    parser.add_argument("--fill", action="store_true", help="only fill the database of OA_DATA_DIR, which is migrated")
    asked = parser.parse_args()
    folder = Path(os.environ.setdefault("OA_DATA_DIR", str(PROJECT / ".data" / "bench"))).resolve()
    os.environ["DJANGO_SETTINGS_MODULE"] = "oa.settings"
    embedded.join()
    if asked.fill:
        _fill(Site(folder), asked.trees, asked.growing)
    else:
        ready(Site(folder), trees=asked.trees, growing=asked.growing, anew=asked.anew, tell=tell)


def _fill(site: Site, trees: int, growing: int | None) -> None:
    import django
    import psycopg

    django.setup()
    from tests.bench.population.writing import populate

    with psycopg.connect(site.addresses.database_url) as connection:
        account = populate(connection, trees=trees, growing=growing, tell=tell)
    sys.stdout.write(json.dumps(account.as_values()) + "\n")


def tell(what: str) -> None:
    sys.stderr.write(f"population: {what}\n")


if __name__ == "__main__":
    main()
