"""Texts of made words: as long as people's texts are, in sentences, some words common and most of them rare."""

from __future__ import annotations

from functools import cache

import numpy as np

from tests.bench.population.forms import Numbers

_LATIN = ("aeiou", "bcdfglmnprstv")
_CYRILLIC = ("аеиоуя", "бвгдклмнпрст")
_LETTERS = {"ru": _CYRILLIC, "uk": _CYRILLIC}
# Written without spaces, from so many signs, beginning with this one.
_SIGNS = {"zh": (0x4E00, 3000), "ja": (0x3042, 80), "th": (0x0E01, 40), "ko": (0xAC00, 2000)}
WORDS, OF_A_CORPUS = 30_000, 100_000
# Lengths are log-normal: of what prompters and what assistants say, around so many words, never more than the last.
MEDIANS, SIGMAS, MOST = (19.0, 125.0), (1.0, 0.87), 1500


class Corpus:
    """A long text of a language, of which texts are cut."""

    def __init__(self, lang: str) -> None:
        dice = np.random.default_rng(sum(lang.encode()))
        words = _signs(lang) if lang in _SIGNS else _words(lang, dice)
        chances = 1 / (np.arange(len(words)) + 2.7)
        drawn = dice.choice(len(words), OF_A_CORPUS, p=chances / chances.sum())
        glue = "" if lang in _SIGNS else " "
        ends = dice.random(OF_A_CORPUS) < 1 / 12
        starts = np.concatenate([[True], ends[:-1]])
        pieces = [
            (words[word].capitalize() if first else words[word]) + ("." if last else "") + (" " if last else glue)
            for word, first, last in zip(drawn, starts, ends, strict=True)
        ]
        encoded = [piece.encode() for piece in pieces]
        self.text = b"".join(encoded)
        self.places = np.concatenate([[0], np.cumsum([len(piece) for piece in encoded])])
        first_words = np.flatnonzero(starts)
        self.beginnings = first_words[first_words < OF_A_CORPUS - MOST - 1]

    def cut(self, roles: Numbers, dice: np.random.Generator) -> list[bytes]:
        """A text for each of these roles (0 prompter, 1 assistant), from the beginning of a sentence on."""
        begins = dice.choice(self.beginnings, len(roles))
        drawn = dice.lognormal(np.log(MEDIANS)[roles], np.array(SIGMAS)[roles])
        lengths = np.clip(drawn, 2, MOST).astype(np.int64)
        places: Numbers = self.places
        return [
            self.text[a:b].rstrip()
            for a, b in zip(places[begins].tolist(), places[begins + lengths].tolist(), strict=True)
        ]


@cache
def corpus(lang: str) -> Corpus:
    return Corpus(lang)


def _signs(lang: str) -> list[str]:
    first, number = _SIGNS[lang]
    return [chr(first + sign) for sign in range(number)]


@cache
def _of_script(vowels: str, consonants: str) -> list[str]:
    """Words of syllables; the commoner, the shorter."""
    dice = np.random.default_rng(len(vowels) * len(consonants))
    syllables = [consonant + vowel for consonant in consonants for vowel in vowels]
    found = dict.fromkeys(syllables)
    for length in (2, 3, 4):
        drawn = dice.integers(0, len(syllables), (WORDS * 2 // 3, length)).tolist()
        found |= dict.fromkeys("".join(syllables[place] for place in word) for word in drawn)
    return list(found)[:WORDS]


def _words(lang: str, dice: np.random.Generator) -> list[str]:
    """Those of its script, common ones in another order than in other languages."""
    words = _of_script(*_LETTERS.get(lang, _LATIN))
    common = dice.permutation(1000)
    return [words[place] for place in common] + words[1000:]
