"""Names under which things are published: stable, of the right shape, and of no use to whoever guesses."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from oa.core.ids import id_of
from oa.datasets.actions import Account, Order, export_rows
from oa.datasets.rules.forms import Form
from oa.datasets.rules.pseudonyms import derived_key, namer
from tests.datasets.files import DEMO, EVERYTHING, Row, take

KEY = b"one key"


def test_a_pseudonym_is_a_uuid_of_version_8() -> None:
    for _ in range(200):
        made = UUID(namer(KEY)(str(uuid4())))
        assert (made.version, made.variant) == (8, "specified in RFC 4122")


def test_the_value_is_that_of_keyed_blake2b() -> None:
    """Worked out with `b2sum`'s algorithm by hand: key `one key`, 16 bytes, six bits fixed."""
    import hashlib

    name = "00000000-0000-4000-8000-000000000001"
    digest = bytearray(hashlib.blake2b(name.encode(), key=KEY, digest_size=16).digest())
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80

    assert namer(KEY)(name) == str(UUID(bytes=bytes(digest)))


def test_one_key_gives_one_name_and_another_key_another() -> None:
    name = str(uuid4())

    assert namer(KEY)(name) == namer(KEY)(name)
    assert len({namer(KEY)(name), namer(b"other")(name), namer(derived_key(b"secret", "a"))(name)}) == 3
    assert derived_key(b"secret", "a") != derived_key(b"secret", "b") != derived_key(b"other", "b")


@pytest.mark.parametrize("foreign", ["a" * 64, "somebody", "6F2B9A52-5A0E-4C1C-9D0E-6A1F0C7D5B11", "x" * 36])
def test_an_id_that_came_with_an_import_is_named_like_the_one_it_has_here(foreign: str) -> None:
    assert namer(KEY)(foreign) == namer(KEY)(str(id_of(foreign)))


@pytest.mark.parametrize("key", [b"", b"k" * 65])
def test_a_key_that_is_none_is_refused(key: bytes) -> None:
    with pytest.raises(ValueError, match="1 to 64 bytes"):
        namer(key)


def _ids(value: object) -> set[str]:
    if isinstance(value, dict):
        own = {held for name, held in value.items() if name.endswith("_id") and isinstance(held, str)}
        return own.union(*map(_ids, value.values()))
    return set().union(*map(_ids, value)) if isinstance(value, list) else set()


def _rows(form: Form, **how: object) -> list[Row]:
    return list(export_rows(Order(form=form, selection=EVERYTHING, **how), Account()))  # type: ignore[arg-type]  # names of parts


@pytest.mark.django_db
@pytest.mark.parametrize("form", [Form.TREES, Form.MESSAGES, Form.HF, Form.THREADS])
def test_no_id_of_ours_leaves_and_a_tree_is_still_called_like_its_prompt(form: Form, tmp_path: Path) -> None:
    take(DEMO)
    plain, hidden = _rows(form, original_ids=True), _rows(form)

    assert not _ids(plain) & _ids(hidden)
    assert len(_ids(plain)) == len(_ids(hidden)), "nothing falls together, nothing falls apart"
    if form is Form.TREES:
        assert all(row["message_tree_id"] == row["prompt"]["message_id"] for row in hidden)
    assert not _ids(hidden) & _ids(_rows(form, namespace="another"))
