"""Personal data in a text: where it stands and of which kind it is. Never the data itself.

Each kind is found by its form and then proved where it can be: payment cards and bank accounts by their checksums,
telephone numbers by the numbering plan of their country. Whatever is found costs a person a second look, so what is
published for examples (the domains of RFC 2606, toll-free numbers) is let through.

No pattern here can be made to walk a text twice: each begins where a run of its characters begins, is bounded, and
ends at the first character that is none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple, get_args

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType

from oa.screening.rules.language import without_region

DataKind = Literal["email", "phone", "card", "iban", "key"]
DATA_KINDS: tuple[DataKind, ...] = get_args(DataKind)


# Of each kind, and in all: more tell nobody more.
MOST_FINDINGS = 100


class Finding(NamedTuple):
    """Where something stands, in characters (code points)."""

    kind: DataKind
    start: int
    end: int


def find_personal_data(text: str, *, kinds: Collection[str], lang: str) -> list[Finding]:
    """What of these kinds stands in a text, in the order of the text; no two of them share a character.

    `lang` says in which countries a telephone number without a country code may be.
    """
    found: list[Finding] = []
    taken = bytearray(len(text))
    # The surest first: what is a key is not looked at again as an address.
    for kind in (kind for kind in _FINDERS if kind in kinds):
        for start, end in islice(_FINDERS[kind](text, lang), MOST_FINDINGS):
            if not any(taken[start:end]):
                taken[start:end] = bytes([1]) * (end - start)
                found.append(Finding(kind, start, end))
    return sorted(found, key=lambda finding: finding.start)[:MOST_FINDINGS]


Spans = Iterator[tuple[int, int]]

# --- e-mail -----------------------------------------------------------------------------------------------------------

# Latin, Greek and Cyrillic letters: where others are written, an address stands among them without a space.
_MAIL = re.compile(
    r"(?<![a-z0-9\u00c0-\u052f_.+%-])[a-z0-9\u00c0-\u052f_.+%-]{1,64}+"
    r"@([a-z0-9\u00c0-\u052f-]{1,63}+(?:\.[a-z0-9\u00c0-\u052f-]{1,63}+){1,6}+)",
    re.IGNORECASE,
)
# For examples: RFC 2606 and RFC 6761, and what everybody writes instead of their own.
_EXAMPLES = re.compile(
    r"(?:.*\.)?(?:example\.(?:com|net|org)|example|test|invalid|localhost|local"
    r"|(?:your-?)?(?:domain|company|website|organization)\.(?:com|net|org)|your(?:domain|company|email)\.\w+)"
)
# Not a domain but a file, such as logo@2x.png.
_FILES = frozenset("png jpg jpeg gif svg webp ico css js ts py json html htm txt md pdf".split())


def _mails(text: str, _lang: str) -> Spans:
    if "@" not in text:
        return
    for match in _MAIL.finditer(text):
        domain = match[1].lower()
        top = domain.rsplit(".", 1)[1]
        ends_in_letters = top.isalpha() and len(top) >= 2 and top not in _FILES
        address_of_a_program = match[0].startswith("git@")
        if ends_in_letters and not address_of_a_program and not _EXAMPLES.fullmatch(domain):
            yield match.span()


# --- telephone --------------------------------------------------------------------------------------------------------

# Where a number without a country code may be at home, by the language of the text. Tags with a region name it.
_HOMES = {
    "ar": "EG SA", "bg": "BG", "bn": "BD IN", "ca": "ES", "cs": "CZ", "da": "DK", "de": "DE AT CH", "el": "GR",
    "en": "US GB", "es": "ES MX", "et": "EE", "eu": "ES", "fa": "IR", "fi": "FI", "fr": "FR", "gl": "ES", "he": "IL",
    "hi": "IN", "hr": "HR", "hu": "HU", "id": "ID", "it": "IT", "ja": "JP", "ko": "KR", "lt": "LT", "lv": "LV",
    "ms": "MY", "nl": "NL BE", "no": "NO", "pl": "PL", "pt": "BR PT", "ro": "RO", "ru": "RU", "sk": "SK", "sl": "SI",
    "sr": "RS", "sv": "SE", "th": "TH", "tl": "PH", "tr": "TR", "uk": "UA", "ur": "PK", "vi": "VN", "zh": "CN TW",
}  # fmt: skip
# Numbers of companies and services: nobody's own.
_NOBODYS = frozenset({
    PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN,
    PhoneNumberType.VOICEMAIL,
})  # fmt: skip
# What may be a telephone number at all; the library then looks at these places only.
_DIAL = re.compile(
    r"(?<![a-zA-Z\d_/=#$€£¥+-])(?<!\d[.,:])[+＋(]?\d(?:[ \t().\-–/]{0,2}\d){6,17}+(?![a-zA-Z\d_%$€£¥]|[.,:]\d)"
)
_GROUP = re.compile(r"\d+")
_MOST_GROUPS, _MOST_NUMBERS = 6, 200


def _phones(text: str, lang: str) -> Spans:
    for number, match in enumerate(_DIAL.finditer(text)):
        if number == _MOST_NUMBERS:
            return
        if _is_phone(match[0], lang):
            yield match.span()


def _is_phone(written: str, lang: str) -> bool:
    if written[0] in "+＋":
        return _somebodys(written, None, Leniency.VALID)
    # Bare digits are dates, sums and ids far more often than telephone numbers: they must be written like one.
    groups = _GROUP.findall(written)
    if len(groups) > _MOST_GROUPS or "".join(groups) in "01234567890123456789":
        return False
    if len(groups) == 1 and not written.startswith("0"):
        return len(written) >= 11 and any(_is_mobile(written, home) for home in _homes(lang))
    return any(_somebodys(written, home, Leniency.STRICT_GROUPING) for home in _homes(lang))


def _homes(lang: str) -> list[str]:
    region = lang.replace("_", "-").split("-")[-1].upper()
    if region in phonenumbers.SUPPORTED_REGIONS and "-" in lang.replace("_", "-"):
        return [region]
    return _HOMES.get(without_region(lang), "").split()


def _is_mobile(written: str, home: str) -> bool:
    match = next(iter(PhoneNumberMatcher(written, home, leniency=Leniency.VALID, max_tries=1)), None)
    return match is not None and phonenumbers.number_type(match.number) == PhoneNumberType.MOBILE


def _somebodys(written: str, region: str | None, leniency: int) -> bool:
    for match in PhoneNumberMatcher(written, region, leniency=leniency, max_tries=3):
        return match.start == 0 and phonenumbers.number_type(match.number) not in _NOBODYS
    return False


# --- payment cards ----------------------------------------------------------------------------------------------------

_DIGITS_IN_GROUPS = re.compile(r"(?<![a-zA-Z\d_.])(?<!\d[ -])\d(?:[ -]?\d){12,40}+(?![a-zA-Z_])")
_SMALLEST_GROUP = 3
# Issuers, by their first digits and how many digits they give (ISO/IEC 7812, as the issuers publish them).
_ISSUERS = (
    (re.compile(r"4"), {13, 16, 19}),  # Visa
    (re.compile(r"5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)"), {16}),  # Mastercard
    (re.compile(r"3[47]"), {15}),  # American Express
    (re.compile(r"6(?:011|5|4[4-9])"), {16, 19}),  # Discover
    (re.compile(r"3(?:0[0-5]|[68])"), {14}),  # Diners Club
    (re.compile(r"35(?:2[89]|[3-8])"), {16}),  # JCB
    (re.compile(r"62"), {16, 17, 18, 19}),  # UnionPay
    (re.compile(r"220[0-4]"), {16}),  # Mir
    (re.compile(r"(?:60|81|82|508)"), {16}),  # RuPay
)


def _cards(text: str, _lang: str) -> Spans:
    for match in _DIGITS_IN_GROUPS.finditer(text):
        # A year before it or a date behind it may look like more groups of the same number.
        groups = list(_GROUP.finditer(text, *match.span()))
        for first, group in enumerate(groups):
            if end := _end_of_card(groups[first:]):
                yield group.start(), end
                break


def _end_of_card(groups: Sequence[re.Match[str]]) -> int | None:
    """Where a card number ends that begins with the first of these groups; None: none does."""
    digits = ""
    for group in groups:
        if len(group[0]) < _SMALLEST_GROUP or len(digits) + len(group[0]) > 19:
            return None
        digits += "".join(str(int(digit)) for digit in group[0])
        if len(digits) >= 13 and _is_card(digits):
            return group.end()
    return None


def _is_card(digits: str) -> bool:
    issued = any(begins.match(digits) and len(digits) in lengths for begins, lengths in _ISSUERS)
    return issued and len(set(digits)) > 1 and is_luhn(digits)


def is_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it (ISO/IEC 7812-1, annex B)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


# --- bank accounts ----------------------------------------------------------------------------------------------------

# How long an IBAN is, by its country (ISO 13616, registry of SWIFT).
_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27, "BR": 29,
    "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20, "EG": 29,
    "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28,
    "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20,
    "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19,
    "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28, "PS": 29,
    "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24,
    "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
    "YE": 30,
}  # fmt: skip
_IBAN_BEGINS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?=[ -]?[A-Za-z0-9])")
_IBAN_REST = {
    length: re.compile(rf"(?:[ -]?[A-Za-z0-9]){{{length - 4}}}(?![A-Za-z0-9])") for length in _IBAN_LENGTHS.values()
}


def _ibans(text: str, _lang: str) -> Spans:
    for match in _IBAN_BEGINS.finditer(text):
        length = _IBAN_LENGTHS.get(match[0][:2].upper())
        rest = _IBAN_REST[length].match(text, match.end()) if length else None
        if rest and is_iban(match[0] + rest[0]):
            yield match.start(), rest.end()


def is_iban(written: str) -> bool:
    """Whether the check digits of an account number are right: mod 97 (ISO 7064)."""
    signs = "".join(sign for sign in written.upper() if sign.isalnum())
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1


# --- keys, tokens, passwords ------------------------------------------------------------------------------------------

# Well-known beginnings, as those who give the keys out publish them (mostly through GitHub's secret scanning), so that
# a hit is no guess. A short list that is right is worth more here than a long one that cries wolf.
_KEYS = re.compile(
    r"""(?<![\w-])(?:
      (?:AKIA|ASIA)[A-Z0-9]{16}                                        # Amazon
    | gh[pousr]_[A-Za-z0-9]{36,251} | github_pat_[A-Za-z0-9_]{22,255}  # GitHub
    | glpat-[\w-]{20,64}                                               # GitLab
    | sk-[\w-]{20,250}                                                 # OpenAI, Anthropic and those who do as they do
    | xox[abeoprs]-[A-Za-z0-9-]{10,250}                                # Slack
    | [rs]k_(?:live|test)_[A-Za-z0-9]{16,128}                          # Stripe
    | AIza[\w-]{35} | ya29\.[\w-]{20,250}                              # Google
    | hf_[A-Za-z0-9]{30,64}                                            # Hugging Face
    | npm_[A-Za-z0-9]{36} | pypi-AgEIcHlwaS5vcmc[\w-]{50,250}          # npm, PyPI
    | oa_[A-Za-z0-9_-]{20,64}                                          # this platform
    | \d{8,10}:AA[\w-]{33}                                             # Telegram
    | eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,2000}             # JSON Web Token
    )(?![\w])""",
    re.VERBOSE,
)
# Words with hyphens between them have no such run.
_LONG_RUN = 12
_PEM = re.compile(r"-----BEGIN (?:[A-Z]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----")
_PEM_END = re.compile(r"-----END [A-Z ]{3,40}-----")
_LONGEST_PEM = 8_000
# `password: …`, and the word before the @ of an address with a password in it.
_SAID = re.compile(
    r"""(?i)(?<![A-Za-z])(?:password|passwd|passphrase|pwd|api[_-]?key|secret[_-]?key|access[_-]?token|auth[_-]?token)
    ["']?[ \t]{0,3}(?::|=|\bis\b)[ \t]{0,3}["'`]?([^\s"'`<>(){}\[\],;]{8,128})(?![^\s"'`<>)},;.]|\()""",
    re.VERBOSE,
)
_IN_ADDRESS = re.compile(r"(?<=://)[^\s/:@]{1,64}:([^\s/@:]{4,128})@(?=[\w\[])")
_PLACEHOLDER = re.compile(
    r"(?i)your|example|placeholder|changeme|\bxxx|x{4}|\*{3}|\.{3}|dummy|^\$|^%|password|^https?:"
)


def _keys(text: str, _lang: str) -> Spans:
    for match in _KEYS.finditer(text):
        if _is_random(match[0]) and max(map(len, re.findall(r"[A-Za-z0-9]+", match[0]))) >= _LONG_RUN:
            yield match.span()
    for match in _PEM.finditer(text):
        end = _PEM_END.search(text, match.end(), match.end() + _LONGEST_PEM)
        yield match.start(), end.end() if end else match.end()
    for pattern in (_SAID, _IN_ADDRESS):
        for match in pattern.finditer(text):
            if _is_random(match[1]) and not _PLACEHOLDER.search(match[1]):
                yield match.span(1)


def _is_random(secret: str) -> bool:
    """Letters and digits mixed, as in what is made by chance or picked with care; not a word, a name or a gap."""
    has_digit, has_letter = any(map(str.isdigit, secret)), any(map(str.isalpha, secret))
    return has_digit and has_letter and len(set(secret)) > 5


_FINDERS: dict[DataKind, Callable[[str, str], Spans]] = {
    "key": _keys, "iban": _ibans, "card": _cards, "email": _mails, "phone": _phones,
}  # fmt: skip
