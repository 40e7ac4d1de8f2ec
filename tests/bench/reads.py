"""What people look at: boards, a large tree, the search, the work there is, what they did themselves.

One busy person reads, page after page, so that the times are those of the site and not of a queue.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import quote
from uuid import UUID

from tests.bench.driver.run import Run
from tests.bench.driver.site import Failed
from tests.bench.figures import Figure, Goal

MESSAGES, BRANCHES = 300, 3
SEARCHES = 24
PAGES = {
    "board_of_all_time": "/api/v1/community/boards?period=all",
    "board_of_the_month": "/api/v1/community/boards?period=month",
    "board_of_the_day": "/api/v1/community/boards?period=day",
    "tasks_available": "/api/v1/tasks/available",
    "own_tasks": "/api/v1/tasks",
    "own_contributions": "/api/v1/me/contributions",
    "own_messages": "/api/v1/me/messages",
    "own_points": "/api/v1/me/points",
    "newest_trees": "/api/v1/trees",
    "figures_of_the_site": "/api/v1/stats",
}
THEIRS = {"board_of_all_time": "18,000"}
SEARCH, TREE = "search", f"tree_of_{MESSAGES}_messages"
PAGE_SECONDS, SEARCH_SECONDS = 1.0, 0.5  # for each


def measure(run: Run) -> Iterator[Figure]:
    site = run.site
    run.tell(f"a tree of {MESSAGES} messages")
    tree = _plant(run)
    site.sign_in(1, busiest=True)
    searches = [(SEARCH, f"/api/v1/messages?search={quote(words)}") for words in _words(run)]
    with site.open(web=run.web) as house:
        run.tell("pages")
        pages = [*PAGES.items(), (TREE, f"/api/v1/trees/{tree}")]
        yield from _told(site.asking(house.url, pages, readers=1, seconds=PAGE_SECONDS * len(pages)), run)
        run.tell("search")
        yield from _told(site.asking(house.url, searches, readers=1, seconds=SEARCH_SECONDS * SEARCHES), run)


def _told(said: dict[str, Any], run: Run) -> Iterator[Figure]:
    if said["refused"]:
        raise Failed(f"Pages were refused: {said['refused']}")
    goals = {
        ("board_of_all_time", "median"): Goal(f"{run.size}: board of all time", most=20),
        (TREE, "p95"): Goal(f"{run.size}: page of a tree of {MESSAGES} messages", most=100),
        (SEARCH, "p95"): Goal(f"{run.size}: search in all messages, p95", most=100),
    }
    for page, times in said["kinds"].items():
        for name in ("median", "p95"):
            theirs = THEIRS.get(page, "") if run.is_oasst and name == "median" else ""
            beside = f"{times['n']} times, {said['bytes'][page] / 1e3:,.1f} kB" if name == "median" else ""
            yield Figure(page, times[name], "ms", beside, case=name, theirs=theirs, goal=goals.get((page, name)))


def _words(run: Run) -> list[str]:
    """What is looked for: words that are in the texts, as common and as rare as they come; every third time a pair."""
    dice = Random(5)
    with run.site.connect() as site:
        texts = [row[0] for row in site.execute("SELECT text FROM trees_message ORDER BY md5(id::text) LIMIT 200")]
    words = [word for text in texts for word in text.split() if word.isalpha() and len(word) > 3]
    return [" ".join(dice.sample(words, 2 if turn % 3 == 2 else 1)) for turn in range(SEARCHES)]


def _plant(run: Run) -> str:
    """A tree of many messages, imported into the archive: the site itself grows none so large. Its id here."""
    messages = [_message(number) for number in range(MESSAGES)]
    for number, message in reversed(list(enumerate(messages))[1:]):
        above = messages[(number - 1) // BRANCHES]
        above["replies"].append({**message, "parent_id": above["message_id"]})
    prompt = messages[0]
    row = {"message_tree_id": prompt["message_id"], "tree_state": "ready_for_export", "prompt": prompt}
    file = run.site.site.folder / "planted.trees.jsonl"
    file.write_text(json.dumps(row) + "\n")
    run.site.manage("import_dataset", "--quiet", str(file))
    with run.site.connect() as site:
        found = site.execute("SELECT tree_id FROM trees_message WHERE text = %s", [prompt["text"]]).fetchone()
    assert found
    return str(found[0])


def _message(number: int) -> dict[str, Any]:
    """One of a tree in which each message has three replies: its depth follows from its number."""
    depth, first = 0, 0
    while number > first:
        depth, first = depth + 1, first * BRANCHES + BRANCHES
    role = "assistant" if depth % 2 else "prompter"
    own = {"message_id": str(UUID(int=number + 1)), "text": f"The planted {role} {number} " + "goes on " * (30 + depth)}
    rest = {"role": role, "lang": "en", "review_count": 3, "review_result": True, "deleted": False}
    return {**own, **rest, "synthetic": False, "created_date": "2023-02-12T19:06:16+00:00", "replies": []}
