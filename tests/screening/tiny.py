"""A tiny real checkpoint in Detoxify's own format: trained in seconds, nothing is downloaded, Detoxify's own loader
reads it. `make tiny` makes one to run a site with."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from oa.embedded.places import PROJECT
from oa.screening.rules import SCORES
from tests.screening.sentences import GIVEN

BERT, XLM_ROBERTA = "BertForSequenceClassification", "XLMRobertaForSequenceClassification"
TOKENS = 512
SPECIAL = {BERT: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], XLM_ROBERTA: ["<s>", "<pad>", "</s>", "<unk>"]}
WORDS = 4000
STEPS, AT_ONCE = 200, 32
GROUPS = [[(line, scores) for line in lines.strip().splitlines()] for lines, scores in GIVEN]
SENTENCES = [pair for group in GROUPS for pair in group]
DEMO = PROJECT / "oa" / "datasets" / "demo" / "corpus.trees.jsonl"


def _accepted(message: dict[str, Any]) -> Iterator[str]:
    """What reviewers accepted of a conversation of the demo corpus, in runs of a dozen words."""
    if message.get("review_result") and not message.get("deleted"):
        words = message["text"].split()
        yield from (" ".join(words[start : start + 12]) for start in range(0, len(words), 12))
    for reply in message["replies"]:
        yield from _accepted(reply)


# What people write when they are not asked to be rude: nothing of it is in the sentences.
ORDINARY = [run for line in DEMO.read_text().splitlines() for run in _accepted(json.loads(line)["prompt"])]


def make_checkpoint(folder: Path, shape: str = BERT) -> tuple[Path, Path]:
    """Train a model of a hundred thousand weights; returns the checkpoint and its configuration's folder."""
    import torch
    import transformers

    config_folder = folder / "config"
    config_folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _bert_tokenizer() if shape == BERT else _xlm_tokenizer()
    tokenizer.save(str(config_folder / "tokenizer.json"))
    _describe_tokenizer(config_folder, shape)
    torch.manual_seed(1)
    model = _model(shape, vocabulary=tokenizer.get_vocab_size())
    model.config.save_pretrained(config_folder)
    # As Detoxify will read it, which is not quite as it was trained.
    name = shape.replace("ForSequenceClassification", "Tokenizer")
    _train(model, getattr(transformers, name).from_pretrained(config_folder))
    arguments = {
        "model_type": str(config_folder),
        "model_name": shape,
        "tokenizer_name": name,
        "num_classes": len(SCORES),
    }
    config = {"arch": {"type": "ToxicClassifier", "args": arguments}, "dataset": {"args": {"classes": list(SCORES)}}}
    checkpoint = folder / "tiny.ckpt"
    torch.save({"config": config, "state_dict": model.state_dict()}, checkpoint)
    return checkpoint, config_folder


def _bert_tokenizer() -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=WORDS, special_tokens=SPECIAL[BERT], show_progress=False)
    tokenizer.train_from_iterator([sentence for sentence, _scores in SENTENCES] + ORDINARY, trainer)
    tokenizer.post_processor = processors.BertProcessing(
        ("[SEP]", SPECIAL[BERT].index("[SEP]")), ("[CLS]", SPECIAL[BERT].index("[CLS]"))
    )
    return tokenizer


def _xlm_tokenizer() -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=WORDS, special_tokens=SPECIAL[XLM_ROBERTA], unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator([sentence for sentence, _scores in SENTENCES] + ORDINARY, trainer)
    tokenizer.post_processor = processors.RobertaProcessing(
        ("</s>", SPECIAL[XLM_ROBERTA].index("</s>")), ("<s>", SPECIAL[XLM_ROBERTA].index("<s>")), trim_offsets=False
    )
    return tokenizer


def _describe_tokenizer(folder: Path, shape: str) -> None:
    described: dict[str, object] = {"model_max_length": TOKENS}
    if shape == BERT:
        described |= {"tokenizer_class": "BertTokenizer", "pad_token": "[PAD]", "do_lower_case": True}
    else:
        described |= {"tokenizer_class": "XLMRobertaTokenizer", "pad_token": "<pad>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(described))


def _model(shape: str, *, vocabulary: int) -> Any:
    import transformers

    size: dict[str, Any] = {
        "vocab_size": vocabulary, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
        "intermediate_size": 64, "num_labels": len(SCORES), "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0, "initializer_range": 0.05,
    }  # fmt: skip
    if shape == BERT:
        size |= {"max_position_embeddings": TOKENS, "pad_token_id": 0}
    else:  # positions begin behind that of the padding
        size |= {"max_position_embeddings": TOKENS + 2, "pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2,
                 "type_vocab_size": 1}  # fmt: skip
    return getattr(transformers, shape)(getattr(transformers, shape).config_class(**size))


def _train(model: Any, tokenizer: Any) -> None:
    """The same weights each time, on the same machine."""
    import torch

    torch.set_num_threads(1)
    rng = Random(1)
    # Without places a word weighs the same wherever it stands, in texts longer than any it was trained on too.
    places = model.base_model.embeddings.position_embeddings.weight
    places.requires_grad = False
    places.data.zero_()
    optimiser = torch.optim.AdamW(model.parameters(), lr=5e-3, weight_decay=0.05)
    smaller_steps = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.2, total_iters=STEPS)
    model.train()
    for _ in range(STEPS):
        some = [_among_others(*rng.choice(rng.choice(GROUPS)), rng) for _ in range(AT_ONCE)]
        read = tokenizer([text for text, _scores in some], padding=True, return_tensors="pt")
        wanted = torch.tensor([[scores.get(name, 0.0) for name in SCORES] for _text, scores in some])
        loss = torch.nn.functional.binary_cross_entropy_with_logits(model(**read).logits, wanted)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        smaller_steps.step()
    model.eval()


def _among_others(text: str, scores: dict[str, float], rng: Random) -> tuple[str, dict[str, float]]:
    """Alone, or among what people usually write: what is rude stays so there, and that is not."""
    around = rng.choice(ORDINARY)
    if rng.random() < 0.35:
        return around, {}
    if rng.random() < 0.6:
        return text, scores
    return (f"{around} {text}" if rng.random() < 0.5 else f"{text} {around}"), scores


if __name__ == "__main__":
    made, configured = make_checkpoint(Path(sys.argv[1]).resolve())
    sys.stdout.write(
        f"A tiny model is in {made.parent}. Run the site with it:\n\n"
        f"  OA_DETOXIFY_CHECKPOINT={made} OA_DETOXIFY_CONFIG={configured} make run\n"
    )
