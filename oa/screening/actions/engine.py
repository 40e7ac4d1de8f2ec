"""The forward pass of a Detoxify model, as quick as this machine has it. No database in here.

Imported only once a model is loaded: torch is large.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import structlog
import torch

from oa.screening.rules import (
    CHECKED_ON,
    TOKENS_AT_ONCE,
    TOKENS_AT_ONCE_ON_GPU,
    TOLERANCE,
    plan,
    precisions_to_try,
)

log = structlog.get_logger("oa.screening")

# transformers' word for "nobody has said how many tokens a text may have" is a number of thirty digits.
UNSAID = 10**6


class Engine:
    """A model that answers what Detoxify.predict answers, sooner.

    Texts are read once and go through the model in batches of like length, with hardly any padding; the large layers
    compute in fewer bits where the processor is made for that and the scores stay the same.
    """

    def __init__(self, detoxify: Any, *, precision: str = "auto") -> None:
        """`detoxify` is a loaded one, and is used up. ValueError: there is no such precision."""
        self.classes, self.tokenizer = list(detoxify.class_names), detoxify.tokenizer
        self.model = detoxify.model.eval().requires_grad_(False)
        self.longest = _longest(self.tokenizer, self.model.config)
        self.at_once = TOKENS_AT_ONCE
        self.context: Callable[[], AbstractContextManager[Any]] = nullcontext
        self.device = "cpu"
        to_try = precisions_to_try(precision, can=torch.cpu.get_capabilities())
        self.precision = self._on_gpu(precision) if torch.cuda.is_available() else self._quickest(to_try)

    def __call__(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """For each text, in their order, a score between 0 and 1 for each of the model's classes.

        Raises what torch and transformers raise, one of `rules.FAILURES`.
        """
        rows = self._scores(texts).tolist()
        return [dict(zip(self.classes, row, strict=True)) for row in rows]

    def _scores(self, texts: Sequence[str]) -> Any:
        read = self._read(texts)
        scores = torch.empty(len(read), len(self.classes))
        for places in plan([len(tokens) for tokens in read], at_once=self.at_once):
            scores[places] = self._forward([read[place] for place in places])
        return scores

    def _read(self, texts: Sequence[str]) -> list[list[int]]:
        """Each text as numbers of tokens, cut off where the model reads no further."""
        if not texts:
            return []
        # Half of a pair of surrogates is no character: tokenizers refuse it.
        whole = [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in texts]
        found: list[list[int]] = self.tokenizer(whole, truncation=True, max_length=self.longest)["input_ids"]
        return found

    def _forward(self, batch: Sequence[Sequence[int]]) -> Any:
        longest = max(map(len, batch))
        padding = self.tokenizer.pad_token_id or 0
        tokens = torch.tensor([[*text, *[padding] * (longest - len(text))] for text in batch])
        options = {}
        if any(len(text) < longest for text in batch):  # where nothing is padded, nothing need be masked
            lengths = torch.tensor([len(text) for text in batch])
            options["attention_mask"] = (torch.arange(longest) < lengths[:, None]).long().to(self.device)
        with torch.inference_mode(), self.context():
            return self.model(tokens.to(self.device), **options).logits.float().sigmoid().cpu()

    def _quickest(self, to_try: Sequence[str]) -> str:
        """Compute in the first of these whose scores are the plain ones; else as the model came."""
        if not to_try:
            return "fp32"
        plain = self._scores(CHECKED_ON)
        for precision in to_try:
            replaced = _replace_linear(self.model, LAYERS[precision])
            off = float((self._scores(CHECKED_ON) - plain).abs().max())
            if off <= TOLERANCE:
                return precision
            log.warning("toxicity scores would differ: not computed so", precision=precision, off=round(off, 4))
            for parent, name, linear in replaced:
                setattr(parent, name, linear)
        return "fp32"

    def _on_gpu(self, asked: str) -> str:
        """Half precision in the products, unless plain numbers are asked for or half ones give other scores."""
        plain = self._scores(CHECKED_ON)
        self.device, self.at_once = "cuda", TOKENS_AT_ONCE_ON_GPU
        self.model.to(self.device)
        if asked == "fp32":
            return "fp32"
        self.context = lambda: torch.autocast("cuda", dtype=torch.float16)
        if float((self._scores(CHECKED_ON) - plain).abs().max()) <= TOLERANCE:
            return "fp16"
        self.context = nullcontext
        return "fp32"


def _longest(tokenizer: Any, config: Any) -> int:
    """How many tokens of a text the model reads."""
    said = int(tokenizer.model_max_length)
    # RoBERTa keeps two of its positions for itself; others have that many more, and nobody misses them.
    return said if said < UNSAID else int(config.max_position_embeddings) - 2


Made = Callable[[Any], Any]


def _replace_linear(model: Any, make: Made) -> list[tuple[Any, str, Any]]:
    """Put other layers in the place of the encoder's linear ones; returns what was where.

    The classifier behind it stays plain: it is small, and nothing evens out its errors.
    """
    encoder = getattr(model.base_model, "encoder", model)
    found = [
        (parent, name, layer)
        for parent in encoder.modules()
        for name, layer in parent.named_children()
        if type(layer) is torch.nn.Linear
    ]
    for parent, name, layer in found:
        setattr(parent, name, make(layer))
    return found


class Half(torch.nn.Module):  # type: ignore[misc]  # torch is not looked into
    """A linear layer that answers in bfloat16, whatever it is given.

    Only products are in half precision: what is added to them and normed afterwards is fp32, so that rounding doesn't
    add up from layer to layer (the error is half of that of a model in bfloat16 throughout, at the same speed).
    """

    def __init__(self, linear: Any) -> None:
        super().__init__()
        self.weight = linear.weight.detach().bfloat16()
        self.bias = None if linear.bias is None else linear.bias.detach().bfloat16()

    def forward(self, given: Any) -> Any:
        return torch.nn.functional.linear(given.bfloat16(), self.weight, self.bias)


class PackedHalf(Half):
    """The same with its weights laid out once as oneDNN wants them, which plain torch does anew for each product."""

    def __init__(self, linear: Any) -> None:
        super().__init__(linear)
        self.weight = torch.ops.mkldnn._reorder_linear_weight(self.weight, TOKENS_AT_ONCE)

    def forward(self, given: Any) -> Any:
        return torch.ops.mkldnn._linear_pointwise(given.bfloat16(), self.weight, self.bias, "none", [], "")


def _half(linear: Any) -> Any:
    # Inner functions of torch, there on x86 only; torch's version is pinned.
    packs = torch.backends.mkldnn.is_available() and hasattr(torch.ops.mkldnn, "_linear_pointwise")
    return PackedHalf(linear) if packs else Half(linear)


def _int8(linear: Any) -> Any:
    with warnings.catch_warnings():
        # Deprecated in favour of a package of its own, which would be needed for nothing else.
        warnings.simplefilter("ignore")
        quantize = torch.ao.quantization.quantize_dynamic
        return quantize(torch.nn.Sequential(linear), {torch.nn.Linear}, dtype=torch.qint8)[0]


LAYERS: dict[str, Made] = {"bf16": _half, "int8": _int8}
