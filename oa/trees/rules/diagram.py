"""The table of moves as a picture, so that the map can't tell another story than the code."""

from __future__ import annotations

from oa.trees.rules.states import TRANSITIONS, State

_HALT = State.HALTED_BY_MODERATOR


def state_diagram() -> str:
    """A Mermaid state diagram of TRANSITIONS.

    Halting and resuming would be an arrow to and from nearly every state; a note says so instead.
    """
    lines = ["stateDiagram-v2", f"    [*] --> {State.INITIAL_PROMPT_REVIEW}"]
    for before in State:
        for after in State:
            if after in TRANSITIONS[before] and _HALT not in (before, after):
                lines.append(f"    {before} --> {after}")
    anywhere = sorted(state for state in State if _HALT in TRANSITIONS[state])
    lines.append(f"    note right of {_HALT}")
    lines.append(f"        reached from: {', '.join(anywhere)}")
    lines.append(f"        resumed to: {', '.join(sorted(TRANSITIONS[_HALT]))}")
    lines.append("    end note")
    return "\n".join(lines)
