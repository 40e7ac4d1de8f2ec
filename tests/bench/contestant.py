"""One model in a process of its own: `python -m tests.bench.contestant detoxify|engine CHECKPOINT CONFIG`.

Reads a line of JSON, scores its texts, answers with a line of JSON; ends when there are no texts.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable, Sequence
from typing import Any

Score = Callable[[Sequence[str], int], list[list[float]]]


def as_everybody(detoxify: Any) -> Score:
    def score(texts: Sequence[str], at_once: int) -> list[list[float]]:
        found = []
        for first in range(0, len(texts), at_once):
            some = list(texts[first : first + at_once])
            scores = detoxify.predict(some[0] if at_once == 1 else some)
            columns = [column if isinstance(column, list) else [column] for column in scores.values()]
            found += [list(row) for row in zip(*columns, strict=True)]
        return found

    return score


def as_here(detoxify: Any) -> tuple[Score, str]:
    import django
    import torch

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oa.settings")
    django.setup()
    from oa.screening.actions.engine import Engine

    torch.set_num_threads(1)
    engine = Engine(detoxify)
    return lambda texts, _at_once: [list(scores.values()) for scores in engine(texts)], engine.precision


def main(how: str, checkpoint: str, config: str) -> None:
    os.environ["HF_HUB_OFFLINE"] = "1"
    from detoxify import Detoxify

    detoxify = Detoxify(checkpoint=checkpoint, huggingface_config_path=config)
    score, precision = as_here(detoxify) if how == "engine" else (as_everybody(detoxify), "fp32")
    del detoxify
    score(["Good morning."], 1)
    say({"precision": precision})
    for line in sys.stdin:
        told = json.loads(line)
        if not told["texts"]:
            say(memory())
            return
        say({"scores": score(told["texts"], told["at_once"])})


def memory() -> dict[str, float]:
    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"peak": peak / 1e3, "now": pages * resource.getpagesize() / 1e6}


def say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
