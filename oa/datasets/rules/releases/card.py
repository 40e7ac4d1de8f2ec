"""The data set card: a head that loaders read, and pages that people read. In English, as such cards are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import yaml

from oa.datasets.rules.forms import FORMS, Dress, Form, columns_of, feature_list_of
from oa.datasets.rules.pseudonyms import untouched
from oa.datasets.rules.releases.facts import Facts
from oa.datasets.rules.releases.names import CHANGES, CROISSANT, DATASHEET, MANIFEST, SUMS, with_head, withdrawn_path

# How the Hub tells the size of data sets: up to so many rows.
_SIZES = (
    (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"),
)  # fmt: skip
_TASKS = {
    Form.SFT: "text-generation", Form.SFT_BEST: "text-generation", Form.PROMPT_COMPLETION: "text-generation",
    Form.PREFERENCE: "reinforcement-learning", Form.RANKED: "text-ranking", Form.TOXICITY: "text-classification",
}  # fmt: skip


def card_of(facts: Facts) -> str:
    """README.md."""
    head = yaml.safe_dump(head_of(facts), sort_keys=False, allow_unicode=True, width=1000)
    return with_head(head, "\n\n".join(_parts(facts)))


def head_of(facts: Facts) -> dict[str, Any]:
    """What programs read: licence, languages, size, and for each form its files by side and its columns."""
    tasks = sorted({_TASKS[form] for form in facts.forms if form in _TASKS})
    return {
        "pretty_name": facts.heading,
        "license": facts.licence_facts.hub,
        "language": sorted({lang.replace("_", "-").split("-")[0].lower() for lang in facts.langs}),
        "multilinguality": ["multilingual" if len(facts.langs) > 1 else "monolingual"],
        "size_categories": [_size(facts.numbers["messages"])],
        **({"task_categories": tasks} if tasks else {}),
        "tags": ["human-feedback", "conversations", "croissant"],
        "configs": [_config(facts, form) for form in facts.forms],
        "dataset_info": [
            {"config_name": form.value, "features": feature_list_of(columns_of(form, PLAIN))} for form in facts.forms
        ],
    }


# What forms are dressed in for a release: all parts, no events.
PLAIN = Dress(name_of=untouched)


def _config(facts: Facts, form: Form) -> dict[str, Any]:
    files = facts.of_form(form, facts.best_packing)
    first = {"default": True} if form is facts.forms[0] else {}
    return {
        "config_name": form.value,
        **first,
        "data_files": [{"split": file.split, "path": file.path} for file in files],
    }


def _size(messages: int) -> str:
    return next((words for bound, words in _SIZES if messages < bound), "n>100M")


def _parts(facts: Facts) -> Iterator[str]:
    yield f"# {facts.heading}"
    yield _summary(facts)
    if facts.notes:
        yield facts.notes
    yield _load(facts)
    yield _what(facts)
    yield _numbers(facts)
    yield _ids(facts)
    yield _changes(facts)
    yield _papers(facts)


def _summary(facts: Facts) -> str:
    numbers = facts.numbers
    return (
        f"{numbers['messages']:,} messages in {numbers['trees']:,} conversation trees, written by "
        f"{numbers['people']:,} people in {len(facts.langs)} language{'s' if len(facts.langs) != 1 else ''}; "
        f"as of {facts.taken_at[:16].replace('T', ' ')} UTC. Licence: [{facts.licence_facts.title}]"
        f"({facts.licence_facts.url}). Page: <{facts.page}>."
    )


def _load(facts: Facts) -> str:
    form = facts.forms[0] if facts.forms else facts.order.forms[0]
    rows = [(f"`{one.value}`", str(FORMS[one].words), _rows_by_split(facts, one)) for one in facts.order.forms]
    return (
        "## How to load it\n\n```python\nfrom datasets import load_dataset\n\n"
        f'load_dataset("path/to/{facts.name}", "{form.value}")\n```\n\n'
        "Each form is a configuration of its own; all are made from the same messages.\n\n"
        + _table(("form", "what a row is", "rows"), rows)
    )


def _rows_by_split(facts: Facts, form: Form) -> str:
    told = (f"{file.split} {file.rows:,}" for file in facts.of_form(form, facts.best_packing))
    return ", ".join(told) or "none"


def _what(facts: Facts) -> str:
    chosen = "\n".join(f"- {sentence}" for sentence in facts.order_in_words)
    return (
        f"## What is in it\n\n{chosen}\n\nWhatever stands below a message that is left out is left out too. Ranks "
        "count from 0, the best, among the replies that are in this data set."
    )


def _numbers(facts: Facts) -> str:
    numbers, judged = facts.numbers, facts.numbers["judgements"]
    langs = [(row["lang"], f"{row['trees']:,}", f"{row['messages']:,}") for row in numbers["by_lang"]]
    states = [(row["state"], f"{row['trees']:,}") for row in numbers["by_state"]]
    splits = [(row["split"], f"{row['trees']:,}", f"{row['messages']:,}") for row in numbers["splits"]]
    roles = ", ".join(f"{row['messages']:,} by the {row['role']}" for row in numbers["by_role"])
    return (
        "## Figures\n\n"
        f"Messages: {roles}; {numbers['synthetic']:,} written by models; {numbers['imported']:,} from imports.\n\n"
        f"Single judgements of them: {judged['reviews']:,} reviews, {judged['ballots']:,} ballots, "
        f"{judged['skips']:,} skips, {judged['reactions']:,} reactions.\n\n"
        + _table(("language", "trees", "messages"), langs)
        + "\n\n"
        + _table(("split", "trees", "messages"), splits)
        + "\n\n"
        + _table(("state of the tree", "trees"), states)
    )


def _ids(_facts: Facts) -> str:
    return (
        "## Ids\n\nThe ids of messages, trees and people are pseudonyms made for this release alone: the same person "
        "has the same id in all files of it and another one in every other release. Don't try to find out who they "
        "are. A tree is called like its prompt."
    )


def _changes(facts: Facts) -> str:
    if not facts.older:
        return "## Since the last one\n\nThis is the first release."
    lists = "\n".join(f"- `{withdrawn_path(name)}`" for name in facts.older)
    words = "" if facts.changes is None else _changes_in_words(facts)
    return (
        f"## Since the last one\n\n{words}Authors may take messages back at any time. Who uses an older release: "
        f"please drop the messages listed here, under the ids they have there.\n\n{lists}"
    )


def _changes_in_words(facts: Facts) -> str:
    changes = facts.changes or {}
    return (
        f"Beside {changes['previous']}: {changes['trees_added']:,} trees more and {changes['trees_gone']:,} gone, "
        f"{changes['messages_added']:,} messages more, {changes['messages_gone']:,} gone "
        f"({changes['withdrawn']:,} of these taken back or deleted), {changes['messages_changed']:,} changed.\n\n"
    )


def _papers(_facts: Facts) -> str:
    return (
        "## Papers\n\n"
        f"`{DATASHEET}` answers how and why this was collected. `{MANIFEST}` has every file with its size and SHA-256, "
        f"the query, and the versions of policy, terms and program it was made with; `sha256sum --check {SUMS}` "
        f"checks a download. `{CROISSANT}` says the same to machines. `{CHANGES}` says what is new."
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return re.sub(r"[|\n]", " ", text)
