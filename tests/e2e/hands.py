"""What people do at a page: with a mouse, with a thumb, with keys alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
STEPS = 12


@dataclass(frozen=True)
class Mouse:
    page: Page

    def press(self, what: Locator) -> None:
        what.click()

    def drag(self, what: Locator, *, onto: Locator, edge: float) -> None:
        """Take one thing and let go of it over another; `edge` says how far down that one, 1 is its foot."""
        x, y = middle(what)
        to_x, to_y = spot(onto, edge)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(to_x, to_y, steps=STEPS)
        self.page.mouse.up()


@dataclass(frozen=True)
class Thumb:
    page: Page

    def press(self, what: Locator) -> None:
        what.tap()

    def drag(self, what: Locator, *, onto: Locator, edge: float) -> None:
        what.scroll_into_view_if_needed()
        x, y = middle(what)
        to_x, to_y = spot(onto, edge)
        self._slide([(x + (to_x - x) * step / STEPS, y + (to_y - y) * step / STEPS) for step in range(STEPS + 1)])

    def swipe(self, frm: tuple[float, float], by: float) -> None:
        """Move the finger up or down from there, as one does to read on."""
        x, y = frm
        self._slide([(x, y + by * step / STEPS) for step in range(STEPS + 1)])

    def _slide(self, path: list[tuple[float, float]]) -> None:
        """A finger, which Playwright has no hand for."""
        glass = self.page.context.new_cdp_session(self.page)
        for number, (x, y) in enumerate(path):
            kind = "touchMove" if number else "touchStart"
            glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        glass.detach()


@dataclass(frozen=True)
class Keys:
    page: Page

    def type(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def walk_to(self, what: Locator) -> None:
        """Tab until it has the focus, as somebody without a mouse must be able to."""
        for _ in range(60):
            if what.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {what}")


def middle(what: Locator) -> tuple[float, float]:
    return spot(what, 0.5)


def spot(what: Locator, down: float) -> tuple[float, float]:
    box = what.bounding_box()
    assert box is not None, f"{what} is not on the page"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * down
