"""What the published data sets look like in figures, and how near a site of our own comes to them.

Most figures are those of oasst1 (66,497 trees, 161,443 messages). What was never said of oasst1 is taken from oasst2 or
from a sample of published trees, and says so. The sources do not agree everywhere: oasst1's paper counts 52,159 single
prompts in the lottery (78 % of its trees), oasst2's own figures 63 %; the goal here is the latter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# How far from the published figure ours may be and still have its shape.
WITHIN = 0.10
TREES, MESSAGES = 66_497, 161_443


@dataclass(frozen=True, slots=True)
class Published:
    """One figure of the published data; `name` is that under which ours is measured."""

    name: str
    says: str
    value: float
    source: str


SAMPLE = "551 published trees"
# How many were under way at any moment was not published: as many as the policy of that time lets be.
ASSUMED = "assumed"
SHAPE = (
    Published("messages_per_tree", "messages a tree", MESSAGES / TREES, "oasst1"),
    Published("prompter_share", "messages that the prompter wrote", 91_829 / MESSAGES, "oasst1"),
    Published("state_prompt_lottery_waiting", "trees waiting in the lottery", 0.63, "oasst2"),
    Published("state_ready_for_export", "trees ready for export", 10_968 / TREES, "oasst1"),
    Published("state_growing", "trees growing", 0.014, ASSUMED),
    Published("state_initial_prompt_review", "trees whose prompt is under review", 0.003, ASSUMED),
    Published("messages_per_ready_tree", "messages a ready tree", 92_365 / 10_968, "oasst1"),
    Published("depth_1", "replies at depth 1", 352 / 1001, SAMPLE),
    Published("depth_2", "replies at depth 2", 212 / 1001, SAMPLE),
    Published("depth_3", "replies at depth 3", 324 / 1001, SAMPLE),
    Published("depth_4", "replies at depth 4", 80 / 1001, SAMPLE),
    Published("depth_5", "replies at depth 5", 33 / 1001, SAMPLE),
    Published("quality_ratings_per_message", "ratings of quality a message", 461_292 / MESSAGES, "oasst1"),
    Published("accepted_share", "messages accepted", 189_288 / 208_584, "oasst2"),
    Published("accepted_share_ready", "messages of ready trees accepted", 88_838 / 92_365, "oasst1"),
    Published("lang_en", "messages in English", 0.428, "oasst1"),
    Published("lang_es", "messages in Spanish", 0.314, "oasst1"),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A published figure with ours beside it. `off` is how far ours is from it, as a share of it."""

    published: Published
    ours: float

    @property
    def off(self) -> float:
        return self.ours / self.published.value - 1

    @property
    def within(self) -> bool:
        return abs(self.off) <= WITHIN

    def as_json(self) -> dict[str, object]:
        """The same as plain values."""
        published = self.published
        return {
            "name": published.name, "published": round(published.value, 4), "source": published.source,
            "ours": round(self.ours, 4), "within": self.within,
        }  # fmt: skip


def compare(ours: Mapping[str, float]) -> list[Compared]:
    """Every published figure with ours; what was not measured counts as nought."""
    return [Compared(published, ours.get(published.name, 0.0)) for published in SHAPE]


def table(compared: list[Compared]) -> list[str]:
    """Lines for people: figure, published, ours, how far off, whether near enough."""
    width = max(len(line.published.says) for line in compared)
    head = f"{'figure':<{width}}  {'published':>9}  {'ours':>8}  {'off':>7}  within {WITHIN:.0%}"
    return [head, *(_line(line, width) for line in compared)]


def _line(line: Compared, width: int) -> str:
    published = line.published
    word = "yes" if line.within else "NO"
    return (
        f"{published.says:<{width}}  {published.value:>9.4f}  {line.ours:>8.4f}  {line.off:>+7.1%}  "
        f"{word:<4} ({published.source})"
    )
