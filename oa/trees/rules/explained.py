"""The fields of a policy in words, read off the class itself so that no page can tell another story."""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass, fields
from functools import cache
from textwrap import dedent

from oa.trees.rules.policy import HANDLINGS, Policy


@dataclass(frozen=True, slots=True)
class PolicyField:
    """One number of a policy: its name, its kind (`int`, `float`, `bool` or `choice`), its default, what it does.

    `choices` are the words that a `choice` may have.
    """

    name: str
    kind: str
    default: object
    help: str
    choices: tuple[str, ...] | None = None


@cache
def policy_fields() -> tuple[PolicyField, ...]:
    """Every field of a policy, in the order in which the class lists them."""
    words = _docstrings()
    return tuple(
        PolicyField(field.name, "choice", field.default, words[field.name], HANDLINGS)
        if field.type == "Handling"
        else PolicyField(field.name, str(field.type), field.default, words[field.name])
        for field in fields(Policy)
    )


def _docstrings() -> dict[str, str]:
    """The string under each field. Python itself throws them away."""
    (made,) = ast.parse(dedent(inspect.getsource(Policy))).body
    body = made.body if isinstance(made, ast.ClassDef) else []
    found: dict[str, str] = {}
    for field, under in zip(body, body[1:], strict=False):
        match field, under:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = inspect.cleandoc(text)
    return found
