"""Print the diagram of a tree's states, or put it into the map."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from oa.trees.rules.diagram import state_diagram

_BLOCK = re.compile(r"(<!-- states: begin -->\n).*?(<!-- states: end -->)", re.DOTALL)


class Command(BaseCommand):
    help = "Print the state diagram (Mermaid), or with --write put it into oa/README.md."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="rewrite oa/README.md")

    def handle(self, *args: object, **options: object) -> None:
        drawing = f"```mermaid\n{state_diagram()}\n```\n"
        if not options["write"]:
            self.stdout.write(drawing)
            return
        page = Path(settings.BASE_DIR) / "oa" / "README.md"
        page.write_text(_BLOCK.sub(lambda found: found[1] + drawing + found[2], page.read_text()))
