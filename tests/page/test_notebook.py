"""Inside a notebook: a sandboxed frame, small when saved, nothing on disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from materiel.page import render
from materiel.page.notebook import LIMIT, frame, limited, mimebundle

from .sample import random_page, sample_page


def test_bundle_has_a_frame_a_figure_and_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bundle = mimebundle(sample_page())
    assert set(bundle) == {"text/plain", "text/html", "image/svg+xml"}
    assert bundle["text/html"].startswith("<iframe srcdoc=")
    assert "allow-same-origin" not in bundle["text/html"]
    assert len(bundle["text/html"]) < 0.6 * len(render(sample_page()))
    assert list(Path(tmp_path).iterdir()) == []


def test_large_graph_is_cut_and_says_so() -> None:
    page = limited(random_page(900))
    assert len(page.nodes) == LIMIT
    assert page.scope[-1] == f"{LIMIT} of 900 entities: the best linked ones"
    assert limited(sample_page()) == sample_page()


def test_title_cannot_leave_its_attribute() -> None:
    html = frame(replace(sample_page(), title='"><script>1</script>'))
    assert html.count("<") == 2


@pytest.mark.browser
def test_frame_opens_in_a_sandbox(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "notebook.html"
    file.write_text(f"<!DOCTYPE html><title>n</title>{frame(sample_page())}", encoding="utf-8")
    context = browser.new_context(viewport={"width": 1100, "height": 700})
    page, complaints, asked = context.new_page(), [], []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    inside = page.frame_locator("iframe")
    inside.locator("html[data-ready=yes]").wait_for(timeout=20_000)
    inside.locator("#search").fill("умєров")
    inside.locator("#search").press("Enter")
    assert inside.locator("#panel h2").inner_text() == "Rustem Umerov"
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "about:", "blob:"))] == []
    context.close()
