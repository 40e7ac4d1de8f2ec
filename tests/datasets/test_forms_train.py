"""The forms for trainers train a model as they are: TRL's own checks, and one real step of each trainer.

The model has one layer and is made here; nothing is fetched. Without TRL these tests are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from oa.datasets.actions.packing import Packing, packed_file
from oa.datasets.rules.forms import Form, columns_of
from tests.datasets.forms import conversations, dress, rows_of
from tests.datasets.hub import datasets

# What the libraries warn each other of is not ours to mend.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

FOR_TRAINERS = [Form.SFT, Form.SFT_BEST, Form.PROMPT_COMPLETION, Form.PREFERENCE, Form.KTO]
TEMPLATE = (
    "{% for m in messages %}<{{ m['role'] }}>{{ m['content'] }}</s>{% endfor %}"
    "{% if add_generation_prompt %}<assistant>{% endif %}"
)


@pytest.fixture(scope="module")
def libraries() -> Iterator[Any]:
    """TRL and what it stands on, imported only when one of these tests runs: it takes long."""
    why = "TRL is not installed: pip install -r requirements/trainers.txt"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CUDA_VISIBLE_DEVICES", "")
        trl = pytest.importorskip("trl", reason=why)
        yield SimpleNamespace(
            trl=trl, checks=pytest.importorskip("trl.data_utils", reason=why),
            transformers=pytest.importorskip("transformers", reason=why),
            tokenizers=pytest.importorskip("tokenizers", reason=why),
        )  # fmt: skip


@pytest.fixture
def loaded(tmp_path: Path) -> Any:
    """A form as whoever trains gets it: a Parquet file, loaded by `datasets`."""

    def load(form: Form) -> Any:
        path = tmp_path / f"{form}.parquet"
        with packed_file(path, Packing.PARQUET, columns_of(form, dress())) as file:
            for row in rows_of(form, conversations(), dress()):
                file.put(row)
        return datasets.load_dataset("parquet", data_files=str(path), split="train", cache_dir=str(tmp_path / "cache"))

    return load


def tokenizer(libraries: Any) -> Any:
    """One token a letter."""
    tokenizers = libraries.tokenizers
    tokens = ["<pad>", "</s>", "<unk>", *map(chr, range(32, 127))]
    made = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({token: place for place, token in enumerate(tokens)}, unk_token="<unk>")
    )
    made.pre_tokenizer = tokenizers.pre_tokenizers.Split("", "isolated")
    fast = libraries.transformers.PreTrainedTokenizerFast(
        tokenizer_object=made, pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    )
    fast.chat_template = TEMPLATE
    return fast


def model(libraries: Any, kind: str = "LlamaForCausalLM", **options: Any) -> Any:
    config = libraries.transformers.LlamaConfig(
        vocab_size=128, hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2,
        max_position_embeddings=512, pad_token_id=0, bos_token_id=1, eos_token_id=1, **options,
    )  # fmt: skip
    return getattr(libraries.transformers, kind)(config)


@pytest.mark.parametrize("form", FOR_TRAINERS)
def test_trl_takes_every_row_for_a_conversation(form: Form, libraries: Any, loaded: Any) -> None:
    rows = list(loaded(form))

    assert rows
    for row in rows:
        assert libraries.checks.is_conversational(row)
        applied = libraries.checks.maybe_apply_chat_template(row, tokenizer(libraries))
        texts = [applied[name] for name in ("text", "prompt", "completion", "chosen", "rejected") if name in applied]
        assert texts and all(isinstance(text, str) and text for text in texts)


def test_pairs_are_unpaired_into_twice_as_many_rows_half_of_them_good(libraries: Any, loaded: Any) -> None:
    pairs = loaded(Form.PREFERENCE).select_columns(["prompt", "chosen", "rejected"])

    single = libraries.checks.unpair_preference_dataset(pairs)

    assert single.num_rows == 2 * pairs.num_rows
    assert sum(single["label"]) == pairs.num_rows


@pytest.mark.parametrize(
    ("form", "trainer"),
    [
        (Form.SFT, "SFT"), (Form.SFT_BEST, "SFT"), (Form.PROMPT_COMPLETION, "SFT"), (Form.PREFERENCE, "DPO"),
        (Form.PREFERENCE, "Reward"), (Form.KTO, "KTO"),
    ],
)  # fmt: skip
def test_a_model_is_trained_one_step(form: Form, trainer: str, libraries: Any, loaded: Any, tmp_path: Path) -> None:
    options = getattr(libraries.trl, f"{trainer}Config")(
        output_dir=str(tmp_path / "out"), max_steps=1, per_device_train_batch_size=2, max_length=512,
        report_to=[], use_cpu=True, save_strategy="no", disable_tqdm=True,
    )  # fmt: skip
    learns = (
        model(libraries, "LlamaForSequenceClassification", num_labels=1) if trainer == "Reward" else model(libraries)
    )
    beside = {"ref_model": model(libraries)} if trainer in ("DPO", "KTO") else {}

    done = getattr(libraries.trl, f"{trainer}Trainer")(
        model=learns, args=options, train_dataset=loaded(form), processing_class=tokenizer(libraries), **beside
    ).train()

    assert done.global_step == 1
    assert 0 < done.training_loss < 10
