"""`materiel view`: the network page, or a static figure of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from materiel.cli.options import form, reading, write

if TYPE_CHECKING:
    from materiel.page.page import NetworkPage

FORMATS = ("html", "svg", "png", "pdf")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("view")(view)


@reading
def view(
    kg: Any,
    things: Annotated[
        list[str] | None, typer.Argument(help="Things or deals to start from; the whole graph if none.")
    ] = None,
    depth: Annotated[
        int, typer.Option("--depth", "-d", min=0, help="Steps from them; a step leads over a deal to its parties.")
    ] = 1,
    title: Annotated[str, typer.Option("--title", help="Heading of the page.")] = "",
    story: Annotated[
        Path | None, typer.Option("--story", help="Story file: ordered steps with caption, view and date.")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", help="html, or a figure: svg, png or pdf; else by the file's ending."),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write.")] = Path("network.html"),
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Write an interactive network page: one file, offline, every link with its evidence.

    Example: materiel view rheinmetall --depth 1 --output rheinmetall.html

    Example: materiel view 155mm-shell --as-of 2024 --output shells.svg
    """
    ending = output.suffix.lstrip(".").lower()
    chosen = form(format_ or (ending if ending in FORMATS else "html"), FORMATS)
    page: NetworkPage = kg().page(*(things or []), depth=depth, title=title)
    if story:
        page = page.with_story(_read(story))
    if chosen == "html":
        page.save(output)
    else:
        write(page.figure(chosen), str(output))  # type: ignore[arg-type]
    typer.echo(f"{output}: written", err=True)
    if show:
        typer.launch(output.resolve().as_uri())


def _read(path: Path) -> str:
    from materiel.errors import FileProblem

    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(f"{path}: {error}", "Give a readable UTF-8 story file.") from None
