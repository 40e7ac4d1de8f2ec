"""Conversations of other projects become trees: those that begin alike are one, wherever they came from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from oa.datasets.actions import Fate, Report, import_here
from oa.datasets.models import ImportedTree, ImportRun
from oa.datasets.rules.foreign import Foreign
from oa.datasets.rules.states import Into
from oa.datasets.rules.wishes import Wish
from oa.tasks.models import LanguageDesk, Task
from oa.tasks.rules import Kind, Status
from oa.trees.models import Message, Tree
from oa.trees.rules import Role, State
from tests import builders
from tests.datasets.files import Row, exported, real, take, write

pytestmark = pytest.mark.django_db

WHY = "Why is the sky blue, and not green or yellow?"
HOW = "How do birds find their way over the sea at night?"


def talk(*texts: str, **fields: Any) -> Row:
    who = ("human", "gpt")
    return {"conversations": [{"from": who[n % 2], "value": text} for n, text in enumerate(texts)], **fields}


def shape() -> list[tuple[int, str, bool]]:
    rows = Message.objects.order_by("tree_id", "depth", "text")
    return list(rows.values_list("depth", "text", "synthetic"))


def sound() -> None:
    assert builders.broken_promises() == []


def codes(report: Report) -> list[tuple[int, str]]:
    return [(refused.line, refused.code) for refused in report.refused]


def test_conversations_with_one_beginning_are_one_tree(tmp_path: Path) -> None:
    path = write(tmp_path / "talks", [talk(WHY, "B"), talk(WHY, "A", "Really?", "Yes."), talk(WHY, "A", "No?", "No.")])

    report = take(path, model_name="parrot-1", licence="CC0")

    assert (report.trees, report.joined, report.messages) == ({Fate.TAKEN: 1}, 2, 7)
    tree = Tree.objects.get()
    assert (tree.state, tree.archived, tree.lang) == (State.BACKLOG_RANKING, True, "en")
    assert shape() == [
        (0, WHY, False), (1, "A", True), (1, "B", True), (2, "No?", False), (2, "Really?", False),
        (3, "No.", True), (3, "Yes.", True),
    ]  # fmt: skip
    assert [reply["text"] for reply in exported(tmp_path)[0]["prompt"]["replies"]] == ["B", "A"]
    machine = Message.objects.filter(role=Role.ASSISTANT).values_list("model_name", flat=True)
    assert set(machine) == {"parrot-1"}
    sound()


def test_the_same_file_again_changes_nothing_nor_does_another_order(tmp_path: Path) -> None:
    rows = [talk(WHY, "A"), talk(HOW, "B"), talk(WHY, "C")]
    take(write(tmp_path / "talks", rows))
    before = set(Message.objects.values_list("pk", flat=True))

    again = take(write(tmp_path / "again", rows[::-1]))

    assert again.trees == {Fate.THERE: 2}
    assert set(Message.objects.values_list("pk", flat=True)) == before


def test_a_second_file_adds_its_replies_to_an_archived_tree(tmp_path: Path) -> None:
    take(write(tmp_path / "one", [talk(WHY, "A", "Really?")]), model_name="one")

    report = take(write(tmp_path / "two", [talk(WHY, "B"), talk(WHY, "A", "Sure?")]), model_name="two")

    assert (report.trees, report.messages) == ({Fate.JOINED: 1}, 2)
    prompt, first, second = Message.objects.filter(depth__lt=2).order_by("depth", "text")
    assert (prompt.children_count, first.children_count, second.model_name) == (2, 2, "two")
    assert len(exported(tmp_path)[0]["prompt"]["replies"]) == 2
    sound()


def test_a_tree_that_people_work_on_gets_nothing_from_a_file(tmp_path: Path) -> None:
    take(write(tmp_path / "one", [talk(WHY, "A")]), live=True)

    report = take(write(tmp_path / "two", [talk(WHY, "B")]))

    assert codes(report) == [(1, "tree_at_work")]
    assert Message.objects.count() == 2
    sound()


def test_a_tree_has_one_licence(tmp_path: Path) -> None:
    for licence, reply in (("CC0", "A"), ("MIT", "B"), ("CC0", "C")):
        wish = Wish(licence=licence, origin=licence)
        report = import_here(write(tmp_path / licence, [talk(WHY, reply)]), wish, clock=timezone.now)
        assert codes(report) == ([(1, "other_licence")] if licence == "MIT" else [])

    brought = ImportedTree.objects.select_related("run", "tree").get()
    assert (brought.run.licence, brought.tree.origin) == ("CC0", "CC0")
    assert set(Message.objects.values_list("text", flat=True)) == {WHY, "A", "C"}


def test_an_import_of_a_terminal_is_a_row_that_says_what_came(tmp_path: Path) -> None:
    ada = builders.admin()
    path = write(tmp_path / "talks", [talk(WHY, "A"), "rubbish"])

    import_here(path, Wish(origin="here", model_name="parrot"), clock=timezone.now, by=ada)

    run = ImportRun.objects.get()
    assert (run.state, run.by, run.name, run.report["trees"]["taken"]) == ("done", ada, "talks", 1)
    assert list(run.problems.values_list("line", "code")) == [(2, "bad_json")]
    assert ImportedTree.objects.get().run == run


def test_prompts_come_into_review_with_seats_for_reviewers(tmp_path: Path) -> None:
    report = take(write(tmp_path / "talks", [talk(WHY, "A"), talk(HOW)]), into=Into.REVIEW)

    assert report.trees == {Fate.TAKEN: 2}
    assert set(Tree.objects.values_list("state", "archived")) == {(State.INITIAL_PROMPT_REVIEW, False)}
    assert not Message.objects.exclude(depth=0, review_result=None, author=None).exists()
    assert Task.objects.filter(kind=Kind.LABEL_INITIAL_PROMPT, status=Status.OPEN).count() == 6
    assert LanguageDesk.objects.filter(lang="en").exists()
    sound()


def test_imported_prompts_can_be_reviewed_and_drawn(tmp_path: Path) -> None:
    take(write(tmp_path / "talks", [talk(WHY)]), into=Into.REVIEW)

    builders.review_to_end(Message.objects.get())

    assert Tree.objects.get().state == State.PROMPT_LOTTERY_WAITING
    sound()


def test_accepted_prompts_wait_for_the_lottery(tmp_path: Path) -> None:
    take(write(tmp_path / "prompts", [{"prompt": WHY}, {"prompt": HOW}]), into=Into.LOTTERY)

    assert set(Tree.objects.values_list("state", "archived")) == {(State.PROMPT_LOTTERY_WAITING, False)}
    sound()


def test_replies_wait_for_their_ranking_in_the_backlog(tmp_path: Path) -> None:
    report = take(write(tmp_path / "talks", [talk(WHY, "A"), talk(WHY, "B"), talk(HOW, "C")]), into=Into.RANKING)

    assert (report.trees, codes(report)) == ({Fate.TAKEN: 1}, [(3, "nothing_to_rank")])
    assert list(Tree.objects.values_list("state", "archived")) == [(State.BACKLOG_RANKING, False)]
    sound()


def test_live_trees_have_their_synthetic_replies_reviewed(tmp_path: Path) -> None:
    take(write(tmp_path / "talks", [talk(WHY, "A")]), into=Into.LIVE)

    assert Tree.objects.get().state == State.GROWING
    assert Task.objects.filter(kind=Kind.LABEL_ASSISTANT_REPLY, status=Status.OPEN).count() == 3
    sound()


def test_a_prompt_without_an_answer_is_sent_where_prompts_go(tmp_path: Path) -> None:
    assert codes(take(write(tmp_path / "talks", [talk(WHY)]))) == [(1, "no_answer")]
    assert codes(take(write(tmp_path / "list", [WHY]))) == [(1, "only_prompts")]


def test_trees_of_oasst_have_states_of_their_own(tmp_path: Path) -> None:
    row = {"message_tree_id": "a", "tree_state": "growing", "prompt": {}}

    assert codes(take(write(tmp_path / "trees", [row, row]), into=Into.REVIEW)) == [(1, "wrong_place")]


def test_system_texts_stand_before_the_prompt_or_are_left_out(tmp_path: Path) -> None:
    row = {"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": WHY},
                        {"role": "assistant", "content": "A"}]}  # fmt: skip
    path = write(tmp_path / "rows", [row])

    take(path)
    assert Message.objects.filter(depth=0).get().text == f"Be kind.\n\n{WHY}"
    report = take(path, into=Into.REVIEW)
    assert report.notes["system texts left out"] == 1
    assert Message.objects.filter(text=WHY).exists()


def test_the_language_is_told_by_the_text_the_row_or_the_person(tmp_path: Path) -> None:
    rows = [
        talk(WHY, "A"), talk("天空为什么是蓝色的，而不是绿色或者黄色的呢？", "因为光。"), talk("Hm?", "Ja.", lang="de"),
        talk("Hm?", "Hm."),
    ]  # fmt: skip
    path = write(tmp_path / "talks", rows)

    report = take(path)

    assert codes(report) == [(4, "language_unsure")]
    assert sorted(Tree.objects.values_list("lang", flat=True)) == ["de", "en", "zh"]
    assert take(path, lang="sv").langs == {"sv": 1}


def test_the_language_of_a_short_prompt_is_that_of_its_answers(tmp_path: Path) -> None:
    answers = ["Das Licht der Sonne wird in der Luft gestreut, das blaue am meisten.", "Ja."]

    assert take(write(tmp_path / "talks", [talk("Blau?", reply) for reply in answers])).langs == {"de": 1}


def test_prompts_are_lines_or_blocks_or_cells_of_a_table(tmp_path: Path) -> None:
    lines = f"{WHY}\n\n{HOW}\n"
    blocks = f"{WHY}\nTell me all.\n\n{HOW}\n"
    table = f'id,prompt,lang\n1,"{WHY}\nTell me, please, all.",en\n2,{HOW},en\n'
    found = {}
    for name, text in (("lines", lines), ("blocks", blocks), ("table", table)):
        (tmp_path / name).write_text(text)
        report = take(tmp_path / name, into=Into.REVIEW, dry_run=True)
        found[name] = (report.trees.total(), report.characters, codes(report))

    assert found["lines"] == (2, len(WHY) + len(HOW), [])
    assert found["blocks"] == (2, len(f"{WHY}\nTell me all.") + len(HOW), [])
    assert found["table"] == (2, len(f"{WHY}\nTell me, please, all.") + len(HOW), [])


def test_a_column_and_a_form_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "table").write_text(f"number;frage\n1;{WHY}\n")
    (tmp_path / "text").write_text(f"{WHY}\n{HOW}\n\nAnother one that is quite short.\n")

    assert take(tmp_path / "table", into=Into.REVIEW, column="Frage").characters == len(WHY)
    assert take(tmp_path / "text", into=Into.REVIEW, form=Foreign.BLOCKS, dry_run=True).trees.total() == 2
    assert take(tmp_path / "text", into=Into.REVIEW, form=Foreign.LINES, dry_run=True).trees.total() == 3


def test_real_conversations_become_trees_that_share_their_beginnings() -> None:
    report = take(real("sharegpt_sample.json"), licence="Apache-2.0", model_name="vicuna")

    assert (report.refused, report.trees.total()) == ([], 20)
    assert report.trees.total() + report.joined + report.repeated == 120
    assert take(real("sharegpt_sample.json"), licence="Apache-2.0").trees == {Fate.THERE: 20}
    sound()


def test_real_seed_tasks_become_prompts_for_review() -> None:
    report = take(real("alpaca_seed_tasks.jsonl"), into=Into.REVIEW, lang="en", dry_run=True)

    assert (report.refused, report.trees) == ([], {Fate.TAKEN: 175})
