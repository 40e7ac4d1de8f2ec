"""What this project has promised itself about its own code, beyond what ruff, mypy and import-linter see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from oa.celery import app as celery

PROJECT = Path(__file__).resolve().parent.parent
OA = PROJECT / "oa"
TOOLBOXES = {"core", "embedded"}  # not a stage of the work, so free in their file names
APPS = sorted(
    Path(config.path)
    for config in apps.get_app_configs()
    if config.name.startswith("oa.") and config.label not in TOOLBOXES
)
VOCABULARY = {
    "__init__",
    "actions",
    "admin",
    "apps",
    "jobs",
    "management",
    "migrations",
    "models",
    "promises",
    "rules",
    "serializers",
    "urls",
    "views",
}
FILE_LIMIT = 400
JOB_LIMIT = 10
# What rules may take from Django: words, and names for choices.
DJANGO_IN_RULES = {
    "django.db.models": {"IntegerChoices", "TextChoices"},
    "django.utils.formats": {"date_format"},  # a day in the reader's language is words too
    "django.utils.translation": {"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"},
}
READS_ENVIRONMENT = {"env_bool", "env_int", "env_list", "env_secret", "env_str"}
# Set by us for our own processes, or by tools; nobody who runs a site writes them.
NOT_FOR_OPERATORS = {
    "HF_HUB_OFFLINE",
    "DJANGO_SETTINGS_MODULE",
    "OA_EMBEDDED_DURABLE",
    "OA_SUPERVISED",
    "PYTEST_XDIST_WORKER",
    "PATH",
}


def python_files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def where(path: Path, node: ast.stmt | ast.expr) -> str:
    return f"{path.relative_to(PROJECT)}:{node.lineno}"


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_an_app_uses_the_common_file_names_and_no_others(app: Path) -> None:
    found = {
        path.stem
        for path in app.iterdir()
        if path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py")) and path.name != "__pycache__")
    }

    assert found <= VOCABULARY, f"{app.name} has {sorted(found - VOCABULARY)}"


def test_no_file_is_longer_than_a_reader_stays_awake() -> None:
    lengths = {
        str(path.relative_to(PROJECT)): path.read_text().count("\n")
        for path in python_files(OA) + python_files(PROJECT / "tests")
    }

    assert {path: lines for path, lines in lengths.items() if lines > FILE_LIMIT} == {}


def test_beat_names_jobs_that_exist() -> None:
    celery.autodiscover_tasks(related_name="jobs", force=True)

    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert named <= set(celery.tasks)


def jobs() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in (path for app in APPS for path in [*app.glob("jobs.py"), *app.glob("jobs/*.py")]):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef) and any("shared_task" in ast.unparse(d) for d in node.decorator_list):
                yield path, node


def test_jobs_are_thin() -> None:
    fat = [where(path, job) for path, job in jobs() if (job.end_lineno or 0) - job.lineno + 1 > JOB_LIMIT]

    assert fat == []


def writes_of_state(path: Path) -> Iterator[ast.stmt | ast.expr]:
    """`tree.state = …`, `.update(state=…)` and `bulk_update(…, ["state"])`."""
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Assign(targets=targets) if any(_is_state(target) for target in targets):
                yield node
            case ast.Call(func=ast.Attribute(attr="update"), keywords=words) if any(w.arg == "state" for w in words):
                yield node
            case ast.Call(func=ast.Attribute(attr="bulk_update")) if "'state'" in ast.unparse(node):
                yield node


def _is_state(target: ast.expr) -> bool:
    return isinstance(target, ast.Attribute) and target.attr == "state"


# Batches of decisions, each message in them, imports and releases have states too: they are written here.
OTHER_STATES = {
    OA / "moderation" / "actions" / "batches.py",
    OA / "datasets" / "actions" / "releasing" / "moving.py",
    OA / "datasets" / "actions" / "uploading.py",
}


def test_the_state_of_a_tree_is_written_in_one_place() -> None:
    elsewhere = [
        where(path, node)
        for app in APPS
        for path in python_files(app)
        if not path.is_relative_to(OA / "trees" / "actions") and path not in OTHER_STATES
        for node in writes_of_state(path)
    ]

    assert elsewhere == []


def imports_of(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "*") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def test_rules_ask_django_for_nothing_but_words_and_choices() -> None:
    too_much = [
        f"{path.relative_to(PROJECT)} imports {name} of {module}"
        for app in APPS
        for path in [*app.glob("rules.py"), *app.glob("rules/*.py")]
        for module, name in imports_of(path)
        if module.split(".")[0] in {"django", "rest_framework", "celery", "redis", "psycopg"}
        and name not in DJANGO_IN_RULES.get(module, set())
    ]

    assert too_much == []


def test_nothing_is_swallowed() -> None:
    broad = [
        where(path, node.type or node.body[0])
        for path in python_files(OA)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not isinstance(node.body[-1], ast.Raise)
    ]

    assert broad == []


def variables_read(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(variable)), *_]) if (
                name in READS_ENVIRONMENT
            ):
                yield variable
            case ast.Call(func=function, args=[ast.Constant(value=str(variable)), *_]) if ast.unparse(function) in {
                "os.environ.get",
                "os.environ.setdefault",
                "os.getenv",
            }:
                yield variable
            case ast.Subscript(value=value, slice=ast.Constant(value=str(variable))) if (
                ast.unparse(value) == "os.environ"
            ):
                yield variable


def test_the_example_of_the_environment_is_complete() -> None:
    read = {variable for path in python_files(OA) for variable in variables_read(path)} - NOT_FOR_OPERATORS

    example = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))

    assert sorted(read - example) == [], "read, but not in .env.example"


def test_the_example_of_the_environment_names_nothing_that_nobody_reads() -> None:
    places = [*python_files(OA), PROJECT / "docker-compose.yml", PROJECT / "Makefile", PROJECT / "Dockerfile"]
    text = "\n".join(path.read_text() for path in places)

    example = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))

    assert sorted(name for name in example if name.removesuffix("_FILE") not in text) == []
