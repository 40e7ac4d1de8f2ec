#!/usr/bin/env python
"""The one door to every command: starts (or finds) the embedded servers first where a command needs them."""

import os
import sys

from django.core.management import execute_from_command_line

from oa import embedded


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oa.settings")
    if embedded.needed_by(sys.argv):
        embedded.join()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
