"""`manage.py export_dataset`: data sets in every form, streamed."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from django.core.management import BaseCommand, CommandError

from oa.core.errors import Refusal
from oa.datasets import actions
from oa.datasets.actions import Account, Order
from oa.datasets.actions.exporting import NAMESPACE
from oa.datasets.actions.packing import Packing
from oa.datasets.rules.forms import FORMS, Form
from oa.datasets.rules.selecting import Keep, ReviewResult, Selection, Side, reason_in_words
from oa.trees.rules import Role, State

HELP = """\
Export conversation trees: as they are (--format trees, messages, hf …) or in the forms that trainers read (sft,
preference, kto …). A name that ends in .jsonl, .jsonl.gz or .parquet says how the file is packed.

How filters combine: all that are given must agree. --state, --lang, --since, --until, --origin, --topic, the synthetic
filters, --split and --sample choose trees (--lang by the language of the prompt); the others choose messages. By
default: trees that are ready_for_export and hold nothing synthetic; of these, messages that are accepted, not deleted
and not withdrawn. In a tree, whatever stands below a message that is left out is left out too. --user, --role, those
that end in -only and --review-result rejected or undecided are list modes: each message stands for itself and rows are
flat, also with --format trees. --user looks in all states and takes no --state; --lang then means the language of the
message. --limit counts trees, with --user messages.

Ids are pseudonyms, the same in all exports with the same --namespace; nothing joins one namespace to another. What is
left out is counted, by reason, on the standard error.
"""
_FORMS = "\n".join(f"  {form:<18} {FORMS[form].words}" for form in Form)
_LABEL = "NAME=NUMBER"

# Filters that are given once, as they are named in a Selection: type, what is shown for the value, help.
_SINGLE: dict[str, tuple[Any, str, str]] = {
    "origin": (str, "NAME", "trees from there"),
    "since": (str, "DAY", "prompts written on this day or later (UTC), such as 2026-05-31"),
    "until": (str, "DAY", "prompts written on this day or earlier"),
    "topic": (str, "WORDS", "prompts in which the site's search finds this"),
    "sample": (int, "N", "so many trees, always the same ones"),
    "validation_share": (float, "X", "share of the trees kept for validation (default 0.05), with --split"),
    "test_share": (float, "X", "share of the trees kept for tests (default 0), with --split"),
    "split_seed": (str, "TEXT", "another split, another sample"),
    "model": (str, "NAME", "of the assistant's messages only those by this model"),
    "min_reviews": (int, "N", "messages with so many reviews or more"),
    "max_toxicity": (float, "X", "Detoxify's toxicity at most this, where it is scored"),
}
_BOUNDS = {
    "min_label": "mean of a label at least this (repeatable); without an answer there is none",
    "max_label": "mean of a label at most this, where there is one (repeatable)",
    "min_label_low": "lower end of the mean's 95 %% interval (Wilson) at least this (repeatable)",
}
_KINDS = ("deleted", "spam", "synthetic", "withdrawn")
_SWITCHES = {
    "prompts_only": "no replies",
    "scored_only": "only messages that Detoxify has scored",
    "releasable": "only what a release may hold: agreed to, not too new, not withheld",
}


class Command(BaseCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"formatter_class": argparse.RawDescriptionHelpFormatter, "epilog": f"forms:\n{_FORMS}\n"}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--format", type=Form, choices=list(Form), default=Form.TREES, metavar="FORM")
        parser.add_argument("--packing", type=Packing, choices=list(Packing), default=None)
        parser.add_argument("--out", "--export-file", default="-", metavar="FILE", help="default: -, standard output")
        parser.add_argument("--limit", type=_positive, default=None, metavar="N")
        parser.add_argument("--original-ids", action="store_true", help="ids as they are instead of pseudonyms")
        parser.add_argument("--namespace", default=NAMESPACE, metavar="NAME", help="of the pseudonyms")
        parser.add_argument("--events", "--export-events", action="store_true", help="ballots and skips, one by one")
        for part in ("labels", "emojis", "detoxify"):
            parser.add_argument(f"--no-{part}", dest=part, action="store_false")
        parser.add_argument("--ascii", action="store_true", help="blanks and \\uXXXX as the original writes JSON")
        parser.add_argument("--quiet", action="store_true", help="say nothing unless it fails")
        self._add_filters(parser.add_argument_group("filters"))

    def _add_filters(self, group: Any) -> None:
        several = {"action": "extend", "type": _listed, "default": []}
        group.add_argument("--state", metavar="S", help=f"{', '.join([*State.values, 'all'])}; several: S,S", **several)
        group.add_argument("--lang", metavar="L", help="several: L,L", **several)
        group.add_argument("--user", metavar="ID", help="only messages by this person; several: ID,ID", **several)
        for kind in _KINDS:
            both = group.add_mutually_exclusive_group()
            both.add_argument(f"--include-{kind}", dest=kind, action="store_const", const=Keep.TOO.value)
            both.add_argument(f"--{kind}-only", dest=kind, action="store_const", const=Keep.ONLY.value)
        group.add_argument(
            "--synthetic-messages", choices=[one.value for one in Keep], help="single messages; --synthetic: trees"
        )
        group.add_argument("--review-result", choices=list(ReviewResult))
        group.add_argument("--role", choices=Role.values)
        group.add_argument("--split", choices=list(Side))
        for name, (kind, shown, words) in _SINGLE.items():
            group.add_argument(_option(name), type=kind, metavar=shown, help=words)
        for name, words in _BOUNDS.items():
            group.add_argument(_option(name), action="append", type=_bound, default=[], metavar=_LABEL, help=words)
        for name, words in _SWITCHES.items():
            group.add_argument(_option(name), action="store_true", help=words)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            order = self._order(options)
            account = actions.export_file(options["out"], order, tell=self._progress(options))
        except Refusal as refusal:
            raise CommandError(f"{refusal.cause} {refusal.remedy}".strip(), returncode=2) from refusal
        except OSError as error:
            raise CommandError(f"{options['out']} can't be written: {error.strerror or error}") from error
        except KeyboardInterrupt:
            raise CommandError("Stopped: no file was written.", returncode=130) from None
        if not options["quiet"]:
            self._tell(account)

    def _order(self, options: dict[str, Any]) -> Order:
        """Refusal where filters or a form make no sense together."""
        given = {name: options[name] for name in (*_SINGLE, *_KINDS, *_SWITCHES)}
        given |= {name: options[name] for name in ("synthetic_messages", "review_result", "role", "split")}
        given |= {name: dict(options[name]) for name in _BOUNDS}
        given |= {"states": options["state"], "langs": options["lang"], "users": options["user"]}
        selection = Selection.of({name: value for name, value in given.items() if value is not False})
        parts = ("original_ids", "namespace", "labels", "emojis", "detoxify", "events", "packing", "ascii", "limit")
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
                self.stderr.write(f"left out: {number} {what} {reason_in_words(reason)}") if number else None
        if account.stopped_at_limit:
            self.stderr.write("stopped at --limit; there is more")


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _bound(text: str) -> tuple[str, float]:
    name, _, number = text.partition("=")
    try:
        return name, float(number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not {_LABEL}, such as quality=0.6") from None


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
