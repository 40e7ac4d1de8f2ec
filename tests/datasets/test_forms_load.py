"""Every form in every packing is loaded by `datasets`, as written, and says the same as our rows."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from oa.datasets.actions.packing import Packing, packed_file
from oa.datasets.rules.conversations import Conversation
from oa.datasets.rules.forms import Dress, Form, Row, columns_of, feature_list_of, features_of
from tests.datasets.files import OASST2, real, without_nulls
from tests.datasets.forms import conversations, dress, rows_of
from tests.datasets.hub import datasets

EVERY_FORM = pytest.mark.parametrize("form", list(Form))
EVERY_PACKING = pytest.mark.parametrize("packing", list(Packing))
# Objects of no fixed shape go through a JSON library that keeps ten digits.
DIGITS = 1e-9


def write(folder: Path, form: Form, packing: Packing, *, times: int = 1) -> Path:
    path = folder / f"{form}.{packing}"
    with packed_file(path, packing, columns_of(form, dress())) as file:
        for _time in range(times):
            for row in rows_of(form, conversations(), dress()):
                file.put(row)
    return path


def load(path: Path, **options: Any) -> Any:
    kind = "parquet" if path.suffix == ".parquet" else "json"
    cache = str(path.parent / "cache")
    return datasets.load_dataset(kind, data_files=str(path), split="train", cache_dir=cache, **options)


def features(form: Form) -> Any:
    return datasets.Features.from_dict(features_of(columns_of(form, dress())))


def alike(mine: Any, theirs: Any) -> bool:
    """The same but for nulls, and for what the eleventh digit makes of a number."""
    if isinstance(mine, Mapping):
        mine, theirs = ({k: v for k, v in side.items() if v is not None} for side in (mine, theirs))
        return mine.keys() == theirs.keys() and all(alike(mine[name], theirs[name]) for name in mine)
    if isinstance(mine, list):
        return len(mine) == len(theirs) and all(map(alike, mine, theirs))
    return bool(abs(mine - theirs) < DIGITS) if isinstance(mine, float) else bool(mine == theirs)


@EVERY_FORM
@EVERY_PACKING
def test_every_form_in_every_packing_is_loaded_as_written(form: Form, packing: Packing, tmp_path: Path) -> None:
    path = write(tmp_path, form, packing)

    loaded = load(path, features=features(form)) if packing is not Packing.PARQUET else load(path)

    assert loaded.features == features(form)
    assert alike(list(rows_of(form, conversations(), dress())), list(loaded))


@EVERY_FORM
def test_small_files_need_no_features(form: Form, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, form, Packing.JSONL))

    assert loaded.num_rows == len(list(rows_of(form, conversations(), dress())))


@EVERY_FORM
def test_with_features_no_piece_of_a_file_has_to_be_like_the_first(form: Form, tmp_path: Path) -> None:
    """`datasets` reads JSON piece by piece, and settles what a column is by the first: here by one tree alone."""
    path = write(tmp_path, form, Packing.JSONL, times=40)

    loaded = load(path, features=features(form), chunksize=1500)

    assert loaded.num_rows == 40 * len(list(rows_of(form, conversations(), dress())))


def test_without_features_a_column_that_begins_with_nulls_is_not_loaded(tmp_path: Path) -> None:
    """Why cards name the features: else this would be their readers' trouble, in files of more than 10 MB."""
    path = tmp_path / "rows.jsonl"
    rows: list[Row] = [{"quality": None, "text": "x" * 50}] * 100 + [{"quality": 0.5, "text": "x" * 50}] * 100
    with packed_file(path, Packing.JSONL, {}) as file:
        for row in rows:
            file.put(row)

    with pytest.raises(datasets.exceptions.DatasetGenerationError):
        load(path, chunksize=1500)


@pytest.mark.parametrize("form", [Form.HF, Form.SFT, Form.PREFERENCE, Form.RANKED, Form.KTO, Form.TOXICITY])
def test_numbers_in_columns_of_their_own_come_back_to_the_last_digit(form: Form, tmp_path: Path) -> None:
    loaded = load(write(tmp_path, form, Packing.JSONL_GZ), features=features(form))

    assert [without_nulls(row) for row in loaded] == [
        without_nulls(row) for row in rows_of(form, conversations(), dress())
    ]


@EVERY_PACKING
def test_a_folder_with_a_card_that_names_the_features_is_loaded_by_its_name(packing: Packing, tmp_path: Path) -> None:
    for form in Form:
        write(tmp_path, form, packing)
    head = {
        "configs": [
            {"config_name": form.value, "data_files": [{"split": "train", "path": f"{form}.{packing}"}]}
            for form in Form
        ],
        "dataset_info": [
            {"config_name": form.value, "features": feature_list_of(columns_of(form, dress()))} for form in Form
        ],
    }
    (tmp_path / "README.md").write_text(f"---\n{yaml.safe_dump(head, sort_keys=False)}---\n# A data set\n")

    for form in Form:
        loaded = datasets.load_dataset(str(tmp_path), form.value, split="train", cache_dir=str(tmp_path / "cache"))
        assert loaded.features == features(form)
        assert loaded.num_rows == len(list(rows_of(form, conversations(), dress())))


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.JUDGEMENTS])
def test_real_trees_are_loaded_too(form: Form, tmp_path: Path) -> None:
    trees = real_trees(tmp_path)
    plain = Dress(name_of=str)
    columns = columns_of(form, plain)
    for packing in (Packing.JSONL_GZ, Packing.PARQUET):
        path = tmp_path / f"{form}.{packing}"
        with packed_file(path, packing, columns) as file:
            for row in rows_of(form, trees, plain):
                file.put(row)

        wanted = datasets.Features.from_dict(features_of(columns))
        loaded = load(path, features=wanted) if packing is Packing.JSONL_GZ else load(path)

        assert alike(list(rows_of(form, trees, plain)), list(loaded))


def real_trees(folder: Path) -> list[Conversation]:
    path = folder / "trees.jsonl"
    path.write_bytes(gzip.decompress(real(OASST2).read_bytes()))
    return conversations(path)
