"""How a model is asked quickly: which texts go through it together, and in numbers of how many bits. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PRECISIONS = ("auto", "fp32", "bf16", "int8")

# A quick precision is refused when it is further than this from the plain one on any of CHECKED_ON. Other texts may be
# somewhat further off than these; what is promised is 0.01.
TOLERANCE = 0.005

# What a forward pass costs whatever goes through it, in tokens: the time it takes to read all the weights.
PASS_COSTS = 80
# More at once is no quicker on a processor, and takes memory.
TOKENS_AT_ONCE = 1024
TOKENS_AT_ONCE_ON_GPU = 16_384


def plan(lengths: Sequence[int], *, at_once: int = TOKENS_AT_ONCE) -> list[list[int]]:
    """Which texts of these lengths go through the model together: the places of each batch, each place once.

    The least sum of tokens, padding and PASS_COSTS for each batch. A batch has at most `at_once` tokens, padding
    included, but for a text that is longer than that alone.
    """
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    # cheapest[n] is what the n shortest cost; begins[n] where the last of their batches begins.
    cheapest, begins = [0.0], [0]
    for end, place in enumerate(order, start=1):
        longest = lengths[place]
        first = max(0, min(end - 1, end - at_once // max(longest, 1)))
        cost, begin = min((cheapest[begin] + (end - begin) * longest, -begin) for begin in range(first, end))
        cheapest.append(cost + PASS_COSTS)
        begins.append(-begin)
    batches: list[list[int]] = []
    end = len(order)
    while end:
        batches.append(order[begins[end] : end])
        end = begins[end]
    return batches[::-1]


def precisions_to_try(asked: str, *, can: Mapping[str, object]) -> list[str]:
    """Quicker precisions than fp32 that this processor computes in, the quickest first.

    `can` are its abilities as torch.cpu.get_capabilities names them. ValueError: nobody knows what was asked for.
    """
    if asked not in PRECISIONS:
        raise ValueError(f"{asked} is none of {', '.join(PRECISIONS)}")
    if asked != "auto":
        return [asked] if asked != "fp32" else []
    # Where there is bf16 it is nearer to fp32 than int8, and with AMX quicker too.
    if can.get("amx_bf16") or can.get("avx512_bf16"):
        return ["bf16"]
    return ["int8"] if can.get("avx512_vnni") or can.get("avx_vnni") else []


_SAID = (
    "Thank you, friend, that helped me a lot.",
    "You are a stupid idiot and nobody likes you.",
    "What a silly question.",
    "Shut up.",
    "If you come here again I will kill you.",
    "How do I bake bread without an oven?",
    "Il est bête comme ses pieds, ce ministre.",
    "Eres una persona maravillosa.",
    "Vai embora, seu lixo!",
    "Che schifo di consiglio, ma grazie lo stesso.",
    "Bu kitabı çok sevdim.",
    "Ты ничего не понимаешь, дурак.",
    "The women of that country should stay at home, and so should their damned priests.",
    "def add(a, b):\n    return a + b  # sums two numbers",
    "🙂",
)
# Kind, rude, in between; short, and as long as a model reads.
CHECKED_ON = (*_SAID, " ".join(_SAID[:6]), " ".join(_SAID[5:]), "\n\n".join(_SAID[::-1] * 4))
