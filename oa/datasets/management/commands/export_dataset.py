"""`manage.py export_dataset`: oasst files, streamed."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management import BaseCommand, CommandError

from oa.datasets import actions
from oa.datasets.actions import Account, Order
from oa.datasets.rules.forms import Form
from oa.datasets.rules.selecting import Keep, Selection
from oa.trees.rules import State

HELP = """\
Export conversation trees as JSON lines: --format trees (one tree a line), messages (one message a line, with its tree
and the state of that), or hf (the columns of the Hugging Face data sets, with nulls and parallel lists).

How filters combine: all that are given must agree. --state, --lang and the synthetic filters choose trees (--lang by
the language of the prompt); the others choose messages. By default: trees that are ready_for_export and hold nothing
synthetic; of these, messages that are accepted and not deleted. In a tree, whatever stands below a message that is left
out is left out too. --user, --deleted-only, --spam-only and --synthetic-only are list modes: each message stands for
itself and rows are flat, also with --format trees. --user looks in all states and takes no --state; --lang then means
the language of the message. --spam-only looks for rejected messages, so with the default --state only those in finished
trees. --limit counts trees, with --user messages.

What is left out is counted, by reason, on the standard error.
"""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"formatter_class": argparse.RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--format", type=Form, choices=list(Form), default=Form.TREES)
        parser.add_argument("--out", "--export-file", default="-", metavar="FILE", help="default: -, standard output")
        parser.add_argument("--state", choices=[*State.values, "all"], default=None, metavar="S|all")
        parser.add_argument("--lang", default="", metavar="L")
        parser.add_argument("--user", default="", metavar="ID", help="only messages by this person")
        for kind in ("deleted", "spam", "synthetic"):
            both = parser.add_mutually_exclusive_group()
            both.add_argument(f"--include-{kind}", dest=kind, action="store_const", const=Keep.TOO, default=Keep.NO)
            both.add_argument(f"--{kind}-only", dest=kind, action="store_const", const=Keep.ONLY)
        parser.add_argument("--prompts-only", action="store_true")
        parser.add_argument("--events", "--export-events", action="store_true", help="ballots and skips, one by one")
        parser.add_argument("--limit", type=_positive, default=None, metavar="N")
        parser.add_argument("--original-ids", action="store_true", help="ids of people (and imported ids) as they are")
        for part in ("labels", "emojis", "detoxify"):
            parser.add_argument(f"--no-{part}", dest=part, action="store_false")
        parser.add_argument("--ascii", action="store_true", help="blanks and \\uXXXX as the original writes JSON")
        parser.add_argument("--quiet", action="store_true", help="say nothing unless it fails")

    def handle(self, *_args: Any, **options: Any) -> None:
        order = self._order(options)
        try:
            account = actions.export_file(options["out"], order, tell=self._progress(options))
        except OSError as error:
            raise CommandError(f"{options['out']} can't be written: {error.strerror or error}") from error
        if not options["quiet"]:
            self._tell(account)

    def _order(self, options: dict[str, Any]) -> Order:
        if options["user"] and options["state"]:
            raise CommandError("--user looks in all states: leave --state away.", returncode=2)
        if options["events"] and options["format"] is Form.HF:
            raise CommandError("The Hugging Face form has no column for events.", returncode=2)
        chosen = ("lang", "deleted", "spam", "synthetic", "user", "prompts_only")
        selection = Selection(state=options["state"] or "ready_for_export", **{name: options[name] for name in chosen})
        parts = ("original_ids", "labels", "emojis", "detoxify", "events", "ascii", "limit")
        return Order(form=options["format"], selection=selection, **{name: options[name] for name in parts})

    def _progress(self, options: dict[str, Any]) -> Any:
        if options["quiet"] or not sys.stderr.isatty():
            return None

        def tell(account: Account) -> None:
            self.stderr.write(f"\r{account.trees} trees, {account.messages} messages", ending="")
            self.stderr.flush()

        return tell

    def _tell(self, account: Account) -> None:
        self.stderr.write(f"\rwritten: {account.rows} rows ({account.trees} trees, {account.messages} messages)")
        for what, counted in (("trees", account.trees_left_out), ("messages", account.messages_left_out)):
            for reason, number in sorted(counted.items()):
                self.stderr.write(f"left out: {number} {what} {reason}") if number else None
        if account.stopped_at_limit:
            self.stderr.write("stopped at --limit; there is more")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
