"""One line of JSON an event; coloured text where a person looks at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import orjson
import structlog
from structlog.typing import Processor

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
# Without the values of local variables: they hold passwords and people's words, and drawing them takes so long that
# a site whose database is away for a moment stands still for a minute.
PLAIN_DICT_TRACEBACKS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)


def _line(event: object, *, default: Callable[[Any], Any], **_: object) -> str:
    return orjson.dumps(event, default=default, option=orjson.OPT_NON_STR_KEYS).decode()


def logging_config(*, level: str, style: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`. Style is `json`, `text`, or `auto`: text where standard error is a terminal."""
    as_json = style == "json" or (style == "auto" and not sys.stderr.isatty())
    final: list[Processor] = (
        [PLAIN_DICT_TRACEBACKS, structlog.processors.JSONRenderer(_line)]
        if as_json
        else [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *final],
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "level": level, "propagate": False},
            # Every answer from 400 up is in our own request line already.
            "django.request": {"level": "ERROR"},
            # Celery's `-l WARNING` quiets the root. How far the model is (downloading, there) is said anyhow.
            "oa.screening": {"level": level},
        },
    }
