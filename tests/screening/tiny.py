"""A tiny real checkpoint in Detoxify's own format: nothing is downloaded, and Detoxify's own loader reads it."""

from __future__ import annotations

import json
from pathlib import Path

from oa.screening.rules import SCORES

WORDS = "you are a wonderful stupid idiot friend thank hate love kill the cake recipe please how do i bake".split()


def make_checkpoint(folder: Path) -> tuple[Path, Path]:
    """Write a BERT of a few thousand random weights; returns the checkpoint and its configuration's folder."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification

    config_folder = folder / "config"
    config_folder.mkdir()
    vocabulary = {word: place for place, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.save(str(config_folder / "tokenizer.json"))
    described = {"tokenizer_class": "BertTokenizer", "model_max_length": 64, "pad_token": "[PAD]"}
    (config_folder / "tokenizer_config.json").write_text(json.dumps(described))

    torch.manual_seed(1)
    shape = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=64,
    )  # fmt: skip
    shape.num_labels = len(SCORES)
    shape.save_pretrained(config_folder)
    weights = BertForSequenceClassification(shape).state_dict()
    arguments = {
        "model_type": str(config_folder),
        "model_name": "BertForSequenceClassification",
        "tokenizer_name": "BertTokenizer",
        "num_classes": len(SCORES),
    }
    config = {"arch": {"type": "ToxicClassifier", "args": arguments}, "dataset": {"args": {"classes": list(SCORES)}}}
    checkpoint = folder / "tiny.ckpt"
    torch.save({"config": config, "state_dict": weights}, checkpoint)
    return checkpoint, config_folder
