"""What a failure leaves in the log."""

from __future__ import annotations

import logging
import sys

import pytest

from oa.core.logs import logging_config


def line_of(style: str) -> str:
    """What the log says of an error met while a password was at hand."""
    given = logging_config(level="INFO", style=style)["formatters"]["line"]
    maker = given.pop("()")
    formatter = maker(**given)
    try:
        password = "correct horse battery staple"
        raise RuntimeError(f"a failure after {len(password)} characters")
    except RuntimeError:
        record = logging.LogRecord("oa", logging.ERROR, __file__, 1, "it failed", None, sys.exc_info())
    return str(formatter.format(record))


@pytest.mark.parametrize("style", ["json", "text"])
def test_a_traceback_says_where_but_not_with_which_words(style: str) -> None:
    line = line_of(style)

    assert "a failure after 28 characters" in line
    assert "test_tracebacks.py" in line
    assert "horse" not in line
