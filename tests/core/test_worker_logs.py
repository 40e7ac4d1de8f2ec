"""What workers say in a terminal that is told warnings only."""

from __future__ import annotations

import subprocess
import sys

SAID = """
import logging, logging.config, structlog
from oa.core.logs import logging_config
logging.config.dictConfig(logging_config(level={level!r}, style="text"))
logging.getLogger().setLevel(logging.WARNING)  # as `celery worker -l WARNING` does
structlog.get_logger("oa.screening").info("the model is ready")
structlog.get_logger("oa.trees").info("a round is over")
"""


def said(level: str) -> str:
    ran = subprocess.run([sys.executable, "-c", SAID.format(level=level)], capture_output=True, text=True, check=True)
    return ran.stderr


def test_a_quiet_worker_says_how_far_the_model_is_and_nothing_of_its_rounds() -> None:
    told = said("INFO")

    assert "the model is ready" in told
    assert "a round is over" not in told


def test_whoever_wants_warnings_only_has_warnings_only() -> None:
    assert said("WARNING") == ""
