"""The site opens in a browser."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.conftest import Play


def test_somebody_who_is_signed_in_is_greeted(play: Play) -> None:
    page = play.open("/", who=play.person("Ada Lovelace"))

    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Lovelace")
