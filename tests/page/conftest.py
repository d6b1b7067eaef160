"""A real headless Chromium that can reach nobody, and what each page did in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from materiel.page import render

from .sample import sample_page

if TYPE_CHECKING:
    from pathlib import Path

    from materiel.page.model import Page as PageData

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND", "--deterministic-mode",
]  # fmt: skip


@dataclass
class Opened:
    """A page in the browser, with everything it complained of or asked for."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def js(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).inner_text())


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    found = os.environ.get("MATERIEL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no Chromium here; set MATERIEL_CHROMIUM to its path")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield chromium
        chromium.close()


Opener = Callable[..., Opened]


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    contexts: list[Any] = []
    opened: list[Opened] = []

    def opener(data: PageData | str, fragment: str = "", size: tuple[int, int] = (1400, 860), **more: Any) -> Opened:
        file = tmp_path / f"page{len(contexts)}.html"
        file.write_bytes((data if isinstance(data, str) else render(data)).encode())
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, accept_downloads=True, **more)
        contexts.append(context)
        page = context.new_page()
        one = Opened(page)
        page.on("request", lambda request: one.requests.append(request.url))
        page.on(
            "console",
            lambda message: one.complaints.append(message.text) if message.type in {"error", "warning"} else None,
        )
        page.on("pageerror", lambda error: one.complaints.append(str(error)))
        page.goto(f"{file.as_uri()}{fragment}")
        if more.get("java_script_enabled", True):
            page.wait_for_selector("html[data-ready=yes]", timeout=60_000)
        opened.append(one)
        return one

    yield opener
    for context in contexts:
        context.close()
    for one in opened:
        assert [url for url in one.requests if not url.startswith(("file:", "blob:"))] == []
        assert one.complaints == []


@pytest.fixture(scope="session")
def sample() -> PageData:
    return sample_page()


@pytest.fixture(scope="session")
def sample_html(sample: PageData) -> str:
    return render(sample)
