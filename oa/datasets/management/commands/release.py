"""`manage.py release`: make, look at, publish, recall and push releases."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from oa.core.errors import Refusal
from oa.datasets.actions import releasing
from oa.datasets.models import Release
from oa.datasets.rules.forms import Form
from oa.datasets.rules.releases import PACKINGS, USUAL_LICENCE, PersonalData, ReleaseOrder, phase_in_words, read_query
from oa.datasets.rules.states import RELEASES_AT_WORK, ReleaseState

HELP = """\
Make, look at, publish, recall and push releases: versions of the data set that never change.

  release make NAME [--lang en,de] [--filter since=2026-01-01] [--forms sft,preference] [--publish]
  release list
  release show NAME
  release publish NAME
  release recall NAME --why "…"
  release push NAME --repo org/name [--endpoint URL] [--private]     (the token is read from HF_TOKEN)

`make` does the work itself, or waits where a worker is faster; when it is killed, workers go on. Exit status: 0 it is
ready (or published), 1 it could not be done, 2 the order is wrong, 3 checks have failed.
"""
WAIT_SECONDS = 0.5
WRONG_ORDER, CHECKS_FAILED = 2, 3


class Command(BaseCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"formatter_class": argparse.RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        doing = parser.add_subparsers(dest="do", required=True)
        self._add_what_is_ordered(doing.add_parser("make", help="order and make a release"))
        doing.add_parser("list", help="all releases, the newest first")
        for name, words in (("show", "one release"), ("publish", "let everybody have it"), ("retry", "try again")):
            doing.add_parser(name, help=words).add_argument("name")
        recall = doing.add_parser("recall", help="take a published release away")
        recall.add_argument("name")
        recall.add_argument("--why", required=True)
        push = doing.add_parser("push", help="upload a published release to the Hugging Face Hub, or one like it")
        push.add_argument("name")
        push.add_argument("--repo", required=True, metavar="ORG/NAME")
        push.add_argument("--endpoint", default=None, metavar="URL", help="default: that of huggingface_hub")
        push.add_argument("--private", action="store_true")

    def _add_what_is_ordered(self, make: argparse.ArgumentParser) -> None:
        make.add_argument("name", nargs="?", default="", help="default: the day")
        make.add_argument("--title", default="")
        make.add_argument("--notes", default="", metavar="FILE", help="a Markdown file for the card")
        make.add_argument("--licence", default=USUAL_LICENCE, metavar="SPDX", help=f"default: {USUAL_LICENCE}")
        make.add_argument("--state", default="", metavar="S,…", help="states of trees, or all; default: ready")
        make.add_argument("--lang", default="", metavar="L,…", help="languages of prompts")
        make.add_argument(
            "--filter", action="append", default=[], metavar="NAME=VALUE",
            help="any other filter, e.g. min_reviews=3, min_label=quality:0.5, synthetic=too; again for more",
        )  # fmt: skip
        make.add_argument("--forms", default="", metavar="F,…", help=f"of {', '.join(Form)}")
        make.add_argument("--packings", default="", metavar="P,…", help=f"of {', '.join(PACKINGS)}")
        make.add_argument("--validation-share", type=float, default=None, metavar="X", help="default: 0.05")
        make.add_argument("--test-share", type=float, default=None, metavar="X", help="default: 0")
        make.add_argument("--personal-data", choices=PersonalData.values, default=None)
        make.add_argument("--publish", action="store_true", help="publish it if all checks pass")
        make.add_argument("--quiet", action="store_true", help="no progress")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['do']}")(options)
        except Refusal as refusal:
            words = " ".join(filter(None, (refusal.cause, refusal.remedy)))
            wrong = WRONG_ORDER if options["do"] == "make" else 1
            raise CommandError(f"{words} ({refusal.code})", returncode=wrong) from refusal

    def _make(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        name = options["name"] or releasing.free_name(now)
        cover = releasing.Cover(name, options["licence"], title=options["title"], notes=_content(options["notes"]))
        releasing.order_release(cover=cover, order=_order(options), by=None, now=now)
        release = self._worked_on(name, quiet=options["quiet"])
        if options["publish"] and release.state == ReleaseState.READY:
            releasing.publish(name=name, by=None, now=timezone.now())
        self._tell(name)

    def _retry(self, options: dict[str, Any]) -> None:
        releasing.retry_release(name=options["name"], by=None, now=timezone.now())
        self._worked_on(options["name"], quiet=False)
        self._tell(options["name"])

    def _worked_on(self, name: str, *, quiet: bool) -> Release:
        """Work until it is done, or wait for whoever works on it."""
        while (release := Release.objects.get(name=name)).state in RELEASES_AT_WORK:
            if not quiet and sys.stderr.isatty():
                self.stderr.write(f"\r{phase_in_words(release.phase)} {release.done}/{release.total}", ending="")
            if not releasing.work_on_releases(clock=timezone.now):
                time.sleep(WAIT_SECONDS)
        return release

    def _list(self, _options: dict[str, Any]) -> None:
        for release in Release.objects.order_by("-at", "id"):
            trees, messages = (release.numbers.get(what, 0) for what in ("trees", "messages"))
            self.stdout.write(f"{release.name}  {release.state}  {trees} trees  {messages} messages")

    def _show(self, options: dict[str, Any]) -> None:
        self._tell(options["name"], whole=True)

    def _publish(self, options: dict[str, Any]) -> None:
        releasing.publish(name=options["name"], by=None, now=timezone.now())
        self._tell(options["name"])

    def _recall(self, options: dict[str, Any]) -> None:
        releasing.recall(name=options["name"], why=options["why"], by=None, now=timezone.now())
        self._tell(options["name"])

    def _push(self, options: dict[str, Any]) -> None:
        url = releasing.push(
            name=options["name"], repo=options["repo"], endpoint=options["endpoint"], private=options["private"]
        )
        self.stdout.write(url)

    def _tell(self, name: str, *, whole: bool = False) -> None:
        release = Release.objects.filter(name=name).first()
        if release is None:
            raise CommandError(f"There is no release {name}.")
        numbers = release.numbers
        self.stdout.write(f"{name}: {release.state}")
        if numbers:
            self.stdout.write(f"{numbers['trees']} trees, {numbers['messages']} messages, {numbers['people']} people")
        for file in release.files.order_by("id"):
            self.stdout.write(f"{file.sha256}  {file.bytes:>12}  {file.rows:>9}  {file.path}")
        for row in release.checks:
            self._tell_check(row) if whole or not row["passed"] else None
        self.stdout.write(f"files: {releasing.folder_of(release)}")
        if release.state == ReleaseState.REFUSED:
            raise CommandError("Checks have failed.", returncode=CHECKS_FAILED)
        if release.state == ReleaseState.FAILED:
            raise CommandError(release.error)

    def _tell_check(self, row: dict[str, Any]) -> None:
        self.stdout.write(f"{'passed' if row['passed'] else 'FAILED'}  {row['code']}  {row['found'] or ''}")
        for example in row["examples"]:
            self.stdout.write(f"        {json.dumps(example, ensure_ascii=False)}")


def _content(path: str) -> str:
    if not path:
        return ""
    try:
        return Path(path).read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} can't be read: {error}", returncode=WRONG_ORDER) from error


def _order(options: dict[str, Any]) -> ReleaseOrder:
    filters = dict(_pair(text) for text in options["filter"])
    named = {"states": options["state"], "langs": options["lang"]}
    selection = read_query({**filters, **{name: text for name, text in named.items() if text}})
    lists = {name: options[name].split(",") for name in ("forms", "packings") if options[name]}
    others = {name: options[name] for name in ("validation_share", "test_share", "personal_data")}
    return ReleaseOrder.of({"selection": selection, **lists, **others})


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise CommandError(f"--filter {text}: wanted is NAME=VALUE", returncode=WRONG_ORDER)
    return name.strip(), value.strip()
