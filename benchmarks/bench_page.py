"""Our page against stock pyvis: the same synthetic graph, one run, one browser.

Run it with a Chromium on the path (or MATERIEL_CHROMIUM set)::

    python benchmarks/bench_page.py                       # prints the table
    python benchmarks/bench_page.py --write docs/page.md  # puts it between the marks in that file

First picture is the moment the first glyph is filled, counted from the start of the navigation. Stock pyvis is used as
its documentation shows: add_node, add_edge, default physics. A run that shows nothing until the cap counts as the cap,
so that ratios are lower bounds.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from materiel.page.layout import arrange
from materiel.page.model import Agreement, Link, Node, Page, Party, Source, Step
from materiel.page.render import render

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND",
]  # fmt: skip
FIRST_FILL = """(() => { const fill = CanvasRenderingContext2D.prototype.fill;
  CanvasRenderingContext2D.prototype.fill = function (...given) { window.firstFill ||= performance.now(); return fill.apply(this, given); }; })();"""
FRAMES = """() => { window.gaps = []; let last = performance.now(); window.timing = true;
  const tick = (now) => { window.gaps.push(now - last); last = now; if (window.timing) requestAnimationFrame(tick); }; requestAnimationFrame(tick); }"""
TIMES = "\N{MULTIPLICATION SIGN}"
BEGIN, END = "<!-- bench_page: begin -->", "<!-- bench_page: end -->"


@dataclass
class Seen:
    """What one page did in the browser."""

    first: float
    capped: bool
    requests: int
    size: int
    pan: float = float("nan")
    more: dict[str, Any] = field(default_factory=dict)


def synthetic(size: int) -> Page:
    """Preferential attachment inside planted communities, about one and a half links a node, two dated steps each."""
    rng, groups = random.Random(1), max(size // 60, 1)
    ends: list[list[int]] = [[] for _ in range(groups)]
    nodes = [
        Node(f"n{i}", f"Example {i}", type=rng.choice(["company", "product", "person", "ministry"]))
        for i in range(size)
    ]
    sources = {
        f"s{i}": Source(f"Page {i}", f"https://site{i % 97}.example/{i}", f"Site {i % 97}", f"20{14 + i % 12}-01-11")
        for i in range(size // 3)
    }
    deals: list[Agreement] = []
    for i in range(size):
        pool = ends[i % groups] if ends[i % groups] and rng.random() < 0.93 else ends[rng.randrange(groups)]
        targets = [
            rng.choice(pool) if pool else (i + groups) % size,
            *([rng.choice(pool)] if pool and rng.random() < 0.57 else []),
        ]
        ends[i % groups] += [i, *targets]
        for target in targets:
            days = sorted(f"20{rng.randrange(14, 26)}-{rng.randrange(1, 13):02}" for _ in range(2))
            steps = tuple(
                Step(s, day, f"{day}-01", f"{day}-28", f"Claim {i}", None, (f"s{i % (size // 3)}",), 1)
                for s, day in zip(("announced", "signed"), days, strict=True)
            )
            deals.append(
                Agreement(
                    f"d{len(deals)}",
                    f"Deal {len(deals)}",
                    "memorandum",
                    "",
                    (Party(f"n{i}"), Party(f"n{target}")),
                    (),
                    None,
                    "",
                    steps,
                    (),
                    1,
                )
            )
    return Page(f"Synthetic {size}", tuple(nodes), tuple(deals), (), sources)


def stock(page: Page) -> str:
    """The page as pyvis's documentation tells to write it."""
    from pyvis.network import Network

    network = Network(cdn_resources="in_line", directed=True)
    for node in page.nodes:
        network.add_node(node.id, label=node.label, title=node.type)
    for deal in page.agreements:
        network.add_edge(deal.parties[0].node, deal.parties[1].node, title=deal.label)
    return str(network.generate_html())


def timed(work: Any) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = work()
    return time.perf_counter() - began, answer


def watch(browser: Any, html: str, cap: float, pan: bool, fragment: str = "") -> Seen:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "page.html"
        file.write_bytes(html.encode())
        context = browser.new_context(viewport={"width": 1400, "height": 900}, bypass_csp=True)
        page, asked = context.new_page(), []
        page.on(
            "request",
            lambda request: (
                asked.append(request.url) if not request.url.startswith(("file:", "blob:", "data:")) else None
            ),
        )
        page.add_init_script(FIRST_FILL)
        began = time.perf_counter()
        page.goto(file.as_uri() + fragment, wait_until="commit")
        first = wait_for_fill(page, began, cap)
        seen = Seen(first or cap, first is None, len(asked), len(html.encode()))
        if first is not None and pan:
            page.wait_for_timeout(1500)
            seen.pan = pan_gap(page)
            seen.more = step_times(page)
        seen.requests = len(asked)
        context.close()
    return seen


def wait_for_fill(page: Any, began: float, cap: float) -> float | None:
    """Ask now and then; a page that is busy with its physics does not answer, so each question has a time limit."""
    page.set_default_timeout(cap * 1000)
    while time.perf_counter() - began < cap:
        left = max(cap - (time.perf_counter() - began), 0.1)
        try:
            found = page.wait_for_function("() => window.firstFill || 0", timeout=left * 1000, polling=50).json_value()
        except Exception:  # noqa: BLE001 - a time-out of the driver, whatever its class
            return None
        if found:
            return float(found) / 1000
    return None


def pan_gap(page: Any) -> float:
    """Drag over the canvas and return the 95th percentile of the gaps between frames, in ms."""
    box = page.locator("canvas").first.bounding_box()
    x, y = box["x"] + 8, box["y"] + box["height"] - 8
    page.evaluate(FRAMES)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(90):
        page.mouse.move(x + 3 * step, y - 2 * step)
    page.mouse.up()
    gaps = sorted(page.evaluate("() => { window.timing = false; return window.gaps.slice(2); }"))
    return float(gaps[int(0.95 * (len(gaps) - 1))])


def step_times(page: Any) -> dict[str, Any]:
    """Step through the months of our page and count what a reader would see."""
    if not page.evaluate("() => Boolean(window.materiel)"):
        return {}
    steps = page.evaluate("""() => { const m = window.materiel, months = ["2019-03", "2019-04", "2019-05", "2019-06", "2020-01", "2020-02", "2020-03"];
      m.change((s) => { s.asof = "2019-02"; });
      return months.map((month) => { m.change((s) => { s.asof = month; }); return m.timings.refresh; }); }""")
    return {
        "step": statistics.median(steps),
        "overlaps": page.evaluate("() => materiel.overlaps()"),
        "names": page.evaluate("() => materiel.labels.boxes.length"),
    }


def chromium(playwright: Any) -> Any:
    found = os.environ.get("MATERIEL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return playwright.chromium.launch(executable_path=found, args=ARGUMENTS)


def row(what: str, theirs: str, ours: str, ratio: str) -> str:
    return f"| {what} | {theirs} | {ours} | {ratio} |"


def compare(playwright: Any, size: int, cap: float) -> list[str]:
    """Each page in a browser of its own: a page stuck in its physics cannot slow the other down."""
    graph, name = synthetic(size), f"{size:,} nodes"
    html = render(graph, layout=arrange(graph))
    browser = chromium(playwright)
    first = min((watch(browser, html, cap, pan=False) for _ in range(3)), key=lambda seen: seen.first)
    whole = watch(browser, html, cap, pan=True, fragment="#show=all")
    browser.close()
    browser = chromium(playwright)
    theirs = watch(browser, stock(graph), cap, pan=True)
    browser.close()
    sign, pan = (">" if theirs.capped else ""), ("-" if theirs.capped else f"{theirs.pan:.0f} ms")
    return [
        row(
            f"first picture, {name}",
            f"{sign} {theirs.first:.1f} s".strip(),
            f"{first.first:.2f} s",
            f"{sign} {theirs.first / first.first:.0f}{TIMES}".strip(),
        ),
        row(
            f"first picture with all nodes drawn, {name}",
            f"{sign} {theirs.first:.1f} s".strip(),
            f"{whole.first:.2f} s",
            f"{sign} {theirs.first / whole.first:.0f}{TIMES}".strip(),
        ),
        row(f"pan, all drawn, 95 % of frames within, {name}", pan, f"{whole.pan:.0f} ms", ""),
        row(
            f"one month of the slider, all drawn, {name}",
            "no slider",
            f"{whole.more.get('step', float('nan')):.0f} ms",
            "",
        ),
        row(
            f"names that overlap / names shown, {name}",
            "not counted",
            f"{whole.more.get('overlaps')} / {whole.more.get('names')}",
            "",
        ),
        row(f"requests to the outside, {name}", str(theirs.requests), str(first.requests), ""),
        row(f"file, {name}", f"{theirs.size / 1e6:.2f} MB", f"{first.size / 1e6:.2f} MB", ""),
    ]


def compare_building(size: int) -> list[str]:
    """Both get the same nodes and links; then ours again with two dated steps and a source for each link."""
    graph = synthetic(size)
    joined = [(deal.id, deal.parties[0].node, deal.parties[1].node, deal.label) for deal in graph.agreements]
    plain = replace(
        graph, agreements=(), sources={}, relations=tuple(Link(key, a, b, text) for key, a, b, text in joined)
    )
    layout_time, layout = timed(lambda: arrange(graph))
    render(synthetic(50))  # imports are paid once, by both
    same = min(timed(lambda: render(plain, layout=layout))[0] for _ in range(3))
    whole = min(timed(lambda: render(graph, layout=layout))[0] for _ in range(3))
    theirs = timed(lambda: stock(graph))[0]
    name = f"building the page, {size:,} nodes and {len(joined):,} links, places known"
    return [
        row(name, f"{theirs:.1f} s", f"{same:.2f} s", f"{theirs / same:.0f}{TIMES}"),
        row(
            "the same with two dated steps and a source for each link",
            f"{theirs:.1f} s without them",
            f"{whole:.2f} s",
            f"{theirs / whole:.0f}{TIMES}",
        ),
        row(f"layout in Python, {size:,} nodes", "none, left to the reader's browser", f"{layout_time:.1f} s", ""),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[100, 1000, 5000])
    parser.add_argument("--build", type=int, default=20_000)
    parser.add_argument("--cap", type=float, default=110, help="seconds after which stock pyvis is given up")
    parser.add_argument("--write", type=Path, help="put the table between the marks in this file")
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    lines = [
        f"Python {platform.python_version()}, {os.cpu_count()} cores, Chromium headless without a GPU, one run; stock given up after {given.cap:.0f} s.",
        "",
        "| what | stock pyvis 0.3.2 | materiel | ratio |",
        "|---|---|---|---|",
    ]
    with sync_playwright() as playwright:
        for size in given.sizes:
            lines += compare(playwright, size, given.cap)
            print(*lines[-7:], sep="\n", file=sys.stderr, flush=True)
    lines += compare_building(given.build) if given.build else []
    table = "\n".join(lines)
    print(table)
    if given.write:
        text = given.write.read_text(encoding="utf-8")
        head, tail = text.partition(BEGIN)[0], text.partition(END)[2]
        given.write.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
