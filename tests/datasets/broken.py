"""Files that are broken in every way we could think of: what makes them, and what is to be said of them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from oa.datasets.rules.states import Into
from tests.datasets.files import answer, tree

WHY = "Why is the sky blue, and not green or yellow?"
HOW = "How do birds find their way over the sea at night?"
WHEN = "When did people begin to build houses out of stone?"


def talk(text: str, reply: str = "Nobody knows.") -> dict[str, object]:
    return {"conversations": [{"from": "human", "value": text}, {"from": "gpt", "value": reply}]}


def rows(*items: object) -> bytes:
    return b"".join((item.encode() if isinstance(item, str) else json.dumps(item).encode()) + b"\n" for item in items)


def array(*items: object, indent: int | None = None) -> bytes:
    return json.dumps(list(items), indent=indent).encode()


@dataclass(frozen=True)
class Kind:
    """A file, what is refused or put right in it by line and code, and how many trees are taken all the same."""

    make: Callable[[], bytes]
    told: list[tuple[int, str]]
    taken: int
    into: Into = Into.ARCHIVE
    name: str = "file"


def middle_cut(data: bytes) -> bytes:
    """Some bytes in the middle overwritten."""
    at = len(data) // 2
    return data[:at] + b"\xff" * 40 + data[at + 40 :]


def many() -> bytes:
    return rows(*[talk(f"{WHY} Part {number} of many, as told by {number * 7919}.") for number in range(400)])


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("talks.jsonl", rows(talk(WHY)))
    return out.getvalue()


def deep() -> str:
    return '{"conversations": ' + "[" * 5000 + "]" * 5000 + "}"


def broken_element() -> bytes:
    whole = array(talk(WHY), talk(HOW), talk(WHEN), indent=1).decode().split("\n")
    place = next(number for number, line in enumerate(whole) if HOW in line)
    whole[place] = whole[place].replace('?"', "?")  # its quote is not closed
    return "\n".join(whole).encode()


SYNC = rows(talk(WHY), talk(HOW))
SEEDS = {"instruction": WHY, "instances": [{"input": "", "output": "A"}]}

KINDS: dict[str, Kind] = {
    "nothing": Kind(lambda: b"", [], 0),
    "only blank lines": Kind(lambda: b"\n\n  \n\r\n", [], 0),
    "an empty array": Kind(lambda: b"[]", [], 0),
    "a byte order mark": Kind(lambda: b"\xef\xbb\xbf" + SYNC, [], 2),
    "UTF-16 with its mark": Kind(lambda: SYNC.decode().encode("utf-16"), [], 2),
    "UTF-16 without one": Kind(lambda: SYNC.decode().encode("utf-16-be"), [], 2),
    "UTF-16 that ends in half a character": Kind(
        lambda: SYNC.decode().encode("utf-16") + b"\x00", [(3, "wrong_encoding")], 2
    ),
    "UTF-32": Kind(lambda: SYNC.decode().encode("utf-32"), [], 2),
    "Latin-1": Kind(
        lambda: rows(talk(WHY)) + json.dumps(talk("Où est la gare, s'il vous plaît, et la mairie?"),
                                             ensure_ascii=False).encode("latin-1") + b"\n" + rows(talk(HOW)),
        [(2, "bad_json")], 2,
    ),
    "Windows line ends": Kind(lambda: SYNC.replace(b"\n", b"\r\n"), [], 2),
    "a lone surrogate": Kind(
        lambda: rows(talk(WHY), json.dumps(talk(HOW)).replace("birds", "\\udc00"), talk(WHEN)), [(2, "bad_json")], 2
    ),
    "NUL in a prompt": Kind(lambda: rows(talk(WHY), talk(HOW + "\0"), talk(WHEN)), [(2, "nul_in_text")], 2),
    "control characters": Kind(
        lambda: rows(talk(WHY), talk(HOW + "\x07")), [(2, "text_has_control_characters")], 1
    ),
    "infinity": Kind(lambda: rows(talk(WHY), '{"conversations": Infinity}'), [(2, "bad_json")], 1),
    "a number beyond all bounds": Kind(
        lambda: rows(talk(WHY), '{"conversations": 1e999}', talk(HOW)), [(2, "bad_json")], 2
    ),
    "nested too deep": Kind(lambda: rows(talk(WHY), deep(), talk(HOW)), [(2, "bad_json")], 2),
    "mixed forms": Kind(
        lambda: rows(talk(WHY), SEEDS, tree(answer()), talk(HOW)), [(2, "other_form"), (3, "other_form")], 2
    ),
    "conversations among trees": Kind(lambda: rows(tree(answer()), talk(WHY)), [(2, "other_form")], 1),
    "a line cut in the middle": Kind(lambda: SYNC[:-30], [(2, "bad_json")], 1),
    "an array that is not closed": Kind(
        lambda: array(talk(WHY), talk(HOW))[:-1], [(1, "array_not_closed")], 2
    ),
    "an array cut in an element": Kind(
        lambda: array(talk(WHY), talk(HOW), indent=1)[:-20], [(14, "bad_json"), (22, "array_not_closed")], 1
    ),
    "an array with a comma at its end": Kind(
        lambda: array(talk(WHY))[:-1] + b",\n]", [(2, "comma_at_the_end")], 1
    ),
    "something behind the array": Kind(
        lambda: array(talk(WHY)) + b"\n" + array(talk(HOW)), [(2, "after_the_array")], 1
    ),
    "an element with an open quote": Kind(broken_element, [(14, "bad_json")], 2),
    "an element that is null": Kind(lambda: array(talk(WHY), None, 5), [(1, "not_an_object")] * 2, 1),
    "an element that is empty": Kind(lambda: b"[{},\n" + array(talk(WHY))[1:], [(1, "unknown_form")], 1),
    "gzip without its end": Kind(lambda: gzip.compress(many())[:-300], [(0, "file_cut")], -1),
    "gzip without its checksum": Kind(lambda: gzip.compress(many())[:-8], [(0, "file_cut")], -1),
    "gzip damaged in the middle": Kind(lambda: middle_cut(gzip.compress(many())), [(0, "file_cut")], -1),
    "gzip with a wrong checksum": Kind(
        lambda: gzip.compress(SYNC)[:-8] + b"\0" * 8, [(3, "file_cut")], 2
    ),
    "gzip with a damaged head": Kind(lambda: b"\x1f\x8b\xff" + gzip.compress(SYNC)[3:], [(1, "file_cut")], 0),
    "gzip and rubbish behind it": Kind(lambda: gzip.compress(SYNC) + b"rubbish", [(3, "file_cut")], 2),
    "two gzip files in one": Kind(lambda: gzip.compress(rows(talk(WHY))) + gzip.compress(rows(talk(HOW))), [], 2),
    "a ZIP archive": Kind(zipped, [(1, "wrong_packing")], 0),
    "packed with xz": Kind(lambda: b"\xfd7zXZ\x00" + b"\0" * 100, [(1, "wrong_packing")], 0),
    "Parquet": Kind(lambda: b"PAR1" + b"\0" * 100, [(1, "wrong_packing")], 0),
    "a picture": Kind(lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, [(1, "binary")], 0, Into.REVIEW),
    "text with bytes that are no text": Kind(
        lambda: f"{WHY}\n".encode() + b"\xff\xfe\x00 nothing\n" + f"{HOW}\n".encode() * 30,
        [(1, "binary")], 0, Into.REVIEW,
    ),
    "a line that is not UTF-8": Kind(
        lambda: f"{WHY}\n".encode() + "Où est-il?\n".encode("latin-1") + f"{HOW}\n".encode(),
        [(2, "bad_utf8")], 2, Into.REVIEW,
    ),
    "a table with ragged rows": Kind(
        lambda: f"prompt,lang\n{WHY.replace(',', '')},en\n{HOW},en,3\n{HOW}\n{WHEN},en\n".encode(),
        [(3, "ragged_row"), (4, "ragged_row")], 2, Into.REVIEW,
    ),
    "a table with an open quote": Kind(
        lambda: f'prompt,n\n"{HOW},1\n{WHEN},2\n"{WHY}",3\n'.encode(), [(2, "bad_quotes")], 2, Into.REVIEW
    ),
    "a table with text behind a quote": Kind(
        lambda: f'prompt,n\n"{HOW}" she said,1\n{WHEN},2\n'.encode(), [(2, "bad_quotes")], 1, Into.REVIEW
    ),
    "a table with NUL": Kind(
        lambda: b"prompt,n\n" + b"x" * 2000 + b",1\n" + f"{HOW}\0,1\n{WHEN},2\n".encode(),
        [(2, "language_unsure"), (3, "nul_in_text")], 1, Into.REVIEW,
    ),
    "a table without a header": Kind(
        lambda: f"1,{HOW}\n2,{WHEN}\n".encode(), [(1, "no_header")], 0, Into.REVIEW, "list.csv"
    ),
    "prompts for the archive": Kind(lambda: f"{HOW}\n{WHEN}\n".encode(), [(1, "only_prompts")], 0),
    "trees for review": Kind(lambda: rows(tree(answer())), [(1, "wrong_place")], 0, Into.REVIEW),
    "a prompt that the policy finds too long": Kind(
        lambda: rows({"prompt": f"{WHY} " * 600}, {"prompt": HOW}), [(1, "text_too_long")], 1, Into.REVIEW
    ),
    "a prompt without words": Kind(
        lambda: rows({"prompt": "\u200b \n"}, {"prompt": HOW}), [(1, "text_empty")], 1, Into.REVIEW
    ),
}  # fmt: skip
