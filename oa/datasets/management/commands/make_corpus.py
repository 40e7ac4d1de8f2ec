"""`manage.py make_corpus`: a corpus that nobody wrote, to measure with."""

from __future__ import annotations

import argparse
from random import Random
from typing import Any

from django.core.management import BaseCommand, CommandError

from oa.datasets.actions.packing import Packing, packed_file
from oa.datasets.rules.corpus import MESSAGES, TREES, corpus
from oa.datasets.rules.forms import FORMS, Form


class Command(BaseCommand):
    help = (
        f"Write a corpus of trees shaped like oasst1 ({TREES:,} trees, {MESSAGES:,} messages): its states, "
        "sizes, languages, labels, ranks, reactions and scores. The texts mean nothing. One seed gives one file."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--trees", type=int, default=TREES, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument("--out", required=True, metavar="FILE", help="tree rows; a name ending in .gz is packed")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["trees"] < 1:
            raise CommandError("--trees must be at least 1.")
        out: str = options["out"]
        messages = 0
        packing = Packing.JSONL_GZ if out.endswith(".gz") else Packing.JSONL
        try:
            with packed_file(out, packing, FORMS[Form.TREES].columns) as packed:
                for row in corpus(options["trees"], Random(options["seed"])):
                    packed.put(row)
                    messages += _size(row["prompt"])
        except OSError as error:
            raise CommandError(f"{out} can't be written: {error.strerror or error}") from error
        self.stderr.write(f"written: {packed.rows} trees, {messages} messages")


def _size(node: dict[str, Any]) -> int:
    return 1 + sum(map(_size, node["replies"]))
