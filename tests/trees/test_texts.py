"""What may be written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oa.core.errors import Invalid
from oa.trees.rules import clean_text, same_words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Hello \n", "Hello"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("cafe\u0301", "café"),
        ("\tcode\n\tmore", "code\n\tmore"),
        ("👍🏽 你好 مرحبا", "👍🏽 你好 مرحبا"),
    ],
)
def test_a_text_is_tidied_and_otherwise_kept(text: str, kept: str) -> None:
    assert clean_text(text, limit=100) == kept


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\u200b", "\u00a0", "\ufeff", "\u2028"])
def test_nothing_is_refused_also_when_it_is_invisible(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_text(text, limit=100)
    assert refused.value.code == "text_empty"


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "a\x1bb", "a\x7fb", "a\x85b", "a\ud800b"])
def test_what_no_database_keeps_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_text(text, limit=100)
    assert (refused.value.code, refused.value.extra) == ("text_has_control_characters", {"position": 2})


def test_the_limit_is_told_with_the_length() -> None:
    assert len(clean_text("x" * 20, limit=20)) == 20
    with pytest.raises(Invalid) as refused:
        clean_text("x" * 21, limit=20)
    assert refused.value.extra == {"length": 21, "limit": 20}


@given(st.text())
def test_any_text_is_either_kept_for_good_or_refused_in_words(text: str) -> None:
    try:
        kept = clean_text(text, limit=50)
    except Invalid as refused:
        assert refused.cause
    else:
        assert clean_text(kept, limit=50) == kept
        assert "\x00" not in kept and 1 <= len(kept) <= 50


def test_case_and_spaces_do_not_make_another_text() -> None:
    assert same_words("Hello  World\n") == same_words("hello world")
    assert same_words("Straße") == same_words("STRASSE")
    assert same_words("Hello, world") != same_words("Hello world")
