"""The icons of the installed app, drawn from public/mark.svg: `.venv/bin/python -m frontend.scripts.icons`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.e2e import chromium

PUBLIC = Path(__file__).resolve().parent.parent / "public"
PAPER = "#faf7f0"
# Name, edge in pixels, how much of it the mark fills, how round the corners are.
ICONS = (
    ("icon-180.png", 180, 0.66, 0.0),  # iOS cuts the corners itself
    ("icon-192.png", 192, 0.62, 0.22),
    ("icon-512.png", 512, 0.62, 0.22),
    ("icon-512-maskable.png", 512, 0.54, 0.0),  # whatever is cut off, the middle four fifths stay
)
PAGE = """<style>
body {{ margin: 0; background: transparent }}
div {{ display: grid; place-items: center; width: 100vw; height: 100vh; background: {paper}; border-radius: {round}vw }}
svg {{ width: {fill}vw; height: {fill}vw }}
</style><div>{mark}</div>"""


def draw(browser: Browser, name: str, edge: int, fill: float, round_: float) -> None:
    page = browser.new_page(viewport={"width": edge, "height": edge}, color_scheme="light")
    mark = (PUBLIC / "mark.svg").read_text()
    page.set_content(PAGE.format(paper=PAPER, mark=mark, fill=fill * 100, round=round_ * 100))
    page.screenshot(path=PUBLIC / name, omit_background=True)
    page.close()


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.options())
        for icon in ICONS:
            draw(browser, *icon)
        browser.close()


if __name__ == "__main__":
    main()
