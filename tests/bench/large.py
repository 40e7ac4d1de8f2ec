"""A Detoxify checkpoint of the real size: XLM-RoBERTa base with random weights, and texts to ask it about.

Random weights compute at the speed of trained ones. For the scores to mean something to compare, the classifier reads
the two directions in which the model's features differ most from text to text, in seven mixtures, as that of a trained
model reads a few strong ones (its seven labels go together); and it is scaled so that the scores spread out.
"""

from __future__ import annotations

import gzip
import json
import math
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from oa.screening.rules.toxicity import SCORES, is_supported
from tests.screening.sentences import given

DATA = Path(os.environ.get("OA_SHARED_DATA") or "../shared/data")
SAMPLES = ("oasst2_sample.trees.jsonl.gz", "oasst1_sample.messages.jsonl.gz")
# About one token for four characters of English, as XLM-RoBERTa's own tokenizer has it.
TOKENIZER_WORDS = 8000
VOCABULARY, LONGEST = 250_002, 512
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
# Lengths of texts in characters where there is no sample: those of the samples, roughly.
MEDIAN, SIGMA, MOST = 220, 1.45, 10_000
SPREAD, MIDDLE = 2.0, -2.0


def texts_of_people(count: int) -> tuple[list[str], str]:
    """Texts in languages that Detoxify knows, drawn with a fixed seed, and in words where they come from."""
    rng = Random(7)
    if all((DATA / name).is_file() for name in SAMPLES):
        found = [text for name in SAMPLES for text in _in(DATA / name)]
        return rng.sample(found, count), "texts of the oasst samples"
    words = [word for sentence, _scores in given() for word in sentence.split()]
    lengths = [min(MOST, round(rng.lognormvariate(math.log(MEDIAN), SIGMA))) for _ in range(count)]
    made = [" ".join(rng.choices(words, k=max(1, length // 6))) for length in lengths]
    return made, f"made texts, lengths log-normal around {MEDIAN} characters"


def _in(path: Path) -> Iterator[str]:
    def walk(message: dict[str, Any]) -> Iterator[str]:
        if is_supported(message["lang"]):
            yield message["text"]
        for reply in message.get("replies", ()):
            yield from walk(reply)

    with gzip.open(path, "rt") as lines:
        for line in lines:
            read = json.loads(line)
            yield from walk(read.get("prompt", read))


def make_checkpoint(folder: Path, texts: list[str]) -> tuple[Path, Path]:
    """Write 1.1 GB; returns the checkpoint and the folder of its configuration."""
    import torch
    from transformers import XLMRobertaConfig, XLMRobertaForSequenceClassification, XLMRobertaTokenizer

    config_folder = folder / "config"
    config_folder.mkdir(parents=True)
    _write_tokenizer(config_folder, texts)
    torch.manual_seed(1)
    config = XLMRobertaConfig(
        vocab_size=VOCABULARY, hidden_size=768, num_hidden_layers=12, num_attention_heads=12, intermediate_size=3072,
        max_position_embeddings=LONGEST + 2, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1, bos_token_id=0,
        eos_token_id=2, num_labels=len(SCORES),
    )  # fmt: skip
    config.save_pretrained(config_folder)
    model = XLMRobertaForSequenceClassification(config).eval()
    _spread_scores(model, XLMRobertaTokenizer.from_pretrained(config_folder), texts[:64])
    arguments = {
        "model_type": str(config_folder),
        "model_name": "XLMRobertaForSequenceClassification",
        "tokenizer_name": "XLMRobertaTokenizer",
        "num_classes": len(SCORES),
    }
    described = {"arch": {"type": "ToxicClassifier", "args": arguments}, "dataset": {"args": {"classes": list(SCORES)}}}
    checkpoint = folder / "large.ckpt"
    torch.save({"config": described, "state_dict": model.state_dict()}, checkpoint)
    return checkpoint, config_folder


def _write_tokenizer(folder: Path, texts: list[str]) -> None:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=TOKENIZER_WORDS, special_tokens=SPECIAL, unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), trim_offsets=False)
    tokenizer.save(str(folder / "tokenizer.json"))
    described = {"model_max_length": LONGEST, "tokenizer_class": "XLMRobertaTokenizer", "pad_token": "<pad>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(described))


def _spread_scores(model: Any, tokenizer: Any, texts: list[str]) -> None:
    import torch

    with torch.inference_mode():
        read = [tokenizer(text, truncation=True, max_length=128, return_tensors="pt") for text in texts]
        features = torch.cat([model.base_model(**one).last_hidden_state[:, 0] for one in read])
    middle = features.mean(0)
    _, _, directions = torch.linalg.svd(features - middle, full_matrices=False)
    head, small = model.classifier, 0.1  # where the head's tanh is nearly straight
    with torch.no_grad():
        for parameter in head.parameters():
            parameter.zero_()
        for place in range(len(SCORES)):
            turn = place * math.pi / 3 / len(SCORES)
            direction = math.cos(turn) * directions[0] + math.sin(turn) * directions[1]
            direction /= (features @ direction).std()
            head.dense.weight[place] = small * direction
            head.dense.bias[place] = -small * (middle @ direction)
            head.out_proj.weight[place, place] = SPREAD / small
            head.out_proj.bias[place] = MIDDLE
